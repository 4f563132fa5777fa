import HTTPTypes
import Hummingbird
import NIOCore
import NIOPosix
import SystemPackage

/// A file to send as it is.
///
/// Browsers may show it as what `type` says and as nothing else, and nothing in it may run.
public struct Download: Sendable {
    /// The place of the file.
    public var path: String
    public var bytes: Int
    /// `image/jpeg`; told by whoever keeps the file, never by who sent it.
    public var type: String
    /// Set: it is saved under this name and never shown in the browser.
    public var fileName: String?
    /// How long this person's browser may keep it.
    public var keptSeconds: Int

    public init(path: String, bytes: Int, type: String, fileName: String? = nil, keptSeconds: Int) {
        self.path = path
        self.bytes = bytes
        self.type = type
        self.fileName = fileName
        self.keptSeconds = keptSeconds
    }

    func response() -> Response {
        var headers = HTTPFields()
        headers[.contentType] = type
        headers[.cacheControl] = "private, max-age=\(keptSeconds)"
        headers[.contentSecurityPolicy] = "sandbox; default-src 'none'; frame-ancestors 'none'"
        if let fileName {
            // RFC 6266 and RFC 8187: the plain name is for programs that know no other.
            headers[.contentDisposition] = "attachment; filename=\"file\"; filename*=UTF-8''\(percentEncoded(fileName))"
        }
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody(contentLength: bytes) { [path] writer in
                let file = try await NIOThreadPool.singleton.runIfActive {
                    try SystemPackage.FileDescriptor.open(path, .readOnly)
                }
                defer { Download.close(file) }
                while let chunk = try await Download.next(of: file) { try await writer.write(chunk) }
                try await writer.finish(nil)
            })
    }

    /// Reads a little at a time, on threads that may block; `nil` at the end.
    private static func next(of file: SystemPackage.FileDescriptor) async throws -> ByteBuffer? {
        let bytes = try await NIOThreadPool.singleton.runIfActive {
            try [UInt8](unsafeUninitializedCapacity: 128 * 1024) { buffer, count in
                count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
            }
        }
        return bytes.isEmpty ? nil : ByteBuffer(bytes: bytes)
    }

    /// Of a file that was only read, closing has nothing to lose.
    private static func close(_ file: SystemPackage.FileDescriptor) {
        do { try file.close() } catch {}
    }
}

extension Endpoint {
    /// A file. The path names it; whoever answers asks for the right on it.
    public static func download<Input: EndpointInput, Who: Caller>(
        _ path: RoutePath, access: Access<Who>, summary: StaticString, errors: [String] = [],
        _ handle: @escaping @Sendable (Input, Who) async throws -> Download
    ) -> Endpoint {
        Endpoint(
            kind: .download, method: .get, path: path, access: access.rule, summary: summary.description,
            input: Fields.describe(Input.self), output: nil, successStatus: .ok, errors: errors, bodyLimit: 0
        ) { incoming, visitor in
            let who = try Who(proving: visitor, holds: access.rule)
            return .download(try await handle(try Fields.read(Input.self, from: incoming), who))
        }
    }
}
