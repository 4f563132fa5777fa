import Domain
import Foundation
import HTTPTypes
import Storage
import StorageTestSupport
import Testing

@testable import App
@testable import Casework
@testable import Identity
@testable import Web

@Suite("Accounts on pages")
struct AccountPagesTests {
    private static let password = "a long enough password"

    private func account(_ street: TestStreet, _ login: String, role: String) async throws -> Account {
        let identity = street.deployment.identity
        let account = try await CreateAccount(login: login, name: "人员\(login)", password: Self.password)
            .run(by: .console, identity)
        _ = try await Assign(
            account: account.id, role: role, organisation: try await street.organisation("centre"),
            area: try street.area("330299001")
        ).run(by: .console, identity)
        return account
    }

    /// Signs in as a machine.
    private func person(_ street: TestStreet, _ account: Account, role: String) async throws -> Person {
        let opened = try await SignIn(
            login: account.login.text, password: Password(typed: Self.password), address: "10.0.0.9",
            agent: "Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36"
        ).run(street.deployment.identity)
        return Person(
            login: account.login.text, role: role, actor: .anonymous, account: account.id, session: opened.session,
            token: opened.token.text)
    }

    @Test("one sees where one is signed in, and ends one session or all others", arguments: Engine.tested)
    func ownSessions(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let account = try await account(street, "lili", role: "seat")
            let here = try await person(street, account, role: "seat")
            let there = try await person(street, account, role: "seat")
            let elsewhere = try await person(street, account, role: "seat")
            let stranger = try await street.person("dispatcher")
            let page = try await street.page("/me", as: here)
            #expect(page.status == 200)
            for text in ["Chrome · Windows", "10.0.0.9", "这一个", "结束其他所有登录"] {
                #expect(page.text.contains(text), "\(text)")
            }
            let list = try await street.get("/api/v1/me/sessions", as: here).json["items"]?.array ?? []
            #expect(list.count == 3)

            let foreign = try await street.submit(
                "/me/sessions/end", ["session": stranger.session.description], as: here)
            #expect(foreign.status == 404)
            #expect(try await street.get("/api/v1/me", as: stranger).status == 200)
            let one = try await street.submit("/me/sessions/end", ["session": there.session.description], as: here)
            #expect(one.status == 303)
            #expect(try await street.get("/api/v1/me", as: there).status == 401)
            #expect(try await street.get("/api/v1/me", as: elsewhere).status == 200)
            #expect(try await street.send(.delete, "/api/v1/me/sessions", as: here).status == 200)
            #expect(try await street.get("/api/v1/me", as: elsewhere).status == 401)
            #expect(try await street.get("/api/v1/me", as: here).status == 200)
            let actions = try await street.deployment.database.read { tx in
                try AuditStore.list(.account(account.id), limit: 20, in: tx)
            }.map(\.action)
            #expect(actions.prefix(2) == ["identity.session.others-closed", "identity.session.closed"])
        }
    }

    @Test(
        "the system administrator ends the sessions of others in the own area, but not of administrators",
        arguments: Engine.tested)
    func revoking(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let lili = try await account(street, "lili", role: "seat")
            let session = try await person(street, lili, role: "seat")
            let system = try await street.person("system")
            let found = try await street.page("/admin/accounts?login=lili", as: system)
            #expect(found.text.contains("人员lili") && found.text.contains("结束人员lili的所有登录"))
            #expect(try await street.page("/admin/accounts?login=who", as: system).text.contains("没有这个账号"))
            #expect(
                try await street.submit("/admin/accounts/\(lili.id)/revoke", [:], as: system).location
                    == "/admin/accounts?login=lili")
            #expect(try await street.get("/api/v1/me", as: session).status == 401)
            for (login, status) in [("audit", 409), ("dispatcher-lx", 403)] {
                let other = try await street.person(login)
                let reply = try await street.send(.delete, "/api/v1/accounts/\(other.account)/sessions", as: system)
                #expect(reply.status == status, "\(login): \(reply.status)")
                #expect(try await street.get("/api/v1/me", as: other).status == 200)
            }
        }
    }

    @Test(
        "the security administrator is told of closed accounts in the own area, and opens them",
        arguments: Engine.tested)
    func lockouts(engine: Engine) async throws {
        try await withStreet(engine) { street in
            _ = try await account(street, "lili", role: "seat")
            let security = try await street.person("security")
            #expect(try await street.page("/admin/security", as: security).text.contains("没有这样的账号"))
            for number in 0..<20 {
                let wrong = SignIn(
                    login: "lili", password: Password(typed: "wrong"), address: "10.3.0.\(number)")
                await #expect(throws: RuleViolation.self) { _ = try await wrong.run(street.deployment.identity) }
            }
            let page = try await street.page("/admin/security", as: security)
            #expect(page.text.contains("人员lili") && page.text.contains("打开人员lili的账号"))
            let listed = try await street.get("/api/v1/lockouts", as: security).json["items"]?.array ?? []
            #expect(listed.count == 1 && listed[0]["login"]?.string == "lili")
            let id = try #require(listed[0]["account"]?.string)
            #expect(try await street.submit("/admin/accounts/\(id)/release", [:], as: security).status == 303)
            #expect(try await street.page("/admin/security", as: security).text.contains("提前打开于"))
            #expect(try await street.post("/api/v1/accounts/\(id)/release", as: security).status == 409)

            // Somebody who works in another street is not this administrator's.
            let other = try await street.sign("far", posts: [("seat", "centre-lx", "330299002")])
            let now = street.deployment.world.now()
            var policy = LockoutPolicy()
            policy.failures = 1
            let lockout = Lockout.first(at: now).failing(at: now, policy)
            try await street.deployment.database.write { tx in try LockoutStore.put(lockout, of: other.account, in: tx)
            }
            #expect(try await street.get("/api/v1/lockouts", as: security).json["items"]?.array.count == 1)
            #expect(try await street.post("/api/v1/accounts/\(other.account)/release", as: security).status == 403)
        }
    }

    @Test("a second factor is set up on pages, and the sign-in page asks for its code", arguments: Engine.tested)
    func secondFactor(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let lili = try await account(street, "lili", role: "seat")
            let session = try await person(street, lili, role: "seat")
            let begun = try await street.submit("/me/second-factor/begin", [:], as: session)
            #expect(begun.status == 200 && begun.text.contains("otpauth://totp/Linli:lili?secret="))
            let stored = try #require(
                try await street.deployment.database.read { tx in try SecondFactorStore.factor(of: lili.id, in: tx) })
            let secret = OneTimeSecret(bytes: try street.deployment.identity.secrets.open(stored.secret, lili.id))
            func code() -> String { secret.code(at: OneTimeSecret.step(at: street.clock.now)) }
            let wrong = try await street.submit("/me/second-factor/confirm", ["factorCode": "1"], as: session)
            #expect(wrong.status == 422 && !wrong.text.contains(secret.base32))
            let confirmed = try await street.submit("/me/second-factor/confirm", ["factorCode": code()], as: session)
            #expect(confirmed.status == 200 && confirmed.text.contains("两步验证已开启"))
            #expect(try await street.page("/me", as: session).text.contains("还有10个备用码"))

            street.clock.advance(seconds: 30)
            let asked = try await street.submit(
                "/signin", ["login": "lili", "password": Self.password, "next": "/work/console"])
            #expect(asked.status == 200 && asked.text.contains("输入验证码") && asked.headers[.setCookie] == nil)
            let challenge = try #require(
                asked.text.firstMatch(of: /name="challenge" value="([^"]*)"/).map { String($0.1) })
            let refused = try await street.submit(
                "/signin/code", ["challenge": challenge, "factorCode": "000000", "next": "/work/console"])
            #expect(refused.status == 422 && refused.text.contains(challenge))
            let entered = try await street.submit(
                "/signin/code", ["challenge": challenge, "factorCode": code(), "next": "/work/console"])
            #expect(entered.status == 303 && entered.location == "/work/console")
            #expect(entered.headers[.setCookie]?.contains(Cookie.session) == true)
            let machine = try await street.post("/api/v1/sessions", ["login": "lili", "password": Self.password])
            #expect(try machine.status == 422 && machine.json.violations["factorCode"] == "signin.code-needed")
        }
    }

    @Test(
        "administrators begin on a page of their own",
        arguments: [
            ("system-administrator", "/admin/accounts"), ("security-administrator", "/admin/security"),
            ("audit-administrator", "/admin/audit"), ("seat", "/work"),
        ])
    func startPages(role: String, page: String) async throws {
        try await withStreet(.sqlite) { street in
            let account = try await account(street, "lili", role: role)
            let entered = try await street.submit("/signin", ["login": "lili", "password": Self.password])
            #expect(entered.status == 303 && entered.location == page)
            let session = try await person(street, account, role: role)
            #expect(try await street.page(page, as: session).status == 200)
        }
    }

    @Test("the three administrators share no right, with one another or with anybody else")
    func separated() {
        let administrators = Roles.all.filter { $0.duty != nil }
        #expect(Set(administrators.compactMap(\.duty)).count == 3 && administrators.count == 3)
        for administrator in administrators {
            for other in Roles.all where other.code != administrator.code {
                let shared = Set(administrator.grants.map(\.permission)).intersection(other.grants.map(\.permission))
                #expect(shared.isEmpty, "\(administrator.code) and \(other.code): \(shared)")
            }
        }
    }
}
