import HTTPTypes
import Testing

@testable import Web

@Suite("Forms and requests that come from elsewhere")
struct ForgeryTests {
    @Test("a form with the session's token is taken; with another, an old one or none it is not")
    func session() async throws {
        let site = try TestSite()
        #expect(try await site.post("/work/form", [("words", "abc")]).status == 200)
        for token in [nil, "", "forged", TestSite.visitorToken, TestSite.token.lowercased() + "x"] {
            let answer = try await site.post("/work/form", [("words", "abc")], token: token)
            #expect(answer.status == 403)
            #expect(answer.text.contains("这个页面放得太久了"))
        }
    }

    @Test("the header serves scripts as the field serves forms")
    func header() async throws {
        let answer = try await TestSite().post(
            "/work/form", [("words", "abc")], token: nil, headers: ["X-CSRF-Token": TestSite.token])
        #expect(answer.status == 200)
    }

    @Test("without a session the token is bound to the visitor's cookie")
    func visitor() async throws {
        let site = try TestSite()
        let cookie = "linli_visitor=\(TestSite.visitorCookie)"
        #expect(
            try await site.post("/form", [("words", "abc")], cookie: cookie, token: TestSite.visitorToken).status == 200
        )
        #expect(
            try await site.post("/form", [("words", "abc")], cookie: nil, token: TestSite.visitorToken).status == 403)
        #expect(
            try await site.post("/form", [("words", "abc")], cookie: "linli_visitor=", token: TestSite.visitorToken)
                .status == 403)
        #expect(try await site.post("/form", [("words", "abc")], cookie: cookie, token: TestSite.token).status == 403)
    }

    @Test("what a session is bound to cannot be put into the cookie to get its tokens")
    func domains() {
        let text = "0123456789abcdef"
        #expect(TestSite.csrf.token(.session(Array(text.utf8))) != TestSite.csrf.token(.visitor(text)))
    }

    @Test("a browser that says the form stood elsewhere is believed, whatever the token")
    func crossSite() async throws {
        let site = try TestSite()
        #expect(
            try await site.post("/work/form", [("words", "abc")], headers: ["Sec-Fetch-Site": "cross-site"]).status
                == 403)
        // Older browsers have no fetch metadata but send Origin.
        for origin in ["https://evil.example", "null", "https://localhost.evil.example"] {
            let headers = [
                "Content-Type": "application/x-www-form-urlencoded", "Cookie": "linli_session=good", "Origin": origin,
            ]
            let body = Array("words=abc&_csrf=\(percentEncoded(TestSite.token))".utf8)
            #expect(try await site.ask(.post, "/work/form", headers, body: body).status == 403)
        }
    }

    @Test("JSON with a cookie needs the token; with a bearer token it does not")
    func json() async throws {
        let site = try TestSite()
        let body = Array("{\"words\":\"abc\"}".utf8)
        let cookie = ["Content-Type": "application/json", "Cookie": "linli_session=good"]
        #expect(try await site.ask(.post, "/api/v1/things", cookie, body: body).status == 403)
        #expect(
            try await site.ask(
                .post, "/api/v1/things", cookie.merging(["X-CSRF-Token": TestSite.token]) { $1 }, body: body
            ).status == 201)
        #expect(try await site.postJSON("/api/v1/things", "{\"words\":\"abc\"}").status == 201)
    }

    @Test("the first page gives a cookie and tokens that fit it, error pages too")
    func firstPage() async throws {
        let site = try TestSite()
        for uri in ["/things/a", "/nowhere"] {
            let page = try await site.ask(.get, uri)
            let cookie = try #require(
                page.cookies.first { $0.hasPrefix("linli_visitor=") }?.split(separator: ";").first.map(String.init))
            let token = try #require(
                page.text.split(separator: "name=\"_csrf\" value=\"").dropFirst().first?.split(separator: "\"").first)
            #expect(
                try await site.post("/form", [("words", "abc")], cookie: cookie, token: String(token)).status == 200)
            #expect(try await site.ask(.get, uri, ["Cookie": cookie]).cookies.isEmpty)
        }
    }
}
