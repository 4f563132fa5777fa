public import Logging
public import Storage

/// The server engine: PostgreSQL 14 or later, and what speaks its protocol, through libpq.
///
/// A pool of connections, each with a serial queue of its own; nothing here blocks a thread of Swift's concurrency.
/// Statements that need no answer ride along with the next one that does (pipeline mode), BEGIN and COMMIT included:
/// a write whose closure only enqueues costs one round trip.
public final class PostgresDatabase: Database {
    public struct Options: Sendable {
        /// Connections, opened when first needed: 4–16 are sensible.
        public var connections: Int
        /// Where the tables are; `nil` leaves that to the server's `search_path`. Made by `migrate` when missing.
        public var schema: String?
        /// The server gives up a statement after this time.
        public var statementTimeout: Duration = .seconds(30)
        /// The server gives up waiting for a lock after this time.
        public var lockTimeout: Duration = .seconds(5)
        /// Runs of one closure when it meets other transactions and loses, at most.
        public var attempts = 8
        /// Prepared statements kept by each connection.
        public var preparedStatements = 256
        /// Writes of `Isolation.appending` that share one COMMIT, at most.
        public var groupLimit = 64

        public init(schema: String? = nil, connections: Int = 8) {
            self.schema = schema
            self.connections = connections
        }
    }

    public let bells = Bells()
    public var dialect: Dialect { .postgres }
    private let pool: ConnectionPool
    private let appending: AppendingGroups
    private let options: Options

    /// Connects when first used.
    /// - Parameter conninfo: `postgresql://user@host/database?…` or `host=… dbname=…`, as libpq reads it; what is left
    ///   out comes from the environment (`PGHOST`, `PGPASSFILE`, …).
    /// - Throws: `StorageError` of kind `.unavailable` when libpq cannot read it.
    public init(conninfo: String, options: Options = Options(), logger: Logger) throws(StorageError) {
        self.options = options
        pool = ConnectionPool(
            settings: try ConnectionSettings(conninfo: conninfo, options: options, logger: logger),
            count: max(1, options.connections))
        appending = AppendingGroups(
            pool: pool, bells: bells, limit: options.groupLimit, connections: max(1, options.connections / 4))
    }

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (ReadTransaction) throws -> Result
    ) async throws -> Result {
        let counter = StatementCounter.current
        return try await attempting { connection, finish in
            let session = PostgresSession(connection)
            let transaction = ReadTransaction(session: session, counter: counter)
            do {
                try session.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                let result = try transaction.run { try body(transaction) }
                // The snapshot is given back after the answer: nobody needs to wait for that.
                finish(.success(result))
                session.rollback()
            } catch {
                let isLost = session.isLost
                session.rollback()
                finish(.failure(Attempt.Failure(error, transaction.failure, isLost: isLost)))
            }
        }
    }

    @discardableResult
    public func write<Result: Sendable>(
        _ isolation: Isolation, _ body: @escaping @Sendable (WriteTransaction) throws -> Result
    ) async throws -> Result {
        var counter = StatementCounter.current
        if isolation == .appending {
            switch try await append(counter, body) {
            case .done(let result): return result
            case .runAlone(let isCounted): if isCounted { counter = nil }
            }
        }
        return try await attempting { [bells, counter] connection, finish in
            let session = PostgresSession(connection)
            let transaction = WriteTransaction(session: session, counter: counter, bells: bells)
            do {
                switch isolation {
                case .locking, .appending: try session.begin("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
                case .serializable: try session.begin("BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE")
                }
                let result = try transaction.run { try body(transaction) }
                try session.commit()
                for hook in transaction.afterCommitHooks { hook() }
                finish(.success(result))
            } catch {
                let isLost = session.isLost
                session.rollback()
                finish(.failure(Attempt.Failure(error, transaction.failure, isLost: isLost)))
            }
        }
    }

    private enum Appended<Result: Sendable>: Sendable {
        case done(Result)
        /// The group has failed and nothing of it was written.
        case runAlone(isCounted: Bool)
    }

    /// Runs `body` in a transaction with others like it.
    private func append<Result: Sendable>(
        _ counter: StatementCounter?, _ body: @escaping @Sendable (WriteTransaction) throws -> Result
    ) async throws -> Appended<Result> {
        try await withCheckedThrowingContinuation { continuation in
            appending.submit(
                PendingAppend(
                    counter: counter,
                    run: { transaction in
                        let result = try transaction.run { try body(transaction) }
                        return { continuation.resume(returning: .done(result)) }
                    },
                    fail: { failure in
                        switch failure {
                        case .runAlone(let isCounted): continuation.resume(returning: .runAlone(isCounted: isCounted))
                        case .unknown(let error): continuation.resume(throwing: error)
                        }
                    }))
        }
    }

    public func migrate(_ migrations: [Migration]) async throws {
        let schema = options.schema
        let _: Void = try await attempting { connection, finish in
            let session = PostgresSession(connection)
            do {
                try connection.migrate(migrations, schema: schema, session: session)
                finish(.success(()))
            } catch {
                session.rollback()
                finish(.failure(Attempt.Failure(error, nil, isLost: false)))
            }
            // The lock and the settings of the migration go with the connection.
            connection.disconnect()
        }
    }

    public func close() async {
        await pool.close()
    }

    /// Runs `work` on a free connection, and again when it met another transaction and lost, or when the connection
    /// turned out to be dead before COMMIT was sent.
    private func attempting<Result: Sendable>(
        _ work: @escaping @Sendable (Connection, @Sendable (Attempt.Outcome<Result>) -> Void) -> Void
    ) async throws -> Result {
        let begun = ContinuousClock.now
        var attempt = 1
        var hasReconnected = false
        while true {
            let outcome: Attempt.Outcome<Result> = await withCheckedContinuation { continuation in
                pool.submit { connection in
                    switch connection {
                    case .success(let connection): work(connection) { continuation.resume(returning: $0) }
                    case .failure(let error):
                        continuation.resume(returning: .failure(Attempt.Failure(error, nil, isLost: false)))
                    }
                }
            }
            switch outcome {
            case .success(let result):
                return result
            case .failure(let failure) where failure.isLost && !hasReconnected:
                hasReconnected = true
            case .failure(let failure)
            where failure.isConflict && attempt < options.attempts && .now - begun < Attempt.patience:
                do { try await Task.sleep(for: Attempt.pause(after: attempt)) } catch { throw failure.error }
                attempt += 1
            case .failure(let failure):
                throw failure.error
            }
        }
    }
}

/// One run of a closure.
private enum Attempt {
    typealias Outcome<Value: Sendable> = Result<Value, Failure>

    struct Failure: Error {
        let error: any Error
        /// The transaction met another one and lost: running it again may well succeed.
        let isConflict: Bool
        /// The connection was lost before COMMIT was sent.
        let isLost: Bool

        /// - Parameter statement: the error of the transaction's first failed statement; it counts even when the
        ///   closure has made another error of it.
        init(_ error: any Error, _ statement: StorageError?, isLost: Bool) {
            let cause = statement ?? error as? StorageError
            self.error = error
            self.isConflict = cause?.kind == .conflict
            self.isLost = isLost && cause?.kind == .unavailable
        }
    }

    /// After this time the person had better decide: a lock that was waited for in vain costs five seconds each time.
    static let patience: Duration = .seconds(10)

    /// 5 ms, doubled with each attempt up to 320 ms, of which a random half is left out so that those who met once
    /// do not meet again.
    static func pause(after attempt: Int) -> Duration {
        let longest = 5_000 << min(attempt - 1, 6)
        return .microseconds(Int.random(in: longest / 2...longest))
    }
}
