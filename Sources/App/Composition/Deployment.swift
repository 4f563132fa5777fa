import Areas
import Casework
public import Domain
import Files
import Foundation
import Hummingbird
import Identity
public import Logging
import Module
public import Storage
import StoragePostgres
import StorageSQLite
import Vault
public import Web

/// One deployment, put together: the same for production, the command line and tests.
public struct Deployment: Sendable {
    public let settings: Settings
    public let database: any Database
    public let world: World
    let keys: KeyRing
    let areas: AreaDirectory
    let identity: IdentityServices
    let casework: Casework
    let files: Files
    let modules: [LinliModule]
    let problems: ProblemCatalogue
    let site: Site
    public let relay: Relay
    let jobs: JobRunner
    let logger: Logger

    /// Opens the database and the keys, and puts the modules together. Changes nothing in the database.
    public static func open(_ settings: Settings, world: World = .live, logger: Logger) async throws -> Deployment {
        let isNew = !settings.isPostgres && !FileManager.default.fileExists(atPath: settings.database)
        for file in [settings.isPostgres ? nil : settings.database, settings.keys].compactMap(\.self) {
            let folder = (file as NSString).deletingLastPathComponent
            if !folder.isEmpty {
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            }
        }
        // A new key beside a filled database could open nothing in it; with PostgreSQL `linli migrate` makes the keys.
        let keyFile = KeyFile(path: settings.keys)
        let keys = isNew || settings.makesKeys ? try keyFile.loadOrCreate() : try keyFile.load()
        let database: any Database =
            settings.isPostgres
            ? try PostgresDatabase(conninfo: settings.database, logger: logger)
            : try SQLiteDatabase(path: settings.database)
        return try await assemble(settings, database: database, keys: keys, world: world, logger: logger)
    }

    static func assemble(
        _ settings: Settings, database: any Database, keys: KeyRing, world: World, logger: Logger,
        passwords: PasswordHasher? = nil
    ) async throws -> Deployment {
        let areas = AreaDirectory()
        let roles = try RoleBook(Roles.all, declared: CaseworkPermission.all + IdentityPermission.all)
        let identity = IdentityServices(
            database: database, world: world, areas: areas, roles: roles,
            passwords: try passwords ?? PasswordHasher(world: world), secrets: .sealed(by: keys),
            secondFactor: settings.secondFactor)
        let files = Files(path: settings.filesFolder, database: database, world: world, keys: keys)
        let casework = Casework(
            database: database, world: world, catalogues: try Catalogues.shipped(), keys: keys, areas: areas,
            files: files, evidence: try EvidenceNeeds.shipped(), voice: settings.voice)
        let modules = Modules.all(
            identity: identity, files: files, casework: casework, demo: settings.offersDemo ? DemoStreet.accounts : [],
            publicKeys: try keys.publicKeys())
        let catalogue = try Catalogue(folders: catalogueFolders(modules))
        let problems = try ProblemCatalogue(folders: catalogueFolders(modules))
        let site = Site(
            name: settings.name, dutyPhone: settings.dutyPhone, catalogue: catalogue,
            navigation: modules.flatMap(\.navigation),
            assets: try StaticFiles(folder: URL(filePath: settings.publicFolder)), zone: world.zone)
        let relay = Relay(
            database: database, subscriptions: modules.flatMap(\.subscriptions), world: world, logger: logger)
        let jobs = JobRunner(
            database: database,
            handlers: [IdempotencyKeys.clearingJob(database: database, world: world)] + modules.flatMap(\.jobs),
            world: world, logger: logger)
        return Deployment(
            settings: settings, database: database, world: world, keys: keys, areas: areas, identity: identity,
            casework: casework, files: files, modules: modules, problems: problems, site: site, relay: relay,
            jobs: jobs,
            logger: logger)
    }

    /// Where the texts lie: those of pages and errors, those of roles, those of the modules.
    private static func catalogueFolders(_ modules: [LinliModule]) -> [URL] {
        [WebResources.catalogue, Bundle.module.bundleURL.appending(path: "Resources/i18n")]
            + modules.flatMap(\.catalogues)
    }

    var catalogueFolders: [URL] { Self.catalogueFolders(modules) }

    /// Brings the schema up to date and reads what is kept in memory.
    public func prepare() async throws {
        try await database.migrate(StorageSchema.migrations + modules.flatMap(\.migrations))
        try await areas.refresh(from: database)
        let now = world.now()
        let standing = modules.flatMap(\.standingJobs)
        try await database.write { tx in
            try tx.schedule(IdempotencyKeys.clearing, key: "", at: now.advanced(bySeconds: 60))
            for kind in standing { try tx.scheduleUnlessPlanned(kind, key: "", at: now) }
        }
    }

    /// The endpoints of all modules, and those that describe them.
    public var endpoints: [Endpoint] { described.endpoints }

    /// What is promised to those who call the JSON interface.
    public var contract: Contract { described.contract }

    private var described: (contract: Contract, endpoints: [Endpoint]) {
        Contract.describing(modules.flatMap(\.endpoints), problems: problems, catalogue: site.catalogue)
    }

    /// The router with everything on it.
    func router() -> Router<LinliContext> {
        let pipeline = Pipeline(
            site: site, authenticator: IdentityAuthenticator(identity, logger: logger),
            csrf: CSRF(key: keys.formKey), world: world,
            configuration: Pipeline.Configuration(
                secureCookies: settings.secureCookies, showsStatements: settings.showsStatements),
            logger: logger, uploads: files.uploadSpace)
        return .linli(endpoints, pipeline)
    }
}
