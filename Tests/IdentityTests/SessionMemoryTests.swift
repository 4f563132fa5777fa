import Domain
import Logging
import Storage
import StorageTestSupport
import Testing
import Web

@testable import Identity

/// What was looked up is believed for a second, but never after this process has taken it back.
@Suite struct SessionMemoryTests {
    private struct Door {
        let ground: Ground
        let authenticator: IdentityAuthenticator
        let opened: SignIn.Opened

        init(_ ground: Ground) async throws {
            self.ground = ground
            authenticator = IdentityAuthenticator(ground.services, logger: Logger(label: "test"))
            opened = try await ground.signIn("zhoumin")
        }

        /// Asks who is there.
        func ask() async throws -> (session: Web.Session?, statements: Int) {
            let (session, statements) = try await StatementCounter.counting {
                try await authenticator.session(token: opened.token.text, at: ground.clock.now)
            }
            return (session, statements)
        }
    }

    @Test("within a second nobody is looked up twice, afterwards again", arguments: Engine.tested)
    func oneSecond(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            _ = try await ground.person("zhoumin", role: "dispatcher")
            let door = try await Door(ground)
            let first = try await door.ask()
            let second = try await door.ask()
            #expect(first.statements == 1 && second.statements == 0)
            #expect(second.session?.actor.scopes(for: Ground.work) == first.session?.actor.scopes(for: Ground.work))
            ground.clock.advance(seconds: 1)
            #expect(try await door.ask().statements == 1)
        }
    }

    @Test("who signs out or is suspended is nobody with the next request", arguments: Engine.tested)
    func ended(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            let account = try await ground.person("zhoumin", role: "dispatcher")
            let first = try await Door(ground)
            #expect(try await first.ask().session != nil)
            try await SignOut(session: first.opened.session).run(ground.services)
            #expect(try await first.ask().session == nil)

            let second = try await Door(ground)
            #expect(try await second.ask().session != nil)
            try await SuspendAccount(account: account.id).run(by: .console, ground.services)
            #expect(try await second.ask().session == nil)
        }
    }

    @Test("a role that is given or ended counts with the next request", arguments: Engine.tested)
    func roles(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            let account = try await ground.person("zhoumin")
            let door = try await Door(ground)
            #expect(try await door.ask().session?.actor.holds(Ground.work) == false)
            let assignment = try await Assign(
                account: account.id, role: "dispatcher", organisation: ground.centre.id,
                area: try ground.area("330299001")
            ).run(by: .console, ground.services)
            #expect(try await door.ask().session?.actor.holds(Ground.work) == true)
            try await EndAssignment(assignment: assignment.id).run(by: .console, ground.services)
            #expect(try await door.ask().session?.actor.holds(Ground.work) == false)
        }
    }

    @Test("what another process takes back counts after a second", arguments: Engine.tested)
    func otherProcess(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            _ = try await ground.person("zhoumin")
            let door = try await Door(ground)
            #expect(try await door.ask().session != nil)
            try await ground.services.database.write { try $0.execute("DELETE FROM session") }
            #expect(try await door.ask().session != nil)
            ground.clock.advance(seconds: 1)
            #expect(try await door.ask().session == nil)
        }
    }

    @Test("nothing is kept beyond the session's own end, nor what changed while it was looked up")
    func ends() {
        let memory = SessionMemory(limit: 2)
        let now = Instant(milliseconds: 1_000_000)
        let tokens = (0..<3).map { TokenHash(rawValue: [UInt8($0)]) }
        let session = Web.Session(
            actor: .anonymous, account: AccountID(UUIDValue(high: 1, low: 1)), displayName: "周敏", organisationName: nil,
            language: nil, binding: [])
        memory.keep(session, for: tokens[0], at: now, until: now.advanced(byMilliseconds: 10), changes: 7)
        #expect(memory.session(tokens[0], at: now.advanced(byMilliseconds: 9), changes: 7) != nil)
        #expect(memory.session(tokens[0], at: now.advanced(byMilliseconds: 10), changes: 7) == nil)
        #expect(memory.session(tokens[0], at: now, changes: 8) == nil)
        // A clock that was set back proves nothing.
        #expect(memory.session(tokens[0], at: now.advanced(byMilliseconds: -1), changes: 7) == nil)

        // Full: what has grown old goes first, then everything.
        let later = now.advanced(byMilliseconds: 20)
        memory.keep(session, for: tokens[1], at: later, until: later.advanced(bySeconds: 60), changes: 7)
        memory.keep(session, for: tokens[2], at: later, until: later.advanced(bySeconds: 60), changes: 7)
        #expect(tokens.map { memory.session($0, at: later, changes: 7) != nil } == [false, true, true])
        memory.keep(session, for: tokens[0], at: later, until: later.advanced(bySeconds: 60), changes: 7)
        #expect(tokens.map { memory.session($0, at: later, changes: 7) != nil } == [true, false, false])
        #expect(memory.session(tokens[0], at: later.advanced(bySeconds: 1), changes: 7) == nil)
    }
}
