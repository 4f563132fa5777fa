import GRDB
import GRDBSQLite
public import Storage

/// The embedded engine: one file, one writer with group commit, readers on snapshots beside it (WAL).
///
/// An answered write is on the disk: COMMIT waits for it (`synchronous=FULL`), and all writes that wait at the same
/// time share one COMMIT (see `GroupCommit`).
public final class SQLiteDatabase: Storage.Database {
    public struct Options: Sendable {
        /// Connections for reading.
        public var readers = 4
        /// Page cache of each connection.
        public var cacheKibibytes = 8192
        /// How long a write waits for another process that writes to the same file.
        public var busyTimeout: Duration = .seconds(10)
        /// Writes that share one COMMIT, at most.
        public var groupLimit = 128
        /// Work after which a group is committed although more writes wait.
        public var groupTime: Duration = .milliseconds(20)

        public init() {}
    }

    public let bells = Bells()
    public var dialect: Dialect { .sqlite }
    private let writes: GroupCommit
    private let readers: SnapshotReaders

    /// Opens the file, or makes it; its folder must exist.
    public init(path: String, options: Options = Options()) throws(StorageError) {
        let configuration = options.configuration
        do {
            let writer = try DatabaseQueue(path: path, configuration: configuration)
            try writer.inDatabase { db in
                // GRDB has set NORMAL, with which WAL survives a crash of the process but not of the machine.
                try db.execute(sql: "PRAGMA synchronous = FULL")
                guard try Int.fetchOne(db, sql: "PRAGMA synchronous") == 2 else {
                    throw StorageError(.unavailable, "SQLite does not take synchronous = FULL")
                }
                // Longer than the default of 1000 pages: fewer checkpoints under load, and a bounded file after it.
                try db.execute(sql: "PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864")
            }
            writes = GroupCommit(writer: writer, limit: options.groupLimit, time: options.groupTime, bells: bells)
            readers = try SnapshotReaders(path: path, count: options.readers, configuration: configuration)
        } catch {
            throw StorageError(sqlite: error)
        }
    }

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (ReadTransaction) throws -> Result
    ) async throws -> Result {
        let counter = StatementCounter.current
        return try await withCheckedThrowingContinuation { continuation in
            do {
                try readers.submit { session in
                    let transaction = ReadTransaction(session: session, counter: counter)
                    continuation.resume(
                        with: Swift.Result { try session.snapshot { try transaction.run { try body(transaction) } } })
                }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    @discardableResult
    public func write<Result: Sendable>(
        _ isolation: Isolation, _ body: @escaping @Sendable (WriteTransaction) throws -> Result
    ) async throws -> Result {
        let counter = StatementCounter.current
        return try await withCheckedThrowingContinuation { continuation in
            writes.submit(
                PendingWrite(
                    counter: counter,
                    run: { transaction in
                        let result = try transaction.run { try body(transaction) }
                        return { continuation.resume(returning: result) }
                    },
                    fail: { continuation.resume(throwing: $0) }))
        }
    }

    public func migrate(_ migrations: [Migration]) async throws {
        for migration in migrations {
            // Checked at COMMIT, it would fail a whole group of writes for the mistake of one.
            guard !migration.script(for: .sqlite).uppercased().contains("INITIALLY DEFERRED") else {
                throw StorageError(.migration, "\(migration.name): no deferred foreign keys")
            }
        }
        try await writes.alone { session throws(StorageError) in
            try session.transaction { () throws(StorageError) in
                try session.run(script: MigrationLedger.table.script(for: .sqlite))
            }
            for migration in migrations {
                try session.transaction { () throws(StorageError) in
                    guard try MigrationLedger.isMissing(migration, in: session) else { return }
                    try session.run(script: migration.script(for: .sqlite))
                    try MigrationLedger.record(migration, in: session)
                }
            }
        }
    }

    public func close() async {
        await readers.close()
        await writes.close()
    }
}

extension SQLiteDatabase.Options {
    fileprivate var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "linli.sqlite"
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(busyTimeout / .seconds(1))
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { [cacheKibibytes] db in
            // No mmap: a failing disk should be an error, not a SIGBUS that ends the process.
            try db.execute(
                sql: """
                    PRAGMA cache_size = -\(cacheKibibytes);
                    PRAGMA mmap_size = 0;
                    PRAGMA temp_store = MEMORY;
                    PRAGMA trusted_schema = OFF;
                    PRAGMA fullfsync = ON;
                    PRAGMA checkpoint_fullfsync = ON;
                    """)
        }
        return configuration
    }
}
