import Domain
import Logging
import Storage
import StorageTestSupport
import Testing
import Web

@testable import Identity

@Suite("Sessions")
struct SessionTests {
    @Test("a request learns person and rights with one statement, however many assignments", arguments: Engine.tested)
    func oneStatement(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            let account = try await ground.person("zhoumin", role: "dispatcher")
            for community in 1...6 {
                _ = try await Assign(
                    account: account.id, role: "handler", organisation: ground.department.id,
                    area: try ground.area("33029900100\(community)")
                ).run(by: .console, ground.services)
            }
            let token = try await ground.signIn("zhoumin").token
            let authenticator = IdentityAuthenticator(ground.services, logger: Logger(label: "test"))
            let counted = try await StatementCounter.counting {
                try await authenticator.session(token: token.text, at: ground.clock.now)
            }
            #expect(counted.statements == 1)
            let session = try #require(counted.result)
            #expect(session.actor.scopes(for: Ground.task) == [.organisation(ground.department.id)])
            #expect(
                session.actor.scopes(for: Ground.work) == [
                    .organisation(ground.department.id), .area(try ground.area("330299001")),
                ])
        }
    }

    @Test(
        "what cannot be a token costs no statement",
        arguments: ["", "short", String(repeating: "a", count: 42) + "=", String(repeating: "a", count: 400)])
    func noToken(token: String) async throws {
        try await Ground.run(.sqlite) { ground in
            let authenticator = IdentityAuthenticator(ground.services, logger: Logger(label: "test"))
            let counted = try await StatementCounter.counting {
                try await authenticator.session(token: token, at: ground.clock.now) == nil
            }
            #expect(counted.result && counted.statements == 0)
        }
    }

    @Test("a session ends after idle hours, and however busy after a week", arguments: Engine.tested)
    func expiry(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            _ = try await ground.person("zhoumin")
            let authenticator = IdentityAuthenticator(ground.services, logger: Logger(label: "test"))
            let policy = ground.services.policy
            let idle = try await ground.signIn("zhoumin").token
            let busy = try await ground.signIn("zhoumin").token
            ground.clock.advance(seconds: policy.idleSeconds - 1)
            #expect(try await authenticator.session(token: busy.text, at: ground.clock.now) != nil)
            ground.clock.advance(seconds: 1)
            #expect(try await authenticator.session(token: idle.text, at: ground.clock.now) == nil)
            #expect(try await authenticator.session(token: busy.text, at: ground.clock.now) != nil)
            var hours = 0
            while try await authenticator.session(token: busy.text, at: ground.clock.now) != nil, hours < 1000 {
                ground.clock.advance(seconds: 3600)
                hours += 1
            }
            #expect(hours == Int((policy.absoluteSeconds - policy.idleSeconds) / 3600))
        }
    }

    @Test("being in use is written down at most every five minutes", arguments: Engine.tested)
    func touch(engine: Engine) async throws {
        try await Ground.run(engine, doubleRun: false) { ground in
            _ = try await ground.person("zhoumin")
            let token = try await ground.signIn("zhoumin").token
            let authenticator = IdentityAuthenticator(ground.services, logger: Logger(label: "test"))
            var statements: [Int] = []
            for _ in 0..<12 {
                ground.clock.advance(seconds: 60)
                statements.append(
                    try await StatementCounter.counting {
                        _ = try await authenticator.session(token: token.text, at: ground.clock.now)
                    }.statements)
            }
            #expect(statements == [1, 1, 1, 1, 2, 1, 1, 1, 1, 2, 1, 1])
        }
    }

    @Test("signing out ends the session at once; doing it twice is no mistake", arguments: Engine.tested)
    func signOut(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            let account = try await ground.person("zhoumin")
            let opened = try await ground.signIn("zhoumin")
            let other = try await ground.signIn("zhoumin")
            try await SignOut(session: opened.session).run(ground.services)
            try await SignOut(session: opened.session).run(ground.services)
            #expect(try await ground.live(opened.token) == nil)
            #expect(try await ground.live(other.token) != nil)
            #expect(
                try await ground.audit(.account(account.id)).filter { $0.action == "identity.session.closed" }.count
                    == 1)
        }
    }

    @Test("a suspended account's sessions end at once", arguments: Engine.tested)
    func suspended(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            let account = try await ground.person("zhoumin", role: "dispatcher")
            let opened = try await ground.signIn("zhoumin")
            try await SuspendAccount(account: account.id).run(by: .console, ground.services)
            #expect(try await ground.live(opened.token) == nil)
            try await SuspendAccount(account: account.id, state: .active).run(by: .console, ground.services)
            #expect(try await ground.live(opened.token) == nil)
            _ = try await ground.signIn("zhoumin")
        }
    }

    @Test("a new password ends the other sessions and keeps the own one", arguments: Engine.tested)
    func changed(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            let account = try await ground.person("zhoumin")
            let own = try await ground.signIn("zhoumin")
            let other = try await ground.signIn("zhoumin")
            func change(from current: String, to new: String) async throws {
                try await ChangePassword(
                    account: account.id, session: own.session, current: Password(typed: current), new: new, address: "a"
                ).run(ground.services)
            }
            await #expect(throws: RuleViolation(.invalid, "password.current-wrong", field: "current_password")) {
                try await change(from: "wrong", to: "another good one")
            }
            #expect(try await ground.live(other.token) != nil)
            try await change(from: Ground.password, to: "another good one")
            #expect(try await ground.live(own.token) != nil)
            #expect(try await ground.live(other.token) == nil)
            await #expect(throws: RuleViolation.self) { _ = try await ground.signIn("zhoumin") }
            _ = try await ground.signIn("zhoumin", "another good one")
            try await SetPassword(account: account.id, new: "a third good one").run(by: .console, ground.services)
            #expect(try await ground.live(own.token) == nil)
            _ = try await ground.signIn("zhoumin", "a third good one")
        }
    }

    @Test("an ended assignment and one not begun grant nothing", arguments: Engine.tested)
    func periods(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            let account = try await ground.person("zhoumin")
            let street = try ground.area("330299001")
            let now = ground.clock.now
            _ = try await Assign(
                account: account.id, role: "dispatcher", organisation: ground.centre.id, area: street,
                validFrom: now.advanced(bySeconds: 60), validTo: now.advanced(bySeconds: 120)
            ).run(by: .console, ground.services)
            let token = try await ground.signIn("zhoumin").token
            var holds: [Bool] = []
            for _ in 0..<3 {
                let live = try #require(try await ground.live(token))
                holds.append(live.actor(ground.services.roles).holds(Ground.work))
                ground.clock.advance(seconds: 60)
            }
            #expect(holds == [false, true, false])
        }
    }
}
