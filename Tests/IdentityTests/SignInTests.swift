import Domain
import Storage
import StorageTestSupport
import Testing
import Web

@testable import Identity

@Suite("Signing in")
struct SignInTests {
    @Test("the right password opens a session that knows the person and the rights", arguments: Engine.tested)
    func opens(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            let account = try await ground.person("zhoumin", role: "dispatcher")
            let opened = try await ground.signIn(" ZhouMin ")
            #expect(opened.token.text.utf8.count == 43)
            let live = try #require(try await ground.live(opened.token))
            #expect(live.account == account.id)
            #expect(live.name == "周敏")
            #expect(live.organisation?.name.english == "Centre")
            let actor = live.actor(ground.services.roles)
            #expect(actor.organisation == ground.centre.id)
            #expect(actor.grants == [Ground.work: [.area(try ground.area("330299001"))]])
            #expect(try await ground.audit(.account(account.id)).map(\.action) == ["identity.session.opened"])
        }
    }

    @Test("nobody learns whether login or password was wrong", arguments: Engine.tested)
    func wrong(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            let account = try await ground.person("zhoumin")
            _ = try await ground.person("gone")
            let gone = try await ground.services.database.read { tx in
                try AccountStore.account(login: try #require(Login("gone")), in: tx)
            }
            try await SuspendAccount(account: try #require(gone).id).run(by: .console, ground.services)
            let wrong = RuleViolation(.invalid, "signin.wrong")
            for (login, password) in [
                ("zhoumin", "wrong password"), ("nobody", Ground.password), ("gone", Ground.password),
                ("周敏", Ground.password),
                ("", ""),
            ] {
                await #expect(throws: wrong) { _ = try await ground.signIn(login, password) }
            }
            let failures = try await ground.audit().filter { $0.action == "identity.signin.failed" }
            #expect(failures.count == 5)
            #expect(failures.allSatisfy { $0.origin == .visitor && $0.account == nil })
            #expect(failures.compactMap(\.subject).contains(account.id.uuid))
        }
    }

    @Test(
        "after five failures of a login from one address even the right password has to wait", arguments: Engine.tested)
    func throttled(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            _ = try await ground.person("zhoumin")
            for _ in 0..<5 {
                await #expect(throws: RuleViolation.self) { _ = try await ground.signIn("zhoumin", "wrong") }
            }
            let tooMany = RuleViolation(.tooMany, "signin.too-many", arguments: ["minutes": "15"])
            await #expect(throws: tooMany) { _ = try await ground.signIn("zhoumin") }
            // Another address is not held back, and time heals.
            _ = try await ground.signIn("zhoumin", from: "10.0.0.2")
            ground.clock.advance(seconds: 15 * 60)
            _ = try await ground.signIn("zhoumin")
        }
    }

    @Test("signing in rightly forgets the failures before")
    func forgotten() async throws {
        try await Ground.run(.sqlite) { ground in
            _ = try await ground.person("zhoumin")
            for _ in 0..<3 {
                for _ in 0..<4 {
                    await #expect(throws: RuleViolation.self) { _ = try await ground.signIn("zhoumin", "wrong") }
                }
                _ = try await ground.signIn("zhoumin")
            }
        }
    }

    @Test("many guesses at once do not slip through the limit")
    func burst() async throws {
        try await Ground.run(.sqlite) { ground in
            _ = try await ground.person("zhoumin")
            let codes = await withTaskGroup(of: String.self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        do {
                            _ = try await ground.signIn("zhoumin", "wrong")
                            return "in"
                        } catch let violation as RuleViolation {
                            return violation.code
                        } catch {
                            return "\(error)"
                        }
                    }
                }
                return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            }
            #expect(codes == ["signin.wrong": 5, "signin.too-many": 35])
        }
    }

    @Test("one address cannot try many logins, and the memory of failures is bounded")
    func manyLogins() throws {
        var limits = SignInThrottle.Limits()
        limits.perAddress = 10
        limits.entries = 50
        let throttle = SignInThrottle(limits)
        let now = Instant(milliseconds: 0)
        for number in 0..<10 { try throttle.begin(login: Login("user\(number)"), address: "a", at: now) }
        #expect(throws: RuleViolation.self) { try throttle.begin(login: Login("another"), address: "a", at: now) }
        for number in 0..<1000 { try throttle.begin(login: Login("user\(number)"), address: "b\(number)", at: now) }
    }

    @Test("a password with older parameters is hashed anew on signing in", arguments: Engine.tested)
    func rehash(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            let account = try await ground.person("zhoumin")
            let services = ground.services
            let newer = IdentityServices(
                database: services.database, world: services.world, areas: services.areas, roles: services.roles,
                passwords: try PasswordHasher(Argon2Parameters(memory: 16, passes: 1, lanes: 1)))
            _ = try await SignIn(login: "zhoumin", password: Password(typed: Ground.password), address: "a").run(newer)
            let hash = try await services.database.read { tx in try AccountStore.credentials(account.id, in: tx)?.hash }
            #expect(hash?.rawValue.contains("m=16,") == true)
            _ = try await SignIn(login: "zhoumin", password: Password(typed: Ground.password), address: "a").run(newer)
        }
    }
}
