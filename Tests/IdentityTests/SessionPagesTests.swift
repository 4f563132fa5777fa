import Domain
import HTTPTypes
import StorageTestSupport
import Testing
import Web

@testable import Identity

@Suite("Signing in on pages")
struct SessionPagesTests {
    @Test(
        "the sign-in page says why one is there, in both languages, and keeps the way back", arguments: [Engine.sqlite])
    func page(engine: Engine) async throws {
        try await Door.run(engine) { door in
            let plain = try await door.get("/signin")
            #expect(plain.status == 200)
            #expect(plain.text.contains("登录") && !plain.text.contains("登录过期"))
            #expect(!plain.text.contains("⟦"))
            let expired = try await door.get("/signin?next=%2Fwork%2Fconsole%3Fq%3D1&expired=1")
            #expect(expired.text.contains("登录过期了。登录后回到刚才那一页。"))
            #expect(expired.text.contains("name=\"next\" value=\"/work/console?q=1\""))
            let english = try await door.get("/signin?next=/work", ["Accept-Language": "en"])
            #expect(english.text.contains("Sign in to go on to the page you asked for."))
            #expect(!english.text.contains("⟦"))
        }
    }

    @Test(
        "the way back stays on this server",
        arguments: [
            "https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/signin", "/signout",
            "/api/v1/me", "work",
        ])
    func wayBack(next: String) async throws {
        #expect(WayBack.from(next) == nil)
        try await Door.run(.sqlite) { door in
            _ = try await door.ground.person("zhoumin", role: "dispatcher")
            let answer = try await door.post(
                "/signin", [("login", "zhoumin"), ("password", Ground.password), ("next", next)])
            #expect(answer.status == 303)
            #expect(answer.header("Location") == "/work")
        }
    }

    @Test(
        "a wrong login and a wrong password get the same page, and what was typed stays but for the password",
        arguments: Engine.tested)
    func wrong(engine: Engine) async throws {
        try await Door.run(engine) { door in
            _ = try await door.ground.person("zhoumin")
            let known = try await door.post(
                "/signin", [("login", "zhoumin"), ("password", "wrong-secret"), ("next", "/work/desk")])
            let unknown = try await door.post(
                "/signin", [("login", "nobody1"), ("password", "wrong-secret"), ("next", "/work/desk")])
            #expect(known.status == 422 && unknown.status == 422)
            #expect(known.text.contains("账号或密码不对，请再核对一遍"))
            #expect(known.withoutTokens.replacing("zhoumin", with: "nobody1") == unknown.withoutTokens)
            #expect(known.text.contains("value=\"zhoumin\"") && !known.text.contains("wrong-secret"))
            #expect(known.text.contains("value=\"/work/desk\""))
            #expect(known.cookies.allSatisfy { !$0.hasPrefix(Cookie.session) })
        }
    }

    @Test("missing fields are named, and markup in them stays text")
    func fields() async throws {
        try await Door.run(.sqlite) { door in
            let empty = try await door.post("/signin", [])
            #expect(empty.status == 422)
            #expect(empty.text.contains("请填写“账号”") && empty.text.contains("请填写“密码”"))
            let markup = try await door.post("/signin", [("login", "<script>x</script>"), ("password", "p")])
            #expect(!markup.text.contains("<script>x") && markup.text.contains("&lt;script&gt;x"))
            let long = try await door.post(
                "/signin", [("login", String(repeating: "a", count: 101)), ("password", "p")])
            #expect(long.text.contains("“账号”最多100个字"))
        }
    }

    @Test("a form without its token is refused and opens nothing")
    func forged() async throws {
        try await Door.run(.sqlite) { door in
            _ = try await door.ground.person("zhoumin")
            let answer = try await door.post(
                "/signin", [("login", "zhoumin"), ("password", Ground.password)], token: "forged")
            #expect(answer.status == 403)
            #expect(answer.cookies.allSatisfy { !$0.hasPrefix(Cookie.session) })
        }
    }

    @Test(
        "signing in leads back and signs out again; the old cookie is worth nothing afterwards",
        arguments: Engine.tested)
    func inAndOut(engine: Engine) async throws {
        try await Door.run(engine) { door in
            _ = try await door.ground.person("zhoumin", role: "dispatcher")
            let answer = try await door.post(
                "/signin", [("login", "ZhouMin"), ("password", Ground.password), ("next", "/work/desk")])
            #expect(answer.status == 303 && answer.header("Location") == "/work/desk")
            let cookie = try #require(answer.cookies.first { $0.hasPrefix(Cookie.session + "=") })
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"))
            let value = try #require(answer.sessionCookie)
            let again = try await door.get("/signin", ["Cookie": value])
            #expect(again.text.contains("您已用周敏的账号登录"))
            let token = try #require(again.csrfToken)
            let out = try await door.post("/signout", [], cookie: value, token: token)
            #expect(out.status == 303 && out.header("Location") == "/")
            #expect(out.cookies.contains { $0.hasPrefix("\(Cookie.session)=;") && $0.contains("Max-Age=0") })
            #expect(try await door.get("/api/v1/me", ["Cookie": value]).status == 401)
        }
    }

    @Test("signing in as somebody else ends the session that the browser had", arguments: Engine.tested)
    func change(engine: Engine) async throws {
        try await Door.run(engine) { door in
            _ = try await door.ground.person("zhoumin")
            _ = try await door.ground.person("chenjie")
            let former = try #require(
                try await door.post("/signin", [("login", "zhoumin"), ("password", Ground.password)]).sessionCookie)
            let token = try #require(try await door.get("/signin", ["Cookie": former]).csrfToken)
            let answer = try await door.post(
                "/signin", [("login", "chenjie"), ("password", Ground.password)], cookie: former, token: token)
            let present = try #require(answer.sessionCookie)
            #expect(try await door.get("/api/v1/me", ["Cookie": former]).status == 401)
            #expect(try await door.get("/api/v1/me", ["Cookie": present]).status == 200)
        }
    }

    @Test("a demonstration offers its people; elsewhere none are offered")
    func demo() async throws {
        let accounts = [
            DemoAccount(
                login: "demo", password: "demo-password", name: "王芳", role: "identity.signin.title",
                organisation: LocalizedName(chinese: "环卫所", english: "Sanitation"))
        ]
        try await Door.run(.sqlite, demo: accounts) { door in
            let page = try await door.get("/signin")
            #expect(
                page.text.contains("用王芳登录") && page.text.contains("登录 · 环卫所") && page.text.contains("demo-password"))
        }
        try await Door.run(.sqlite) { door async throws in
            #expect(try await !door.get("/signin").text.contains("演示账号"))
        }
    }
}

@Suite("Signing in by JSON")
struct SessionAPITests {
    @Test("a token opens the own rights and ends with its session", arguments: Engine.tested)
    func roundTrip(engine: Engine) async throws {
        try await Door.run(engine) { door in
            let account = try await door.ground.person("zhoumin", role: "dispatcher")
            let opened = try await door.json(
                .post, "/api/v1/sessions", ["login": "zhoumin", "password": Ground.password])
            #expect(opened.status == 201)
            #expect(opened.header("Location") == "/api/v1/sessions/current")
            let token = try #require(opened.object["token"] as? String)
            #expect(opened.object["account"] as? String == account.id.description)
            let bearer = ["Authorization": "Bearer \(token)"]
            let me = try await door.get("/api/v1/me", bearer)
            #expect(me.status == 200)
            #expect(me.object["name"] as? String == "周敏")
            let grants = try #require(me.object["grants"] as? [[String: Any]])
            #expect(grants.map { $0["permission"] as? String } == ["casework.case.read"])
            let organisations = try await door.get("/api/v1/organisations", bearer)
            #expect(
                (organisations.object["items"] as? [[String: Any]])?.map { $0["code"] as? String } == [
                    "centre", "enforcement",
                ])
            #expect(try await door.json(.delete, "/api/v1/sessions/current", [:], bearer).status == 200)
            #expect(try await door.get("/api/v1/me", bearer).status == 401)
        }
    }

    @Test("without a session nobody learns who they are or which organisations there are")
    func closed() async throws {
        try await Door.run(.sqlite) { door async throws in
            for path in ["/api/v1/me", "/api/v1/organisations"] { #expect(try await door.get(path).status == 401) }
            #expect(try await door.json(.delete, "/api/v1/sessions/current", [:]).status == 401)
            #expect(
                try await door.get("/api/v1/me", ["Authorization": "Bearer \(String(repeating: "a", count: 43))"])
                    .status == 401)
        }
    }

    @Test("mistakes are told in the caller's language with the field")
    func mistakes() async throws {
        try await Door.run(.sqlite) { door in
            let wrong = try await door.json(
                .post, "/api/v1/sessions", ["login": "x1", "password": "y"], ["Accept-Language": "en"])
            #expect(wrong.status == 422)
            #expect(wrong.object["code"] as? String == "signin.wrong")
            #expect(wrong.object["title"] as? String == "The login or the password is wrong. Please check both")
            let missing = try await door.json(.post, "/api/v1/sessions", ["login": "x1"])
            let errors = try #require(missing.object["errors"] as? [[String: Any]])
            #expect(errors.map { $0["field"] as? String } == ["password"])
            let unknown = try await door.json(
                .post, "/api/v1/sessions", ["login": "x1", "password": "y", "role": "root"])
            #expect(unknown.status == 422)
            for _ in 0..<4 { _ = try await door.json(.post, "/api/v1/sessions", ["login": "x1", "password": "y"]) }
            let held = try await door.json(.post, "/api/v1/sessions", ["login": "x1", "password": "y"])
            #expect(held.status == 429 && held.object["code"] as? String == "signin.too-many")
        }
    }

    @Test("the areas are public, parents before children")
    func areas() async throws {
        try await Door.run(.sqlite) { door in
            let answer = try await door.get("/api/v1/areas")
            let areas = try #require(answer.object["items"] as? [[String: Any]])
            #expect(areas.count == 38)
            #expect(areas.first?["nameZh"] as? String == "清源区")
            var seen: Set<String> = []
            for area in areas {
                if let parent = area["parent"] as? String { #expect(seen.contains(parent)) }
                if let id = area["id"] as? String { seen.insert(id) }
            }
        }
    }
}
