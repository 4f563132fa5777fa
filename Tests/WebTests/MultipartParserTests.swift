import Testing

@testable import Web

/// Feeds a body to the parser, in chunks of the given size or at once.
func parts(
    _ body: String, boundary: String = "B", chunk: Int? = nil,
    limits: MultipartParser.Limits = .init(totalBytes: 100_000, partBytes: 50_000)
) throws -> [MultipartParser.Event] {
    var parser = try #require(
        MultipartParser(contentType: "multipart/form-data; boundary=\"\(boundary)\"", limits: limits))
    var events: [MultipartParser.Event] = []
    var rest = Array(body.utf8)[...]
    while !rest.isEmpty {
        let next = rest.prefix(chunk ?? rest.count)
        events += try parser.receive(next)
        rest = rest.dropFirst(next.count)
    }
    try parser.finish()
    return joined(events)
}

/// The same events with neighbouring pieces of content in one.
func joined(_ events: [MultipartParser.Event]) -> [MultipartParser.Event] {
    events.reduce(into: []) { result, event in
        if case .bytes(let new) = event, case .bytes(let old)? = result.last {
            result[result.count - 1] = .bytes(old + new)
        } else {
            result.append(event)
        }
    }
}

@Suite("A multipart body is cut into parts")
struct MultipartParserTests {
    private func text(_ name: String, _ value: String) -> [MultipartParser.Event] {
        [.part(MultipartPart(name: name))] + (value.isEmpty ? [] : [.bytes(Array(value.utf8))]) + [.endOfPart]
    }

    @Test("two fields, whatever the size of the chunks", arguments: [1, 2, 3, 5, 7, 11, 64, 1000])
    func chunks(size: Int) throws {
        let body = """
            --B\r\nContent-Disposition: form-data; name="a"\r\n\r\none\r\n-\r\n--\r\n--A\r\n\
            --B\r\ncontent-disposition:form-data;name=b\r\n\r\n\r\n--B--\r\n
            """
        #expect(try parts(body, chunk: size) == text("a", "one\r\n-\r\n--\r\n--A") + text("b", "") + [.end])
    }

    @Test("a part without content, with and without the line end that the grammar lets fall away")
    func emptyPart() throws {
        let head = "--B\r\nContent-Disposition: form-data; name=a\r\n\r\n"
        #expect(try parts(head + "\r\n--B--") == text("a", "") + [.end])
        #expect(try parts(head + "--B--") == text("a", "") + [.end])
        #expect(try parts("--B--\r\n") == [.end])
    }

    @Test("the same name twice gives two parts, in their order")
    func repeatedNames() throws {
        let body =
            "--B\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--B\r\nContent-Disposition: form-data; name=a\r\n\r\n2\r\n--B--"
        #expect(try parts(body) == text("a", "1") + text("a", "2") + [.end])
    }

    @Test("one empty line before the first boundary and white space after boundaries are passed over")
    func tolerated() throws {
        let body = "\r\n--B \t\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--B--\r\n \r\n"
        #expect(try parts(body) == text("a", "1") + [.end])
    }

    @Test("line feeds and half boundaries in the content are content")
    func contentIsOpaque() throws {
        let content = "a\n--B\nb\r--B\r\r\n\r\n-\r\n--\r\n--C\r\n --B"
        let body = "--B\r\nContent-Disposition: form-data; name=a\r\n\r\n\(content)\r\n--B--"
        for size in [1, 2, 3, 200] { #expect(try parts(body, chunk: size) == text("a", content) + [.end]) }
    }

    @Test(
        "what does not keep to the standards is refused",
        arguments: [
            ("", "nothing at all"),
            ("hello", "no boundary"),
            ("preamble\r\n--B--", "a preamble"),
            ("--B\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--B", "no last boundary"),
            ("--B\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--B-", "half a last boundary"),
            ("--B\r\nContent-Disposition: form-data; name=a\r\n\r\n1", "ends in a part"),
            ("--B\r\nContent-Disposition: form-data; name=a\r\n", "ends in headers"),
            ("--B\nContent-Disposition: form-data; name=a\n\n1\n--B--", "bare line feeds"),
            ("--B\r\nContent-Disposition: form-data; name=a\n\r\n1\r\n--B--", "a bare line feed in the headers"),
            (
                "--B\r\nContent-Disposition: form-data; name=a\rX: y\r\n\r\n1\r\n--B--",
                "a bare carriage return in the headers"
            ),
            ("--B\r\n\r\n1\r\n--B--", "a part without headers"),
            ("--B\r\nContent-Type: text/plain\r\n\r\n1\r\n--B--", "no disposition"),
            ("--B\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--B--", "another disposition"),
            ("--B\r\nContent-Disposition: form-data\r\n\r\n1\r\n--B--", "no name"),
            ("--B\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n1\r\n--B--", "an empty name"),
            ("--B\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\n1\r\n--B--", "two names"),
            ("--B\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--B--", "a quote that does not end"),
            (
                "--B\r\nContent-Disposition: form-data; name=\"a\u{1}\"\r\n\r\n1\r\n--B--",
                "a control character in the name"
            ),
            ("--B\r\nContent-Disposition: form-data; name=a; filename*=utf-8''x\r\n\r\n1\r\n--B--", "filename*"),
            (
                "--B\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b\r\n\r\n1\r\n--B--",
                "the header twice"
            ),
            ("--B\r\nContent-Disposition: form-data;\r\n name=a\r\n\r\n1\r\n--B--", "a folded line"),
            (
                "--B\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\nMQ==\r\n--B--",
                "base64"
            ),
            ("--B\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--BB\r\n\r\n--B--", "a longer boundary"),
            ("--B\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--B--\r\nmore", "an epilogue"),
            ("--B--\r\n--B\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--B--", "parts after the end"),
        ])
    func refused(body: String, what: String) {
        for size in [nil, 1, 2, 3] {
            #expect(throws: MultipartRefusal.self, "\(what), chunks of \(size ?? 0)") { try parts(body, chunk: size) }
        }
    }

    @Test("limits are kept: the whole, one part, the number of parts, the headers")
    func limits() {
        let one = "--B\r\nContent-Disposition: form-data; name=a\r\n\r\n12345\r\n"
        let body = one + one + "--B--"
        func refusal(_ limits: MultipartParser.Limits, chunk: Int?) -> MultipartRefusal? {
            do {
                _ = try parts(body, chunk: chunk, limits: limits)
                return nil
            } catch {
                return error as? MultipartRefusal
            }
        }
        for chunk in [nil, 1, 4] {
            #expect(refusal(.init(totalBytes: body.utf8.count, partBytes: 5), chunk: chunk) == nil)
            #expect(refusal(.init(totalBytes: body.utf8.count - 1, partBytes: 5), chunk: chunk) == .tooLarge)
            #expect(refusal(.init(totalBytes: 1000, partBytes: 4), chunk: chunk) == .tooLarge)
            #expect(refusal(.init(totalBytes: 1000, partBytes: 5, parts: 1), chunk: chunk) == .tooManyParts)
            #expect(refusal(.init(totalBytes: 1000, partBytes: 5, headerBytes: 20), chunk: chunk) == .headersTooLarge)
        }
    }

    @Test("after a refusal everything is refused")
    func staysRefused() throws {
        var parser = try #require(
            MultipartParser(
                contentType: "multipart/form-data; boundary=B", limits: .init(totalBytes: 100, partBytes: 100)))
        #expect(throws: MultipartRefusal.self) { try parser.receive(Array("x".utf8)) }
        #expect(throws: MultipartRefusal.self) { try parser.receive(Array("--B--".utf8)) }
        #expect(throws: MultipartRefusal.self) { try parser.finish() }
    }

    @Test(
        "file names are for showing only: no folders, no invisible characters, no end",
        arguments: [
            (#"filename="""#, ""),
            (#"filename="灯.jpg""#, "灯.jpg"),
            (#"filename="../../etc/passwd""#, "passwd"),
            (#"filename="C:\Users\me\photo.jpg""#, "photo.jpg"),
            (#"filename="a\"b.jpg""#, "a\"b.jpg"),
            (#"filename="a%22b.jpg""#, "a\"b.jpg"),
            (#"filename="a;b=c.jpg""#, "a;b=c.jpg"),
            (#"filename="..""#, ".."),
            ("filename=\"gpj.\u{202E}exe\"", "gpj.exe"),
            ("filename=\"\(String(repeating: "长", count: 400))\"", String(repeating: "长", count: 255)),
            ("filename=plain.txt", "plain.txt"),
        ])
    func fileNames(parameter: String, shown: String) throws {
        let body =
            "--B\r\nContent-Disposition: form-data; name=f; \(parameter)\r\nContent-Type: Image/JPEG; x=y\r\n\r\n1\r\n--B--"
        let events = try parts(body)
        #expect(events.first == .part(MultipartPart(name: "f", fileName: shown, contentType: "image/jpeg")))
    }

    @Test(
        "a boundary is taken only as RFC 2046 has it",
        arguments: [
            ("multipart/form-data; boundary=abc", true), ("Multipart/Form-Data; Boundary=\"a b:c\"", true),
            ("multipart/form-data", false), ("multipart/form-data; boundary=", false),
            ("multipart/form-data; boundary=\"\"", false),
            ("multipart/form-data; boundary=\"a \"", false), ("multipart/form-data; boundary=\"a\\\"b\"", false),
            ("multipart/form-data; boundary=a; boundary=b", false), ("multipart/mixed; boundary=abc", false),
            ("multipart/form-data; boundary=\(String(repeating: "a", count: 71))", false),
        ])
    func boundaries(contentType: String, isTaken: Bool) {
        let parser = MultipartParser(contentType: contentType, limits: .init(totalBytes: 1, partBytes: 1))
        #expect((parser != nil) == isTaken)
    }
}
