import Domain
import Storage
import StorageTestSupport
import Testing
import Web

@testable import Identity

@Suite("The second factor")
struct SecondFactorTests {
    private struct SetUp {
        let account: Account
        let secret: OneTimeSecret
        let recovery: [String]
        let opened: SignIn.Opened
    }

    private func setUp(_ ground: Ground, _ login: String = "zhoumin", role: String? = nil) async throws -> SetUp {
        let account = try await ground.person(login, role: role)
        let opened = try await ground.signIn(login)
        let begun = try await BeginSecondFactor().run(by: account.id, issuer: "Linli", ground.services)
        let factor = try await ground.services.database.read { tx in
            try SecondFactorStore.factor(of: account.id, in: tx)
        }
        let secret = OneTimeSecret(bytes: try ground.services.secrets.open(try #require(factor).secret, account.id))
        #expect(secret.base32 == begun.secret && begun.address.contains(begun.secret))
        let recovery = try await ConfirmSecondFactor(code: code(secret, ground), session: opened.session)
            .run(by: account.id, from: "10.0.0.1", ground.services)
        return SetUp(account: account, secret: secret, recovery: recovery, opened: opened)
    }

    private func code(_ secret: OneTimeSecret, _ ground: Ground) -> String {
        secret.code(at: OneTimeSecret.step(at: ground.clock.now))
    }

    private func signIn(_ ground: Ground, code: String?, from address: String = "10.0.0.1") async throws {
        _ = try await SignIn(
            login: "zhoumin", password: Password(typed: Ground.password), address: address, code: code
        ).run(ground.services)
    }

    private static let wrong = RuleViolation(.invalid, "signin.code-wrong", field: "factorCode")

    @Test("signing in takes password and code; a code works once; its secret lies sealed", arguments: Engine.tested)
    func signingIn(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            let set = try await setUp(ground)
            await #expect(throws: RuleViolation(.invalid, "signin.code-needed", field: "factorCode")) {
                try await signIn(ground, code: nil)
            }
            // The code that set it up is used.
            let first = code(set.secret, ground)
            await #expect(throws: Self.wrong) { try await signIn(ground, code: first) }
            ground.clock.advance(seconds: 30)
            let second = code(set.secret, ground)
            try await signIn(ground, code: second)
            await #expect(throws: Self.wrong) { try await signIn(ground, code: second) }
            await #expect(throws: Self.wrong) { try await signIn(ground, code: "000000x") }
            #expect(
                try await ground.audit(.account(set.account.id)).map(\.action).contains(
                    "identity.second-factor.confirmed"))
            let stored = try await ground.services.database.read { tx in
                try SecondFactorStore.factor(of: set.account.id, in: tx)?.secret
            }
            #expect(stored != set.secret.bytes)
        }
    }

    @Test("of many who use one code at once, one gets in", arguments: Engine.tested)
    func once(engine: Engine) async throws {
        try await Ground.run(engine, doubleRun: false) { ground in
            let set = try await setUp(ground)
            ground.clock.advance(seconds: 30)
            for typed in [code(set.secret, ground), set.recovery[0]] {
                let entered = await withTaskGroup(of: Bool.self) { group in
                    for number in 0..<6 {
                        group.addTask {
                            do {
                                try await signIn(ground, code: typed, from: "10.0.1.\(number)")
                                return true
                            } catch { return false }
                        }
                    }
                    return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
                }
                #expect(entered == 1, "\(typed.count) characters")
            }
        }
    }

    @Test("a recovery code opens once, and they are counted", arguments: Engine.tested)
    func recovery(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            let set = try await setUp(ground)
            #expect(set.recovery.count == 10)
            try await signIn(ground, code: set.recovery[3].uppercased())
            await #expect(throws: Self.wrong) { try await signIn(ground, code: set.recovery[3]) }
            #expect(try await ground.services.ownAccount(set.account.id).factor == .confirmed(codesLeft: 9))
        }
    }

    @Test("setting up ends the other sessions and marks this one", arguments: Engine.tested)
    func otherSessions(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            _ = try await ground.person("before")
            let account = try await ground.person("zhoumin")
            let other = try await ground.signIn("zhoumin")
            let opened = try await ground.signIn("zhoumin")
            _ = try await BeginSecondFactor().run(by: account.id, issuer: "Linli", ground.services)
            let factor = try #require(
                try await ground.services.database.read { tx in try SecondFactorStore.factor(of: account.id, in: tx) })
            let secret = OneTimeSecret(bytes: try ground.services.secrets.open(factor.secret, account.id))
            await #expect(throws: RuleViolation(.invalid, "second-factor.code-wrong", field: "factorCode")) {
                _ = try await ConfirmSecondFactor(code: "1", session: opened.session)
                    .run(by: account.id, from: "a", ground.services)
            }
            _ = try await ConfirmSecondFactor(code: code(secret, ground), session: opened.session)
                .run(by: account.id, from: "a", ground.services)
            #expect(try await ground.live(other.token) == nil)
            #expect(try await ground.live(opened.token)?.hasSecondFactor == true)
            await #expect(throws: RuleViolation(.conflict, "second-factor.exists")) {
                _ = try await BeginSecondFactor().run(by: account.id, issuer: "Linli", ground.services)
            }
        }
    }

    @Test(
        "it is given up with a code, or taken away by an administrator, who ends the sessions", arguments: Engine.tested
    )
    func givingUp(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            let set = try await setUp(ground)
            await #expect(throws: RuleViolation(.invalid, "second-factor.code-wrong", field: "factorCode")) {
                try await EndSecondFactor(code: "999999").run(by: set.account.id, from: "a", ground.services)
            }
            #expect(try await ground.live(set.opened.token)?.hasSecondFactor == true)
            try await EndSecondFactor(code: set.recovery[0]).run(by: set.account.id, from: "a", ground.services)
            #expect(try await ground.live(set.opened.token)?.hasSecondFactor == false)
            try await signIn(ground, code: nil)
            await #expect(throws: RuleViolation(.conflict, "second-factor.none")) {
                try await EndSecondFactor(code: set.recovery[1]).run(by: set.account.id, from: "a", ground.services)
            }
            let other = try await setUp(ground, "lili")
            try await ResetSecondFactor(account: other.account.id).run(by: .console, ground.services)
            #expect(try await ground.live(other.opened.token) == nil)
            _ = try await ground.signIn("lili")
        }
    }

    @Test("where administrators must have one, their rights rest until it is set up", arguments: Engine.tested)
    func required(engine: Engine) async throws {
        try await Ground.run(engine, secondFactor: .administrators) { ground in
            let account = try await ground.person("zhoumin", role: "audit-administrator")
            let opened = try await ground.signIn("zhoumin")
            #expect(opened.mustSetUpSecondFactor && opened.duty == .audit)
            let (roles, policy) = (ground.services.roles, ground.services.secondFactor)
            #expect(try #require(try await ground.live(opened.token)).actor(roles, policy).grants.isEmpty)
            _ = try await BeginSecondFactor().run(by: account.id, issuer: "Linli", ground.services)
            let factor = try #require(
                try await ground.services.database.read { tx in try SecondFactorStore.factor(of: account.id, in: tx) })
            let secret = OneTimeSecret(bytes: try ground.services.secrets.open(factor.secret, account.id))
            _ = try await ConfirmSecondFactor(code: code(secret, ground), session: opened.session)
                .run(by: account.id, from: "a", ground.services)
            let actor = try #require(try await ground.live(opened.token)).actor(roles, policy)
            #expect(actor.holds(IdentityPermission.readAudit))
            ground.clock.advance(seconds: 30)
            await #expect(throws: RuleViolation(.conflict, "second-factor.required")) {
                try await EndSecondFactor(code: code(secret, ground)).run(by: account.id, from: "a", ground.services)
            }
            // Others go on without one.
            _ = try await ground.person("worker", role: "dispatcher")
            let worker = try await ground.signIn("worker")
            #expect(!worker.mustSetUpSecondFactor)
            #expect(try #require(try await ground.live(worker.token)).actor(roles, policy).holds(Ground.work))
        }
    }

    @Test(
        "on pages the code is asked for after the password, for five minutes and this password",
        arguments: Engine.tested)
    func challenge(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            let set = try await setUp(ground)
            func challenge() async throws -> String {
                let step = try await SignIn(
                    login: "zhoumin", password: Password(typed: Ground.password), address: "a"
                ).begin(ground.services)
                guard case .codeNeeded(let challenge) = step else { throw RuleViolation(.invalid, "no code asked for") }
                return challenge
            }
            let over = RuleViolation(.conflict, "signin.challenge-over")
            let first = try await challenge()
            ground.clock.advance(seconds: 30)
            _ = try await FinishSignIn(challenge: first, code: code(set.secret, ground), address: "a")
                .run(ground.services)
            for broken in ["", "x", first + "A", "\(AccountID(UUIDValue(high: 1, low: 1)))." + first.suffix(20)] {
                await #expect(throws: over) {
                    _ = try await FinishSignIn(challenge: broken, code: "1", address: "a").run(ground.services)
                }
            }
            let late = try await challenge()
            ground.clock.advance(seconds: 301)
            await #expect(throws: over) {
                _ = try await FinishSignIn(challenge: late, code: code(set.secret, ground), address: "a")
                    .run(ground.services)
            }
            let old = try await challenge()
            try await SetPassword(account: set.account.id, new: "another long password").run(
                by: .console, ground.services)
            await #expect(throws: over) {
                _ = try await FinishSignIn(challenge: old, code: code(set.secret, ground), address: "a")
                    .run(ground.services)
            }
        }
    }
}
