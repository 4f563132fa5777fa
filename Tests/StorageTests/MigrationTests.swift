import Domain
import Logging
import Storage
import StoragePostgres
import StorageSQLite
import StorageTestSupport
import Testing

@Suite struct MigrationTests {
    private static let first = Migration("test.001-first", "CREATE TABLE first (id {id} PRIMARY KEY NOT NULL) {strict}")
    private static let second = Migration(
        "test.002-second",
        """
        CREATE TABLE second (id {id} PRIMARY KEY NOT NULL, words {text}) {clustered};
        CREATE INDEX second_words ON second (words);
        INSERT INTO first (id) SELECT id FROM second;
        """)

    @Test("migrations are applied once, in order", arguments: Engine.tested)
    func replay(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            try await database.migrate([MigrationTests.first])
            try await database.migrate([MigrationTests.first, MigrationTests.second])
            try await database.migrate([MigrationTests.first, MigrationTests.second])
            let tables = try await tablesAndColumns(of: database)
            #expect(tables == ["first": ["id"], "second": ["id", "words"], "linli_migration": ["name", "digest"]])
        }
    }

    @Test("a migration that was edited after it was applied is refused", arguments: Engine.tested)
    func edited(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [MigrationTests.first]) { database in
            let edited = Migration("test.001-first", "CREATE TABLE first (id {int} PRIMARY KEY NOT NULL) {strict}")
            let error = await #expect(throws: StorageError.self) {
                try await database.migrate([edited, MigrationTests.second])
            }
            #expect(error?.kind == .migration)
            let tables = try await tablesAndColumns(of: database)
            #expect(tables.keys.sorted() == ["first", "linli_migration"])
        }
    }

    @Test("a migration that fails leaves nothing, and those before it stay", arguments: Engine.tested)
    func failing(engine: Engine) async throws {
        try await withDatabase(engine) { database in
            let broken = Migration("test.002-broken", "CREATE TABLE half (id {id}); CREATE TABLE first (id {id})")
            await #expect(throws: StorageError.self) { try await database.migrate([MigrationTests.first, broken]) }
            var tables = try await tablesAndColumns(of: database)
            #expect(tables.keys.sorted() == ["first", "linli_migration"])
            try await database.migrate([MigrationTests.first, MigrationTests.second])
            tables = try await tablesAndColumns(of: database)
            #expect(tables.keys.sorted() == ["first", "linli_migration", "second"])
        }
    }

    @Test("a deferred foreign key is refused on SQLite, where it would fail the writes of others")
    func deferred() async throws {
        try await withDatabase(.sqlite) { database in
            let deferred = Migration(
                "test.001-deferred",
                """
                CREATE TABLE deferred (
                    id {int} PRIMARY KEY NOT NULL,
                    other {int} REFERENCES deferred (id) DEFERRABLE INITIALLY DEFERRED
                ) {strict}
                """)
            let error = await #expect(throws: StorageError.self) { try await database.migrate([deferred]) }
            #expect(error?.kind == .migration)
        }
    }

    @Test("nodes that start at the same time do not disturb one another", arguments: Engine.tested)
    func together(engine: Engine) async throws {
        let migrations = [MigrationTests.first, MigrationTests.second] + StorageSchema.migrations
        try await withNodes(4, engine) { nodes in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for node in nodes { group.addTask { try await node.migrate(migrations) } }
                try await group.waitForAll()
            }
        }
    }

    @Test("the tables of the storage layer are the same on both engines")
    func sameSchema() async throws {
        var listings: [[String: Set<String>]] = []
        let index = FullTextIndex(table: "test_search")
        for engine in Engine.tested {
            listings.append(
                try await withDatabase(
                    engine, migrations: StorageSchema.migrations + [index.migration("test.001-search")]
                ) { try await tablesAndColumns(of: $0) })
        }
        for listing in listings { #expect(listing == listings.first) }
        #expect(
            listings.first?.keys.sorted()
                == ["idempotency_key", "job", "linli_migration", "outbox", "test_search"])
    }
}

/// Several nodes on one database.
func withNodes(_ count: Int, _ engine: Engine, _ body: ([any Database]) async throws -> Void) async throws {
    func run(_ nodes: [any Database]) async throws {
        do {
            try await body(nodes)
        } catch {
            for node in nodes { await node.close() }
            throw error
        }
        for node in nodes { await node.close() }
    }
    switch engine {
    case .sqlite:
        try await withTemporaryFolder { folder in
            try await run((0..<count).map { _ in try SQLiteDatabase(path: folder + "/test.sqlite") })
        }
    case .postgres:
        try await withPostgresSchema { place in
            try await run(
                (0..<count).map { _ in
                    try PostgresDatabase(
                        conninfo: place.conninfo, options: .init(schema: place.schema, connections: 2),
                        logger: .silent)
                })
        }
    }
}
