import HTTPTypes
import Testing

@testable import Web

@Suite("Language, theme and elder mode")
struct PreferencesTests {
    private func choose(_ fields: [(String, String)], cookies: String = "") async throws -> Answer {
        try await TestSite().post(
            "/preferences", fields, cookie: "linli_visitor=\(TestSite.visitorCookie); \(cookies)",
            token: TestSite.visitorToken)
    }

    @Test("are kept in cookies for a year, and lead back")
    func cookies() async throws {
        let language = try await choose([("language", "en"), ("back", "/things/a?x=1")])
        #expect(language.status == 303)
        #expect(language.header("Location") == "/things/a?x=1")
        #expect(language.cookies == ["linli_lang=en; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000"])
        #expect(try await choose([("theme", "dark")]).cookies.first?.hasPrefix("linli_theme=dark;") == true)
        #expect(try await choose([("elder", "1")]).cookies.first?.hasPrefix("linli_elder=1;") == true)
        #expect(
            try await choose([("elder", "1")], cookies: "linli_elder=3").cookies.first?.hasPrefix("linli_elder=3;")
                == true)
        #expect(try await choose([("size", "3")]).cookies.first?.hasPrefix("linli_elder=3;") == true)
        #expect(try await choose([("elder", "0")]).cookies.first?.contains("Max-Age=0") == true)
    }

    @Test(
        "the way back never leaves this server",
        arguments: ["//evil.example", "https://evil.example/", "/\\evil.example", "x", "/a b"])
    func back(text: String) async throws {
        #expect(try await choose([("theme", "dark"), ("back", text)]).header("Location") == "/")
    }

    @Test(
        "what is no choice is refused",
        arguments: [("language", "fr"), ("theme", "red"), ("elder", "2"), ("size", "4"), ("size", "x")])
    func wrong(field: String, value: String) async throws {
        let answer = try await choose([(field, value)])
        #expect(answer.status == 422)
        #expect(answer.cookies.isEmpty)
    }

    @Test("need a token like every form")
    func token() async throws {
        #expect(try await TestSite().post("/preferences", [("theme", "dark")], cookie: nil, token: nil).status == 403)
    }

    @Test(
        "cookies that this server never wrote count for nothing",
        arguments: [
            "linli_lang=fr", "linli_lang=\"><script>", "linli_theme=red", "linli_elder=9", "linli_elder=0",
            "linli_elder=x", "linli_elder=-1",
        ])
    func forgedCookies(cookie: String) async throws {
        let answer = try await TestSite().ask(.get, "/things/a", ["Cookie": cookie])
        #expect(answer.text.contains("<html lang=\"zh-Hans\" data-shell=\"resident\">"))
    }

    @Test("the cookie is stronger than the account, the account than the browser")
    func order() async throws {
        let site = try TestSite(authenticator: FakeAuthenticator(language: .english))
        let cookie = "linli_session=good"
        #expect(
            try await site.ask(.get, "/things/a", ["Cookie": cookie, "Accept-Language": "zh"]).header(
                "Content-Language") == "en")
        let chosen = try await site.ask(
            .get, "/things/a", ["Cookie": cookie + "; linli_lang=zh-Hans", "Accept-Language": "en"])
        #expect(chosen.header("Content-Language") == "zh-Hans")
        #expect(
            try await TestSite().ask(.get, "/things/a", ["Accept-Language": "en"]).header("Content-Language") == "en")
    }
}
