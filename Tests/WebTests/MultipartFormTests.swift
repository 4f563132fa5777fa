import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization
import Testing

@testable import Web

@Suite("A form with enctype multipart/form-data")
struct MultipartFormTests {
    private let headers = [
        "Content-Type": "multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW",
        "Cookie": "linli_session=good", "Sec-Fetch-Site": "same-origin",
    ]

    private func body(_ fields: [(disposition: String, content: String)]) -> [UInt8] {
        let all = fields + [("name=\"_csrf\"", TestSite.token)]
        let parts = all.map {
            "------WebKitFormBoundary7MA4YWxkTrZu0gW\r\nContent-Disposition: form-data; \($0.disposition)\r\n\r\n\($0.content)\r\n"
        }
        return Array((parts.joined() + "------WebKitFormBoundary7MA4YWxkTrZu0gW--\r\n").utf8)
    }

    @Test("its texts are read like those of any form, and an empty file field counts for nothing")
    func texts() async throws {
        let answer = try await TestSite().ask(
            .post, "/form", headers,
            body: body([("name=\"words\"", "路灯坏了"), ("name=\"photo\"; filename=\"\"", ""), ("name=\"note\"", "北门")]))
        #expect(answer.status == 200)
        #expect(answer.text.contains("<main id=\"main\">路灯坏了|北门</main>"))
    }

    @Test("a file that no field takes is refused, and what was typed is shown again")
    func files() async throws {
        let answer = try await TestSite().ask(
            .post, "/form", headers.merging(["Accept-Language": "en"]) { $1 },
            body: body([("name=\"photo\"; filename=\"a.jpg\"", "\u{1}\u{2}"), ("name=\"words\"", "路灯坏了")]))
        #expect(answer.status == 415)
        #expect(answer.text.contains("No files are taken here; nothing was sent"))
        #expect(answer.text.contains("路灯坏了</textarea>"))
    }

    @Test("a file that is too large is refused as a file")
    func largeFile() async throws {
        let answer = try await TestSite().ask(
            .post, "/form", ["Transfer-Encoding": "chunked"].merging(headers) { $1 },
            body: body([
                ("name=\"words\"", "路灯坏了"), ("name=\"photo\"; filename=\"a.jpg\"", String(repeating: "x", count: 5000)),
            ]))
        // Its length is announced here, so nothing of it is read.
        #expect(answer.status == 413)
    }

    @Test("a broken body and text that is not UTF-8 are refused, and nothing is done")
    func broken() async throws {
        let site = try TestSite()
        #expect(try await site.ask(.post, "/form", headers, body: Array("nonsense".utf8)).status == 400)
        let invalid =
            Array("------WebKitFormBoundary7MA4YWxkTrZu0gW\r\nContent-Disposition: form-data; name=words\r\n\r\n".utf8)
            + [0xFF, 0xFE]
        let end = Array("\r\n------WebKitFormBoundary7MA4YWxkTrZu0gW--".utf8)
        #expect(try await site.ask(.post, "/form", headers, body: invalid + end).status == 400)
        var withoutBoundary = headers
        withoutBoundary["Content-Type"] = "multipart/form-data"
        #expect(try await site.ask(.post, "/form", withoutBoundary, body: Array("x".utf8)).status == 400)
    }

    @Test("JSON endpoints take no forms")
    func notForJSON() async throws {
        let answer = try await TestSite().ask(
            .post, "/api/v1/things", headers.merging(["Authorization": "Bearer good"]) { $1 },
            body: body([("name=\"words\"", "路灯")]))
        #expect(answer.status == 415)
    }

    @Test("the next chunk is asked for only when the events before it are taken")
    func backPressure() async throws {
        let asked = Mutex<Int>(0)
        let source = Chunks(texts: ["--B\r\nContent-Disposition: form-data; name=a\r\n\r\n1", "2", "3\r\n--B--"]) {
            asked.withLock { $0 += 1 }
        }
        let parser = try #require(
            MultipartParser(
                contentType: "multipart/form-data; boundary=B", limits: .init(totalBytes: 1000, partBytes: 1000)))
        var events = MultipartEvents(body: RequestBody(asyncSequence: source), parser: parser).makeAsyncIterator()
        #expect(try await events.next() == .part(MultipartPart(name: "a")))
        #expect(try await events.next() == .bytes(Array("1".utf8)))
        #expect(asked.withLock { $0 } == 1)
        #expect(try await events.next() == .bytes(Array("2".utf8)))
        #expect(asked.withLock { $0 } == 2)
        #expect(try await events.next() == .bytes(Array("3".utf8)))
        #expect(try await events.next() == .endOfPart)
        #expect(try await events.next() == .end)
        #expect(asked.withLock { $0 } == 3)
        #expect(try await events.next() == nil)
    }
}

/// Chunks that say when they are asked for.
private struct Chunks: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    let texts: [String]
    let onNext: @Sendable () -> Void

    struct AsyncIterator: AsyncIteratorProtocol, Sendable {
        var texts: ArraySlice<String>
        let onNext: @Sendable () -> Void

        mutating func next() async throws -> ByteBuffer? {
            guard let text = texts.popFirst() else { return nil }
            onNext()
            return ByteBuffer(string: text)
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(texts: texts[...], onNext: onNext) }
}
