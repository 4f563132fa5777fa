import Domain
import Files
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import Module
import Storage
import StorageTestSupport
import Vault

@testable import App
@testable import Areas
@testable import Casework
@testable import Identity
@testable import Web

/// Somebody with a session.
struct Person: Sendable {
    let login: String
    let role: String
    let actor: Actor
    let account: AccountID
    let session: SessionID
    let token: String
}

/// Two streets of one district and one of another, with offices and people for every role: the whole system, put
/// together as in production, on a database of the test's own.
struct TestStreet: Sendable {
    var deployment: Deployment
    let clock: TestWorld
    let client: any TestClientProtocol

    static let areas = """
        level,code,parent_code,name_zh,name_en,letters
        district,330299,,清源区,Qingyuan District,
        street,330299001,330299,清河街道,Qinghe Street,QH
        community,330299001001,330299001,梧桐社区,Wutong Community,
        grid,330299001001001,330299001001,01网格,Grid 01,
        community,330299001002,330299001,河埠社区,Hebu Community,
        street,330299002,330299,柳溪街道,Liuxi Street,LX
        community,330299002001,330299002,溪口社区,Xikou Community,
        district,330288,,东原区,Dongyuan District,
        street,330288001,330288,东门街道,Dongmen Street,DM
        community,330288001001,330288001,城门社区,Chengmen Community,
        """

    struct Office: Sendable {
        let code: String
        let kind: Organisation.Kind
        let chinese: String
        let english: String
        let area: String
    }

    static let offices = [
        Office(code: "centre", kind: .centre, chinese: "清河街道指挥中心", english: "Qinghe Street Centre", area: "330299001"),
        Office(code: "lamps", kind: .department, chinese: "区市政设施管理中心", english: "District Facilities", area: "330299"),
        Office(
            code: "sanitation", kind: .department, chinese: "清河街道环卫所", english: "Qinghe Sanitation", area: "330299001"),
        Office(code: "wutong", kind: .community, chinese: "梧桐社区居委会", english: "Wutong Committee", area: "330299001001"),
        Office(code: "grid", kind: .community, chinese: "梧桐社区网格队", english: "Wutong Grid Team", area: "330299001001"),
        Office(
            code: "centre-lx", kind: .centre, chinese: "柳溪街道指挥中心", english: "Liuxi Street Centre", area: "330299002"),
        Office(
            code: "cleaners-lx", kind: .department, chinese: "柳溪街道保洁所", english: "Liuxi Cleaners", area: "330299002"),
    ]

    struct Post: Sendable {
        let login: String
        let role: String
        let office: String
        let area: String
    }

    /// One person for each role in the first street, and those of the second street that tests need.
    static let posts = [
        Post(login: "seat", role: "seat", office: "centre", area: "330299001"),
        Post(login: "dispatcher", role: "dispatcher", office: "centre", area: "330299001"),
        Post(login: "second", role: "dispatcher", office: "centre", area: "330299001"),
        Post(login: "lamps", role: "handler", office: "lamps", area: "330299"),
        Post(login: "sanitation", role: "handler", office: "sanitation", area: "330299001"),
        Post(login: "checker", role: "checker", office: "wutong", area: "330299001"),
        Post(login: "grid", role: "grid-worker", office: "grid", area: "330299001001"),
        Post(login: "supervisor", role: "supervisor", office: "centre", area: "330299001"),
        Post(login: "reader", role: "reader", office: "centre", area: "330299001"),
        Post(login: "district", role: "reader", office: "lamps", area: "330299"),
        Post(login: "system", role: "system-administrator", office: "centre", area: "330299001"),
        Post(login: "security", role: "security-administrator", office: "centre", area: "330299001"),
        Post(login: "audit", role: "audit-administrator", office: "centre", area: "330299001"),
        Post(login: "dispatcher-lx", role: "dispatcher", office: "centre-lx", area: "330299002"),
        Post(login: "checker-lx", role: "checker", office: "centre-lx", area: "330299002"),
        Post(login: "cleaners-lx", role: "handler", office: "cleaners-lx", area: "330299002"),
    ]

    static let settings = {
        var settings = Settings(
            database: "", keys: "", publicFolder: PackagePlaces.root + "/Public",
            name: LocalizedName(chinese: "清河街道", english: "Qinghe Street"), dutyPhone: "8012 0345")
        settings.showsStatements = true
        return settings
    }()

    /// Puts the deployment together, migrates, and makes areas, offices and people.
    static func build(
        on database: any Database, seed: UInt64 = 1, keys: KeyRing = .fresh(), logger: Logger = .silent
    ) async throws -> (deployment: Deployment, clock: TestWorld) {
        let clock = TestWorld(seed: seed)
        var settings = settings
        settings.files = FileManager.default.temporaryDirectory.path + "/linli-test-files-\(UUID().uuidString)"
        let deployment = try await Deployment.assemble(
            settings, database: database, keys: keys, world: clock.world, logger: logger,
            passwords: PasswordHasher(Argon2Parameters(memory: 32, passes: 1, lanes: 1), world: clock.world))
        try await deployment.prepare()
        let outcome = try await ImportAreas(content: areas).run(on: database, world: clock.world)
        guard outcome.errors.isEmpty else { throw Missing("areas: \(outcome.errors)") }
        try await deployment.areas.refresh(from: database)
        for office in offices {
            _ = try await CreateOrganisation(
                code: office.code, kind: office.kind,
                name: LocalizedName(chinese: office.chinese, english: office.english),
                area: try deployment.area(office.area)
            ).run(by: .console, deployment.identity)
        }
        return (deployment, clock)
    }

    struct Missing: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }

    // MARK: Finding

    func area(_ code: String) throws -> AreaID { try deployment.area(code) }

    func organisation(_ code: String) async throws -> OrganisationID {
        let found = try await deployment.database.read { tx in
            try OrganisationStore.organisation(code: code, in: tx)
        }
        guard let found else { throw Missing("no organisation \(code)") }
        return found.id
    }

    static let matter = "gbt47678.5-2026/matter/01037"

    // MARK: People

    /// The person of that login, with a session: made at the first call.
    func person(_ login: String) async throws -> Person {
        guard let post = Self.posts.first(where: { $0.login == login }) else { throw Missing("no post \(login)") }
        return try await sign(login, posts: [(post.role, post.office, post.area)])
    }

    /// Makes the account, unless it is there, and opens a session for it. No password is hashed.
    /// - Parameter posts: role, office, area; none for an account without any right.
    func sign(_ login: String, posts: [(role: String, office: String, area: String)]) async throws -> Person {
        let world = deployment.world
        let now = world.now()
        guard let name = Login(login) else { throw Missing("no login \(login)") }
        let account = Account(
            id: world.id(), login: name, name: "人员\(login)", state: .active, language: nil, createdAt: now)
        var made: [Assignment] = []
        for post in posts {
            made.append(
                Assignment(
                    id: world.id(), account: account.id, role: post.role,
                    organisation: try await organisation(post.office),
                    area: try area(post.area), validFrom: now))
        }
        let new = made
        let session: SessionID = world.id()
        let token = SessionToken(in: world)
        let policy = deployment.identity.policy
        let assignments = try await deployment.database.write { tx in
            var owner = account.id
            var assignments = new
            if let known = try AccountStore.account(login: name, in: tx) {
                owner = known.id
                assignments = try AssignmentStore.assignments(of: owner, in: tx)
            } else {
                _ = try AccountStore.insert(account, PasswordHash(rawValue: "none"), in: tx)
                for assignment in new { try AssignmentStore.insert(assignment, in: tx) }
            }
            try SessionStore.insert(
                session, token.hash, of: owner, at: now, until: policy.expiry(createdAt: now, seenAt: now), in: tx)
            return (owner, assignments)
        }
        return Person(
            login: login, role: posts.first?.role ?? "",
            actor: Actor(
                account: assignments.0, organisation: assignments.1.first?.organisation,
                grants: deployment.identity.roles.grants(for: assignments.1)),
            account: assignments.0, session: session, token: token.text)
    }
}

extension Deployment {
    func area(_ code: String) throws -> AreaID {
        guard let code = AreaCode(code), let area = areas.tree.area(code: code) else {
            throw TestStreet.Missing("no area \(code)")
        }
        return area.id
    }
}

/// Runs `body` with a street on a new database of the engine.
func withStreet(
    _ engine: Engine, seed: UInt64 = 1, doubleRun: Bool = true, log: CapturedLog = CapturedLog(level: .critical),
    _ body: @escaping @Sendable (TestStreet) async throws -> Void
) async throws {
    try await withDatabase(engine, doubleRun: doubleRun) { database in
        let (deployment, clock) = try await TestStreet.build(on: database, seed: seed, logger: log.logger)
        try await deployment.serving(log) { client in
            try await body(TestStreet(deployment: deployment, clock: clock, client: client))
        }
    }
}

extension Deployment {
    /// Runs `body` with a client that sends requests to this deployment's router.
    func serving(
        _ log: CapturedLog = CapturedLog(level: .critical),
        _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        try await Application(router: router(), logger: log.logger).test(.router, body)
    }

    /// The same deployment with another part in its place: how tests plant a fault without touching the product.
    func replacing(roles: RoleBook? = nil, catalogue: Catalogue? = nil) -> Deployment {
        var site = site
        if let catalogue { site.catalogue = catalogue }
        let identity = IdentityServices(
            database: database, world: world, areas: areas, roles: roles ?? identity.roles,
            passwords: identity.passwords)
        return Deployment(
            settings: settings, database: database, world: world, keys: keys, areas: areas, identity: identity,
            casework: casework, files: files, modules: modules, problems: problems, site: site, relay: relay,
            jobs: jobs,
            logger: logger)
    }
}
