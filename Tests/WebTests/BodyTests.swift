import HTTPTypes
import Testing

@testable import Web

@Suite("Bodies of requests")
struct BodyTests {
    @Test("larger than the endpoint takes, with and without an announced length")
    func tooLarge() async throws {
        let site = try TestSite()
        let long = String(repeating: "a", count: 5000)
        #expect(try await site.post("/form", [("words", long)]).status == 413)
        #expect(
            try await site.postJSON("/api/v1/things", "{\"words\":\"\(String(repeating: "a", count: 70_000))\"}").status
                == 413)
    }

    @Test("deep JSON is refused and the process lives")
    func deep() async throws {
        let site = try TestSite()
        let answer = try await site.postJSON("/api/v1/things", String(repeating: "[", count: 65_536))
        #expect(answer.status == 400)
        #expect(answer.text.contains("request.bad-json"))
        #expect(try await site.postJSON("/api/v1/things", "{\"words\":\"路灯坏了\"}").status == 201)
    }

    @Test("of the wrong media type")
    func mediaType() async throws {
        let site = try TestSite()
        let json = Array("{\"words\":\"abc\"}".utf8)
        let bearer = ["Authorization": "Bearer good"]
        for type in [
            "text/plain", "application/x-www-form-urlencoded", "application/json; charset=gbk", "nonsense",
            "application/jsonx", "",
        ] {
            let answer = try await site.ask(
                .post, "/api/v1/things", bearer.merging(["Content-Type": type]) { $1 }, body: json)
            #expect(answer.status == 415, "\(type)")
        }
        for type in ["application/json", "Application/JSON; charset=UTF-8", "application/json;charset=\"utf-8\""] {
            let answer = try await site.ask(
                .post, "/api/v1/things", bearer.merging(["Content-Type": type]) { $1 }, body: json)
            #expect(answer.status == 201, "\(type)")
        }
        #expect(try await site.ask(.post, "/api/v1/things", bearer, body: json).status == 415)
        let form = try await site.post("/form", [("words", "abc")], headers: ["Content-Type": "application/json"])
        #expect(form.status == 415)
    }

    @Test("JSON that is no object, or broken")
    func notAnObject() async throws {
        let site = try TestSite()
        for text in ["[]", "\"a\"", "1", "null", "{", ""] {
            #expect(try await site.postJSON("/api/v1/things", text).status == 400, "\(text)")
        }
    }

    @Test("JSON with mistakes names each field")
    func mistakes() async throws {
        let answer = try await TestSite().postJSON(
            "/api/v1/things", "{\"words\":5,\"txet\":1}", headers: ["Accept-Language": "en"])
        #expect(answer.status == 422)
        #expect(
            answer.text.contains(
                #"{"field":"words","code":"input.type","detail":"“What happened” is of the wrong type"}"#))
        #expect(
            answer.text.contains(#"{"field":"txet","code":"input.unknown","detail":"There is no field “txet” here"}"#))
    }

    @Test("an operation without a body needs no media type")
    func empty() async throws {
        let id = "01890000-0000-7000-8000-000000000001"
        #expect(try await TestSite().ask(.put, "/api/v1/things/\(id)").status == 200)
    }

    @Test("a form whose bytes are not UTF-8 is refused")
    func notUTF8() async throws {
        let headers = ["Content-Type": "application/x-www-form-urlencoded", "Cookie": "linli_session=good"]
        let site = try TestSite()
        #expect(try await site.ask(.post, "/form", headers, body: Array("words=ab".utf8) + [0xFF]).status == 400)
        #expect(try await site.ask(.post, "/form", headers, body: Array("words=%ff".utf8)).status == 400)
        #expect(try await site.ask(.get, "/api/v1/things?a=%ff").status == 400)
    }
}
