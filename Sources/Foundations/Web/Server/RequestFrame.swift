import HTTPTypes
import Hummingbird
import Logging

/// Around every request: one address for each page, an answer where no route is, security headers, one line in the log.
struct RequestFrame: RouterMiddleware {
    typealias Context = LinliContext

    let pipeline: Pipeline
    let routes: [(method: HTTPRequest.Method, path: RoutePath)]

    @concurrent func handle(
        _ request: Request, context: LinliContext, next: @concurrent (Request, LinliContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var response: Response
        if let canonical = canonicalAddress(request) {
            response = Response(status: .permanentRedirect, headers: [.location: canonical.text])
        } else {
            do {
                response = try await next(request, context)
            } catch {
                response = await withoutRoute(request, context, error)
            }
        }
        response.headers.addSecurity(overTLS: pipeline.configuration.secureCookies)
        if request.method == .head { response = response.createHeadResponse() }
        // The answer has no content, but the length would be read as the file's (RFC 9110 §15.4.5).
        if response.status == .notModified { response.headers[.contentLength] = nil }
        log(request, context, response, ContinuousClock.now - start)
        return response
    }

    /// The router passes over empty parts of a path. One page has one address: others lead to it.
    private func canonicalAddress(_ request: Request) -> URLPath? {
        let path = request.uri.path
        guard path.utf8.count > 1, path.hasSuffix("/") || path.contains("//") else { return nil }
        let canonical = "/" + path.split(separator: "/").joined(separator: "/")
        return URLPath(sameSite: canonical + (request.uri.query.map { "?" + $0 } ?? ""))
    }

    private func withoutRoute(_ request: Request, _ context: LinliContext, _ error: any Error) async -> Response {
        guard error is any HTTPResponseError else { return await pipeline.notFound(request, context, error) }
        let path = request.uri.path
        var allowed = Set(routes.filter { $0.path.matches(path) }.map(\.method))
        guard !allowed.isEmpty else { return await pipeline.notFound(request, context) }
        if allowed.contains(.get) { allowed.insert(.head) }
        var response = await pipeline.notFound(request, context, RequestRefused.wrongMethod)
        response.headers[.allow] = allowed.map(\.rawValue).sorted().joined(separator: ", ")
        return response
    }

    /// The pattern, not the path: paths and queries may hold what a person typed.
    private func log(_ request: Request, _ context: LinliContext, _ response: Response, _ duration: Duration) {
        let route = context.coreContext.endpointPath.value ?? "-"
        pipeline.logger.log(
            level: route.hasPrefix("/static/") ? .debug : .info, "request",
            metadata: [
                "method": "\(request.method.rawValue.prefix(10))", "route": "\(route)",
                "status": "\(response.status.code)",
                "ms": "\(RequestFrame.milliseconds(duration))", "request": "\(context.requestID)",
            ])
    }

    /// With one digit behind the point.
    static func milliseconds(_ duration: Duration) -> String {
        let tenths = (duration.components.seconds * 10_000 + duration.components.attoseconds / 100_000_000_000_000)
        return "\(tenths / 10).\(tenths % 10)"
    }
}
