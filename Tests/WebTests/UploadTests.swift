import Crypto
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import StorageTestSupport
import Testing

@testable import Web

@Suite("A form with files")
struct UploadTests {
    private struct Input: EndpointInput {
        let words: String
        let photos: [UploadedFile]
        init(_ fields: inout Fields) {
            words = fields.text("words", 2...100)
            photos = fields.files("photos", UploadRule(files: 2, bytes: 300_000))
        }
    }

    /// Says what came in, and that it lies on the disk while the form is answered.
    private static let endpoints: [Endpoint] = [
        .action("/photos", access: .open("a test"), summary: "Takes photos.", bodyLimit: 4096) { form, _, _ in
            Page(.resident, "test.page") { view in
                "<main id=\"main\">\(view.refusals(form))<textarea name=\"words\">\(form.value("words"))</textarea></main>"
            }
        } _: { (input: Input, _: Visitor) in
            let told = try input.photos.map { file in
                let content = try Data(contentsOf: URL(filePath: file.path))
                #expect(Array(SHA256.hash(data: content)) == file.digest && content.count == file.bytes)
                return "\(file.number):\(file.name):\(file.bytes)"
            }
            return .page(
                Page(.resident, "test.page") { _ in
                    "<main id=\"main\">\(input.words)|\(told.joined(separator: ","))</main>"
                })
        },
        .json(.post, "/api/v1/photos", access: .open("a test"), summary: "Takes photos.") {
            (input: Input, _: Visitor) in [input.words, String(input.photos.count)]
        },
    ]

    private let headers = [
        "Content-Type": "multipart/form-data; boundary=B", "Cookie": "linli_session=good",
        "Sec-Fetch-Site": "same-origin", "Accept-Language": "en",
    ]

    private func part(_ disposition: String, _ content: [UInt8]) -> [UInt8] {
        Array("--B\r\nContent-Disposition: form-data; \(disposition)\r\n\r\n".utf8) + content + [0x0D, 0x0A]
    }

    private func body(_ parts: [UInt8]...) -> [UInt8] {
        part("name=_csrf", Array(TestSite.token.utf8)) + parts.flatMap { $0 } + Array("--B--\r\n".utf8)
    }

    private func file(_ content: [UInt8], name: String = "a.jpg") -> [UInt8] {
        part("name=photos; filename=\"\(name)\"", content)
    }

    private var words: [UInt8] { part("name=words", Array("路灯坏了".utf8)) }

    /// Runs with a site whose uploads lie in a new folder; afterwards nothing may lie there.
    private func with(
        maximumBodyBytes: Int = 2_000_000, write: UploadSpace.DiskWrite? = nil,
        _ run: (TestSite) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let space = UploadSpace(
                folder: folder + "/incoming", reservedBytes: 0, world: .live, write: write)
            try await run(
                TestSite(endpoints: Self.endpoints, uploads: space, maximumBodyBytes: maximumBodyBytes))
            let left = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/incoming")) ?? []
            #expect(left.isEmpty, "left behind: \(left)")
        }
    }

    @Test("texts and files come in, whatever their order")
    func takes() async throws {
        try await with { site async throws in
            let large = [UInt8](repeating: 7, count: 300_000)
            let answer = try await site.ask(
                .post, "/photos", headers, body: body(file([1, 2, 3]), words, file(large, name: "b.png")))
            #expect(answer.status == 200)
            #expect(answer.text.contains("路灯坏了|1:a.jpg:3,2:b.png:300000"))
            let none = try await site.ask(.post, "/photos", headers, body: body(words, file([], name: "")))
            #expect(none.text.contains("路灯坏了|<"))
        }
    }

    @Test("a file that is too large, empty, or one too many is told by its number, and the words are kept")
    func refused() async throws {
        try await with { site async throws in
            let large = [UInt8](repeating: 7, count: 300_001)
            let answer = try await site.ask(
                .post, "/photos", headers, body: body(file(large), file([]), file([1]), file([2]), words))
            #expect(answer.status == 422)
            #expect(answer.text.contains("File 1 is larger than 0 MB"))
            #expect(answer.text.contains("File 2 is empty"))
            #expect(answer.text.contains("At most 2 files"))
            #expect(answer.text.contains("路灯坏了</textarea>"))
        }
    }

    @Test("50 MB are read past, not kept, and answered with words; more than the server reads is cut off")
    func huge() async throws {
        try await with(maximumBodyBytes: 60_000_000) { site async throws in
            let huge = [UInt8](repeating: 7, count: 50_000_000)
            let answer = try await site.ask(.post, "/photos", headers, body: body(words, file(huge)))
            #expect(answer.status == 422)
            #expect(answer.text.contains("路灯坏了</textarea>"))
        }
        try await with(maximumBodyBytes: 400_000) { site async throws in
            let large = [UInt8](repeating: 7, count: 500_000)
            #expect(try await site.ask(.post, "/photos", headers, body: body(words, file(large))).status == 413)
        }
    }

    @Test("texts have their own limit, which files do not widen")
    func texts() async throws {
        try await with { site async throws in
            let text = part("name=words", [UInt8](repeating: 0x61, count: 5000))
            #expect(try await site.ask(.post, "/photos", headers, body: body(text)).status == 413)
        }
    }

    @Test("a full disk is told as such, and what was typed is shown again")
    func fullDisk() async throws {
        let full: UploadSpace.DiskWrite = { _, _ in
            errno = ENOSPC
            return -1
        }
        try await with(write: full) { site async throws in
            let answer = try await site.ask(.post, "/photos", headers, body: body(words, file([1, 2, 3])))
            #expect(answer.status == 503)
            #expect(answer.text.contains("The server has no room for files; nothing was sent"))
            #expect(answer.text.contains("路灯坏了</textarea>"))
        }
    }

    @Test("a write that takes only a part is carried on")
    func shortWrites() async throws {
        let short: UploadSpace.DiskWrite = { descriptor, bytes in
            write(descriptor, bytes.baseAddress, min(bytes.count, 1000))
        }
        try await with(write: short) { site async throws in
            let content = (0..<250_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let answer = try await site.ask(.post, "/photos", headers, body: body(words, file(content)))
            #expect(answer.text.contains("1:a.jpg:250000"))
        }
    }

    @Test("hostile names are only words, and never a place")
    func names() async throws {
        try await with { site async throws in
            let hostile = [
                "../../x", "..\\\\x", "a\u{202E}gpj.exe", "/etc/passwd", String(repeating: "长", count: 1000),
            ]
            for name in hostile {
                let answer = try await site.ask(.post, "/photos", headers, body: body(words, file([1], name: name)))
                #expect(answer.status == 200, "\(name)")
                #expect(!answer.text.contains("..") && !answer.text.contains("\u{202E}"), "\(name)")
                #expect(!answer.text.contains(String(repeating: "长", count: 256)))
            }
            let nul = try await site.ask(.post, "/photos", headers, body: body(words, file([1], name: "a\0b")))
            #expect(nul.status == 400)
        }
    }

    @Test("a connection that breaks off in the middle leaves nothing behind")
    func broken() async throws {
        try await with { site async throws in
            let all = body(words, file([UInt8](repeating: 9, count: 290_000)))
            for share in [30, 60, 99] {
                let part = Array(all.prefix(all.count * share / 100))
                #expect(try await site.ask(.post, "/photos", headers, body: part).status == 400, "\(share) %")
                try await site.breakOff("/photos", headers, after: part)
            }
        }
    }

    @Test("JSON endpoints with a file field take forms and JSON; a foreign page cannot send them")
    func machines() async throws {
        try await with { site async throws in
            let plain = ["Content-Type": "multipart/form-data; boundary=B"]
            let sent = try await site.ask(.post, "/api/v1/photos", plain, body: body(words, file([1])))
            #expect(sent.status == 200 && sent.text == "[\"路灯坏了\",\"1\"]")
            let foreign = plain.merging(["Sec-Fetch-Site": "cross-site"]) { $1 }
            #expect(try await site.ask(.post, "/api/v1/photos", foreign, body: body(words)).status == 403)
            #expect(try await site.postJSON("/api/v1/photos", #"{"words":"路灯"}"#).status == 200)
            #expect(try await site.postJSON("/api/v1/photos", #"{"words":"路灯","photos":"x"}"#).status == 422)
        }
    }

    @Test("without a place for uploads files are refused")
    func noSpace() async throws {
        let site = try TestSite(endpoints: Self.endpoints)
        #expect(try await site.ask(.post, "/photos", headers, body: body(words, file([1]))).status == 415)
    }

    @Test("random bodies with files are answered, and nothing is left behind")
    func fuzz() async throws {
        let seed = UInt64(truncatingIfNeeded: ContinuousClock.now.hashValue)
        print("forms with files fuzzed with seed \(seed)")
        var chance = SystemChance(seed: seed)
        try await with { site async throws in
            for _ in 0..<150 {
                var bytes = body(
                    file(
                        (0..<Int.random(in: 0...4000, using: &chance)).map { _ in .random(in: 0...255, using: &chance) }
                    ),
                    words, file([0x0D, 0x0A, 0x2D, 0x2D, 0x42]))
                for _ in 0..<Int.random(in: 0...4, using: &chance) {
                    let at = Int.random(in: 0..<bytes.count, using: &chance)
                    if Bool.random(using: &chance) {
                        bytes[at] = .random(in: 0...255, using: &chance)
                    } else {
                        bytes.remove(at: at)
                    }
                }
                let status = try await site.ask(.post, "/photos", headers, body: bytes).status
                #expect([200, 400, 403, 413, 415, 422].contains(status), "seed \(seed): \(status)")
            }
        }
    }

    private struct SystemChance: RandomNumberGenerator {
        var state: UInt64
        init(seed: UInt64) { state = seed | 1 }
        mutating func next() -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state
        }
    }
}

extension TestSite {
    /// A request whose connection is lost after these bytes.
    fileprivate func breakOff(_ uri: String, _ headers: [String: String], after bytes: [UInt8]) async throws {
        struct Lost: Error {}
        let stream = AsyncThrowingStream<ByteBuffer, any Error> { continuation in
            for start in stride(from: 0, to: bytes.count, by: 10_000) {
                continuation.yield(ByteBuffer(bytes: bytes[start..<min(start + 10_000, bytes.count)]))
            }
            continuation.finish(throwing: Lost())
        }
        var fields = HTTPFields()
        for (name, value) in headers { fields[HTTPField.Name(name)!] = value }
        let request = Request(
            head: HTTPRequest(method: .post, scheme: "http", authority: "localhost", path: uri, headerFields: fields),
            body: RequestBody(asyncSequence: stream))
        let endpoint = UploadTests.photosEndpoint
        // The server's own loop puts this in; a context without it has no number to answer with.
        var logger = pipeline.logger
        logger[metadataKey: "hb.request.id"] = "broken-off-connection"
        let context = LinliContext(
            source: ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: logger))
        let response = await pipeline.respond(endpoint, request, context)
        #expect(response.status == .badRequest)
    }
}

extension UploadTests {
    fileprivate static var photosEndpoint: Endpoint { endpoints[0] }
}
