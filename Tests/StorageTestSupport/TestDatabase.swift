import Foundation
public import Storage
import StoragePostgres
import StorageSQLite

/// Runs `body` on a new, empty database with the migrations applied, and removes it afterwards.
/// - Parameter doubleRun: every write closure runs twice, the first time undone (see `DoubleRun`).
public func withDatabase<Result>(
    _ engine: Engine, migrations: [Migration] = [], doubleRun: Bool = true,
    _ body: (any Database) async throws -> Result
) async throws -> Result {
    switch engine {
    case .sqlite:
        try await withTemporaryFolder { folder in
            let database = try SQLiteDatabase(path: folder + "/test.sqlite")
            return try await run(body, on: database, migrations: migrations, doubleRun: doubleRun)
        }
    case .postgres:
        try await withPostgresSchema { place in
            let database = try PostgresDatabase(
                conninfo: place.conninfo, options: .init(schema: place.schema, connections: 8),
                logger: .silent)
            return try await run(body, on: database, migrations: migrations, doubleRun: doubleRun)
        }
    }
}

private func run<Base: Database, Result>(
    _ body: (any Database) async throws -> Result, on base: Base, migrations: [Migration], doubleRun: Bool
) async throws -> Result {
    do {
        try await base.migrate(migrations)
        let result = try await doubleRun ? body(DoubleRun(base)) : body(base)
        await base.close()
        return result
    } catch {
        await base.close()
        throw error
    }
}

/// Runs `body` with the path of a new folder and removes the folder afterwards.
public func withTemporaryFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("linli-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.path)
}

/// Where a test's tables are on the PostgreSQL server.
public struct PostgresPlace: Sendable {
    public let conninfo: String
    public let schema: String
}

/// Runs `body` with the name of an unused schema on the server that `LINLI_TEST_POSTGRES` names, and drops the schema
/// afterwards.
public func withPostgresSchema<Result>(_ body: (PostgresPlace) async throws -> Result) async throws -> Result {
    guard let conninfo = environment("LINLI_TEST_POSTGRES") else { throw PostgresMissing() }
    let schema = "test_" + UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased()
    let outcome = await Swift.Result.catching { try await body(PostgresPlace(conninfo: conninfo, schema: schema)) }
    let cleaner = try PostgresDatabase(
        conninfo: conninfo, options: .init(schema: schema, connections: 1), logger: .silent)
    try await cleaner.write { transaction in
        try transaction.execute(
            """
            DO $$ BEGIN
                EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', current_setting('search_path'));
            END $$
            """)
    }
    await cleaner.close()
    return try outcome.get()
}

extension Swift.Result where Failure == any Error {
    fileprivate static func catching(_ body: () async throws -> Success) async -> Self {
        do { return .success(try await body()) } catch { return .failure(error) }
    }
}

/// Says what to do when there is no server to test on.
public struct PostgresMissing: Error, CustomStringConvertible {
    public var description: String {
        """
        No PostgreSQL to test on: set LINLI_TEST_POSTGRES to a conninfo (scripts/postgres start FOLDER prints one), \
        or set LINLI_TEST_ENGINES=sqlite to test on SQLite only.
        """
    }
}

func environment(_ name: String) -> String? {
    guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else { return nil }
    return value
}
