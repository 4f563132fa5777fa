import Domain
import Storage
import StorageTestSupport
import Testing
import Web

@testable import Identity

@Suite("Closing an account after too many failures")
struct LockoutTests {
    private static let policy: LockoutPolicy = {
        var policy = LockoutPolicy()
        policy.failures = 6
        return policy
    }()

    private func fail(_ ground: Ground, _ times: Int, login: String = "zhoumin", from first: Int = 0) async -> [String]
    {
        var codes: [String] = []
        for number in 0..<times {
            do {
                _ = try await ground.signIn(login, "wrong password", from: "10.1.0.\(first + number)")
            } catch let violation as RuleViolation {
                codes.append(violation.code)
            } catch {
                codes.append("\(error)")
            }
        }
        return codes
    }

    @Test("the rule: so many within the window close it, it opens by time, success forgets")
    func rule() {
        let policy = Self.policy
        var now = Instant(milliseconds: 1_000_000)
        var lockout = Lockout.first(at: now)
        for _ in 1..<6 {
            lockout = lockout.failing(at: now, policy)
            #expect(!lockout.isLocked(at: now))
        }
        #expect(lockout.succeeding(at: now).failures == 0)
        lockout = lockout.failing(at: now, policy)
        #expect(lockout.isLocked(at: now) && lockout.lockedUntil == now.advanced(bySeconds: policy.lockSeconds))
        #expect(lockout.failing(at: now, policy) == lockout, "a closed account counts nothing")
        #expect(!lockout.released(at: now).isLocked(at: now))
        now = now.advanced(bySeconds: policy.lockSeconds)
        #expect(!lockout.isLocked(at: now) && lockout.refusal(at: now) == nil)
        // Slow guessing never adds up.
        var slow = Lockout.first(at: now)
        for _ in 0..<50 {
            now = now.advanced(bySeconds: policy.windowSeconds)
            slow = slow.failing(at: now, policy)
            #expect(!slow.isLocked(at: now))
        }
    }

    @Test("failures from everywhere add up, and then even the right password has to wait", arguments: Engine.tested)
    func closes(engine: Engine) async throws {
        try await Ground.run(engine, lockout: Self.policy) { ground in
            let account = try await ground.person("zhoumin")
            #expect(await fail(ground, 6) == Array(repeating: "signin.wrong", count: 6))
            let tooMany = RuleViolation(.tooMany, "signin.too-many", arguments: ["minutes": "15"])
            await #expect(throws: tooMany) { _ = try await ground.signIn("zhoumin", from: "10.2.0.1") }
            let actions = try await ground.audit(.subject(account.id.uuid)).map(\.action)
            #expect(actions.filter { $0 == "identity.account.locked" }.count == 1)
            #expect(actions.filter { $0 == "identity.signin.failed" }.count == 6)
            ground.clock.advance(seconds: 15 * 60)
            _ = try await ground.signIn("zhoumin", from: "10.2.0.1")
        }
    }

    @Test("a login that does not exist behaves in the same way", arguments: Engine.tested)
    func unknown(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            _ = try await ground.person("zhoumin")
            let known = await fail(ground, 25)
            let unknown = await fail(ground, 25, login: "nobody", from: 100)
            #expect(known == unknown)
            #expect(known.filter { $0 == "signin.too-many" }.count == 5)
        }
    }

    @Test("a right sign-in forgets the failures before", arguments: Engine.tested)
    func forgets(engine: Engine) async throws {
        try await Ground.run(engine, lockout: Self.policy) { ground in
            _ = try await ground.person("zhoumin")
            for round in 0..<3 {
                #expect(await fail(ground, 5, from: round * 10).allSatisfy { $0 == "signin.wrong" })
                _ = try await ground.signIn("zhoumin", from: "10.2.0.\(round)")
            }
        }
    }

    @Test("the console opens it early; what is open is not opened", arguments: Engine.tested)
    func release(engine: Engine) async throws {
        try await Ground.run(engine, lockout: Self.policy) { ground in
            let account = try await ground.person("zhoumin")
            await #expect(throws: RuleViolation(.conflict, "account.not-locked")) {
                try await ReleaseAccount(account: account.id).run(by: .console, ground.services)
            }
            _ = await fail(ground, 6)
            try await ReleaseAccount(account: account.id).run(by: .console, ground.services)
            _ = try await ground.signIn("zhoumin", from: "10.2.0.1")
        }
    }
}
