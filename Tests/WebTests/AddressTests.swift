import HTTPTypes
import Testing

@testable import Web

@Suite("Addresses and methods")
struct AddressTests {
    @Test(
        "double and trailing slashes lead to the page's one address",
        arguments: [
            ("/things/a/", "/things/a"), ("//things//a", "/things/a"), ("/things/a/?x=1&y=", "/things/a?x=1&y="),
            ("//", "/"),
            ("//evil.example/", "/evil.example"), ("///evil.example//", "/evil.example"),
            ("/api/v1/things/", "/api/v1/things"),
        ])
    func slashes(uri: String, canonical: String) async throws {
        let answer = try await TestSite().ask(.get, uri)
        #expect(answer.status == 308)
        #expect(answer.header("Location") == canonical)
    }

    @Test("an address that cannot stand in a header is not there")
    func unusable() async throws {
        #expect(try await TestSite().ask(.get, "/a\\b//").status == 404)
    }

    @Test("a known path with another method: 405, with what is allowed")
    func wrongMethod() async throws {
        let site = try TestSite()
        let json = try await site.ask(.delete, "/api/v1/things")
        #expect(json.status == 405)
        #expect(json.header("Allow") == "GET, HEAD, POST")
        #expect(json.text.contains("\"code\":\"request.method\""))
        let page = try await site.ask(.post, "/things/a", ["Accept-Language": "en"])
        #expect(page.status == 405)
        #expect(page.header("Allow") == "GET, HEAD")
        #expect(page.text.contains("<html lang=\"en\""))
        #expect(try await site.ask(.get, "/form").header("Allow") == "POST")
        #expect(try await site.ask(.post, "/static/app.js").status == 405)
        #expect(try await site.ask(HTTPRequest.Method("BREW")!, "/things/a").status == 405)
    }

    @Test("an unknown path: a page, or problem+json under /api/", arguments: Language.allCases)
    func notFound(language: Language) async throws {
        let site = try TestSite()
        let page = try await site.ask(
            .get, "/nowhere", ["Cookie": "linli_lang=\(language.rawValue); linli_theme=dark; linli_elder=2"])
        #expect(page.status == 404)
        #expect(
            page.text.contains(
                "<html lang=\"\(language.rawValue)\" data-shell=\"resident\" data-theme=\"dark\" data-mode=\"elder\" data-size=\"2\">"
            ))
        let json = try await site.ask(.get, "/api/v1/nowhere")
        #expect(json.status == 404)
        #expect(json.header("Content-Type") == "application/problem+json; charset=utf-8")
    }

    @Test(
        "HEAD answers like GET without a body",
        arguments: ["/things/a", "/api/v1/things", "/nowhere", "/work/things", "/things/a/", "/fail/other"])
    func head(uri: String) async throws {
        let site = try TestSite()
        let cookie = ["Cookie": "linli_visitor=\(TestSite.visitorCookie)"]
        let get = try await site.ask(.get, uri, cookie)
        let head = try await site.ask(.head, uri, cookie)
        #expect(head.status == get.status)
        #expect(head.text.isEmpty)
        #expect(head.header("Content-Length") == get.header("Content-Length"))
        #expect(head.header("Content-Type") == get.header("Content-Type"))
        #expect(head.header("Location") == get.header("Location"))
    }

    @Test(
        "every answer carries the security headers",
        arguments: [
            "/things/a", "/api/v1/things", "/nowhere", "/api/nowhere", "/form", "/work/things", "/things/a/",
            "/fail/other", "/static/none.js",
        ])
    func security(uri: String) async throws {
        let plain = try await TestSite().ask(.get, uri)
        #expect(plain.header("Content-Security-Policy")?.hasPrefix("default-src 'self';") == true)
        #expect(plain.header("X-Content-Type-Options") == "nosniff")
        #expect(plain.header("X-Frame-Options") == "DENY")
        #expect(plain.header("Referrer-Policy") == "same-origin")
        #expect(plain.header("Permissions-Policy") != nil)
        #expect(plain.header("Cross-Origin-Opener-Policy") == "same-origin")
        #expect(plain.header("Strict-Transport-Security") == nil)
        let secure = try await TestSite(secureCookies: true).ask(.get, uri)
        #expect(secure.header("Strict-Transport-Security") == "max-age=31536000")
        #expect(secure.cookies.allSatisfy { $0.hasSuffix("; Secure") })
    }

    @Test("413 and 415 carry them too")
    func securityOfRefusals() async throws {
        let site = try TestSite()
        let large = try await site.post("/form", [("words", String(repeating: "a", count: 9000))])
        #expect(large.status == 413 && large.header("X-Content-Type-Options") == "nosniff")
        let type = try await site.ask(.post, "/form", ["Content-Type": "text/plain"], body: [1])
        #expect(type.status == 415 && type.header("X-Content-Type-Options") == "nosniff")
    }

    @Test("one line in the log for each request: the pattern, never what was typed")
    func log() async throws {
        let site = try TestSite()
        _ = try await site.ask(.get, "/things/%E7%8E%8B%E4%B8%80?phone=13812345678")
        _ = try await site.ask(.get, "/nowhere/13812345678")
        let lines = site.log.all.filter { $0.hasPrefix("info request ") }
        #expect(lines.count == 2)
        #expect(
            lines[0].contains("method=GET") && lines[0].contains("route=/things/{name}")
                && lines[0].contains("status=200"))
        #expect(lines[0].contains("ms=") && lines[0].contains("request="))
        #expect(lines[1].contains("status=404"))
        #expect(!site.log.all.joined().contains("13812345678") && !site.log.all.joined().contains("%E7"))
    }

    @Test("milliseconds have one digit behind the point")
    func milliseconds() {
        #expect(RequestFrame.milliseconds(.microseconds(1250)) == "1.2")
        #expect(RequestFrame.milliseconds(.seconds(2)) == "2000.0")
        #expect(RequestFrame.milliseconds(.nanoseconds(10)) == "0.0")
    }
}
