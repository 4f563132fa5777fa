import Foundation
import HTTPTypes
public import Hummingbird
import NIOCore

extension Router where Context == LinliContext {
    /// The router of a whole deployment.
    /// - Precondition: no two endpoints share method and path.
    public static func linli(_ endpoints: [Endpoint], _ pipeline: Pipeline) -> Router<LinliContext> {
        let router = Router(context: LinliContext.self)
        router.add(middleware: Fallback(pipeline: pipeline))
        var seen: Set<String> = []
        for endpoint in endpoints + [Preferences.endpoint] {
            precondition(seen.insert("\(endpoint.method) \(endpoint.path.pattern)").inserted, "two endpoints for \(endpoint.path.pattern)")
            router.on(RouterPath(endpoint.path.pattern), method: endpoint.method) { request, context in
                await pipeline.respond(endpoint, request, context)
            }
        }
        router.get("/static/{name}") { request, context in
            await staticFile(request, context, pipeline)
        }
        return router
    }

    private static func staticFile(_ request: Request, _ context: LinliContext, _ pipeline: Pipeline) async -> Response {
        guard let name = context.parameters.get("name"), let file = pipeline.site.assets.file(name) else {
            return await pipeline.notFound(request, context)
        }
        var headers = HTTPFields()
        headers[.contentType] = file.type
        headers[.eTag] = file.entityTag
        headers[.vary] = "Accept-Encoding"
        headers[.cacheControl] = file.isVersioned ? "public, max-age=31536000, immutable" : "no-cache"
        headers.addSecurity()
        if request.headers[.ifNoneMatch] == file.entityTag { return Response(status: .notModified, headers: headers) }
        if let gzipped = file.gzipped, request.headers[.acceptEncoding]?.contains("gzip") == true {
            headers[.contentEncoding] = "gzip"
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: gzipped)))
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }
}

/// Answers what no route takes, in the visitor's language.
private struct Fallback: RouterMiddleware {
    typealias Context = LinliContext
    let pipeline: Pipeline

    @concurrent func handle(
        _ request: Request, context: LinliContext, next: @concurrent (Request, LinliContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as any HTTPResponseError {
            return await pipeline.notFound(request, context, error.status == .methodNotAllowed ? .wrongMethod : .notFound)
        }
    }
}
