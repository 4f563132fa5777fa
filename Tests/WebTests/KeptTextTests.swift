import Testing

@testable import Web

@Suite("What was typed is not lost")
struct KeptTextTests {
    private let typed = [
        ("words", "\n灯<坏>\n了"), ("note", "北门"), ("password", "secret-1"), ("back", "/x"), ("other", "unknown field"),
    ]

    @Test(
        "a form posted after the session's end shows every text again and leads to the sign-in and back",
        arguments: Language.allCases)
    func sessionEnded(language: Language) async throws {
        let site = try TestSite()
        let answer = try await site.post(
            "/work/form", typed, cookie: "linli_session=old; linli_lang=\(language.rawValue)",
            headers: ["Host": "localhost", "Referer": "http://localhost/work/cases/7?tab=2"])
        #expect(answer.status == 401)
        #expect(answer.text.contains("<html lang=\"\(language.rawValue)\""))
        #expect(
            answer.text.contains(
                language == .chinese ? "<h1>登录到时了，还没有提交</h1>" : "<h1>Your sign-in has ended; nothing was sent</h1>"))
        #expect(
            answer.text.contains(
                language == .chinese
                    ? "<label for=\"kept-0\">说说情况</label>" : "<label for=\"kept-0\">What happened</label>"))
        #expect(answer.text.contains("rows=\"4\" readonly>\n\n灯&lt;坏&gt;\n了</textarea>"))
        #expect(answer.text.contains("readonly>\n北门</textarea>"))
        #expect(!answer.text.contains("secret-1") && !answer.text.contains("unknown field"))
        #expect(answer.text.contains("href=\"/signin?next=%2Fwork%2Fcases%2F7%3Ftab%3D2&amp;expired=1\""))
        #expect(!answer.text.contains("⟦"))
    }

    @Test("the same after the token no longer fits, and when there is no right")
    func otherRefusals() async throws {
        let site = try TestSite()
        let answer = try await site.post(
            "/work/form", typed, token: "old", headers: ["Host": "localhost", "Referer": "http://localhost/work"])
        #expect(answer.status == 403)
        #expect(answer.text.contains("readonly>\n北门</textarea>"))
        #expect(answer.text.contains("href=\"/work\">回到刚才的页面</a>"))
        #expect(!answer.text.contains("secret-1"))
    }

    @Test("a session that ends while the form is worked on")
    func endsMeanwhile() async throws {
        let answer = try await TestSite().post("/form", [("words", "gone")])
        #expect(answer.status == 401)
        #expect(answer.text.contains("readonly>\ngone</textarea>"))
    }

    @Test("a foreign page cannot put its words onto a page of ours")
    func foreign() async throws {
        let site = try TestSite()
        for headers in [["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"], ["Sec-Fetch-Site": "none"]] {
            let answer = try await site.post("/work/form", typed, cookie: nil, headers: headers)
            #expect(answer.status == 401)
            #expect(!answer.text.contains("北门"))
        }
        let referred = try await site.post(
            "/work/form", typed, cookie: nil, headers: ["Host": "localhost", "Referer": "http://evil.example/work"])
        #expect(!referred.text.contains("evil.example"))
    }

    @Test("a form that cannot be read after the session's end is refused all the same")
    func unreadable() async throws {
        let site = try TestSite()
        #expect(
            try await site.post("/work/form", typed, cookie: nil, headers: ["Content-Type": "text/plain"]).status == 401
        )
        #expect(
            try await site.post("/form", [("words", String(repeating: "a", count: 9000))], cookie: nil).status == 413)
    }
}
