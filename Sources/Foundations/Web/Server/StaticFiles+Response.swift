import HTTPTypes
import Hummingbird
import NIOCore

extension StaticFiles {
    static let path: RoutePath = "/static/{name}"

    /// The file asked for, packed where the browser takes that; `nil` when there is no such file.
    /// The name is looked up in what was read at the start: no request ever reaches the file system.
    func respond(to request: Request, _ context: LinliContext) -> Response? {
        guard let name = context.parameters.get("name"), let file = file(name) else { return nil }
        var headers = HTTPFields()
        headers[.contentType] = file.type
        headers[.eTag] = file.entityTag
        headers[.vary] = "Accept-Encoding"
        headers[.cacheControl] = file.isVersioned ? "public, max-age=31536000, immutable" : "no-cache"
        if let known = request.headers[.ifNoneMatch], StaticFiles.matches(known, file.entityTag) {
            return Response(status: .notModified, headers: headers)
        }
        if let gzipped = file.gzipped, StaticFiles.acceptsGzip(request.headers[.acceptEncoding]) {
            headers[.contentEncoding] = "gzip"
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: gzipped)))
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }

    /// `If-None-Match` with weak comparison (RFC 9110 §13.1.2).
    static func matches(_ header: String, _ entityTag: String) -> Bool {
        let known = header.split(separator: ",").map { String($0.filter { $0 != " " }) }
        return known.contains("*") || known.contains { opaque($0) == opaque(entityTag) }
    }

    private static func opaque(_ tag: String) -> String {
        tag.hasPrefix("W/") ? String(tag.dropFirst(2)) : tag
    }

    /// RFC 9110 §12.5.3: named, or covered by `*`, and not with the weight nought.
    static func acceptsGzip(_ header: String?) -> Bool {
        var weights: [String: Double] = [:]
        for wish in (header ?? "").lowercased().split(separator: ",") {
            let parts = wish.split(separator: ";").map { $0.filter { $0 != " " } }
            guard let coding = parts.first else { continue }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }
            weights[coding] = quality.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
        }
        return (weights["gzip"] ?? weights["*"] ?? 0) > 0
    }
}
