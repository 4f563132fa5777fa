import Areas
import Domain
import Module
import Storage
import StorageTestSupport
import Synchronization
import Testing
import Web

@testable import Identity

/// A clock that tests move.
final class TestClock: Sendable {
    private let time = Mutex(Instant(milliseconds: 1_795_000_000_000))

    var now: Instant { time.withLock { $0 } }

    func advance(seconds: Int64) { time.withLock { $0 = $0.advanced(bySeconds: seconds) } }

    var world: World { World(now: { self.now }, random: World.live.random) }
}

/// A small deployment: the demonstration street, two organisations, roles, and quick password checks.
struct Ground {
    let services: IdentityServices
    let clock: TestClock
    let centre: Organisation
    let department: Organisation

    static let password = "correct horse battery"
    static let work = Permission("casework.case.read")
    static let task = Permission("casework.task.sign")

    static let roles = [
        RoleDefinition("dispatcher", name: "test.role", grants: [.init(work, .area)]),
        RoleDefinition("handler", name: "test.role", grants: [.init(work, .organisation), .init(task, .organisation)]),
        RoleDefinition(
            "account-manager", name: "test.role", grants: [.init(IdentityPermission.manageAccounts, .area)]),
        RoleDefinition(
            "system-administrator", name: "test.role", duty: .system,
            grants: [.init(IdentityPermission.manageOrganisations, .area)]),
        RoleDefinition(
            "security-administrator", name: "test.role", duty: .security,
            grants: [
                .init(IdentityPermission.manageAccounts, .area), .init(IdentityPermission.manageAssignments, .area),
            ]),
        RoleDefinition(
            "audit-administrator", name: "test.role", duty: .audit,
            grants: [.init(IdentityPermission.readAudit, .area)]),
    ]

    static let migrations = AreasModule.module.migrations + IdentityModule.ground.migrations

    static func run(
        _ engine: Engine, doubleRun: Bool = true, throttle: SignInThrottle = SignInThrottle(),
        lockout: LockoutPolicy = LockoutPolicy(), secondFactor: SecondFactorPolicy = .optional,
        _ body: (Ground) async throws -> Void
    ) async throws {
        try await withDatabase(engine, migrations: migrations, doubleRun: doubleRun) { database in
            try await body(
                try await make(on: database, throttle: throttle, lockout: lockout, secondFactor: secondFactor))
        }
    }

    static func make(
        on database: any Database, throttle: SignInThrottle = SignInThrottle(),
        lockout: LockoutPolicy = LockoutPolicy(), secondFactor: SecondFactorPolicy = .optional
    ) async throws -> Ground {
        let clock = TestClock()
        _ = try await ImportAreas(content: try DemoAreas.file()).run(on: database, world: clock.world)
        let areas = AreaDirectory()
        try await areas.refresh(from: database)
        let services = IdentityServices(
            database: database, world: clock.world, areas: areas,
            roles: try RoleBook(roles, declared: IdentityPermission.all + [work, task]),
            passwords: try PasswordHasher(.quick), throttle: throttle, lockout: lockout, secrets: .test,
            secondFactor: secondFactor)
        let street = try #require(AreaCode("330299001").flatMap { areas.tree.area(code: $0) })
        let centre = try await CreateOrganisation(
            code: "centre", kind: .centre, name: LocalizedName(chinese: "指挥中心", english: "Centre"), area: street.id
        ).run(by: .console, services)
        let department = try await CreateOrganisation(
            code: "enforcement", kind: .department, name: LocalizedName(chinese: "执法队", english: "Enforcement"),
            area: street.id
        ).run(by: .console, services)
        return Ground(services: services, clock: clock, centre: centre, department: department)
    }

    var tree: AreaTree { services.areas.tree }

    func area(_ digits: String) throws -> AreaID {
        try #require(AreaCode(digits).flatMap { tree.area(code: $0) }).id
    }

    /// An account with one role for the whole street.
    func person(
        _ login: String, role: String? = nil, organisation: Organisation? = nil, area: String = "330299001"
    ) async throws -> Account {
        let account = try await CreateAccount(login: login, name: "周敏", password: Ground.password).run(
            by: .console, services)
        if let role {
            _ = try await Assign(
                account: account.id, role: role, organisation: (organisation ?? centre).id, area: try self.area(area)
            ).run(by: .console, services)
        }
        return account
    }

    func signIn(
        _ login: String, _ password: String = Ground.password, from address: String = "10.0.0.1"
    ) async throws -> SignIn.Opened {
        try await SignIn(login: login, password: Password(typed: password), address: address).run(services)
    }

    func live(_ token: SessionToken) async throws -> LiveSession? {
        let now = clock.now
        let hash = token.hash
        return try await services.database.read { tx in try SessionStore.live(hash, at: now, in: tx) }
    }

    func actor(_ login: String) async throws -> Actor {
        let token = try await signIn(login).token
        return try #require(try await live(token)).actor(services.roles)
    }

    func audit(_ filter: AuditStore.Filter = .all) async throws -> [AuditEntry] {
        try await services.database.read { tx in try AuditStore.list(filter, limit: 100, in: tx) }
    }
}

extension SecretSealing {
    /// Opens for the account that it was sealed for, and hides nothing.
    static let test = SecretSealing { secret, account in
        account.uuid.bytes + secret
    } open: { sealed, account in
        guard sealed.starts(with: account.uuid.bytes) else { throw Missing() }
        return Array(sealed.dropFirst(16))
    }
}

extension Argon2Parameters {
    /// The least that libargon2 takes, so that tests are quick.
    static let quick = Argon2Parameters(memory: 8, passes: 1, lanes: 1)
}

/// A generator that can be started again from its seed (Steele, Lea and Flood 2014).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
