/// A database of either engine.
///
/// Closures are synchronous: no suspension, network, hashing or file work hides inside a transaction, and the closure
/// may be run again (after a conflict, or twice on purpose under `DoubleRun`), so it must not have effects of its own.
public protocol Database: Sendable {
    var dialect: Dialect { get }

    /// Rung after commits that left work for the relay or the job runner.
    var bells: Bells { get }

    /// Runs `body` on one consistent snapshot.
    func read<Result: Sendable>(_ body: @escaping @Sendable (ReadTransaction) throws -> Result) async throws -> Result

    /// Runs `body` and commits. When this returns, what was written is durable; when it throws, nothing was written
    /// (but see `StorageError.Kind.commitUnknown`).
    @discardableResult
    func write<Result: Sendable>(
        _ isolation: Isolation, _ body: @escaping @Sendable (WriteTransaction) throws -> Result
    ) async throws -> Result

    /// Applies the migrations that are missing, each in one transaction, all under a lock that other nodes respect.
    /// - Throws: `StorageError` of kind `.migration` when the text of one that was applied earlier has been changed.
    func migrate(_ migrations: [Migration]) async throws

    /// Waits for running work and closes all connections. Later calls throw `StorageError` of kind `.unavailable`.
    func close() async
}

extension Database {
    @discardableResult
    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (WriteTransaction) throws -> Result
    ) async throws -> Result {
        try await write(.locking, body)
    }
}

/// How writers are kept apart. SQLite has one writer and is always serialisable.
public enum Isolation: Hashable, Sendable {
    /// READ COMMITTED: lock the aggregate's row first (`SQL.forUpdate`), then check, then write.
    case locking
    /// READ COMMITTED, for closures that only write rows of their own and refuse nothing: taking a report in. PostgreSQL
    /// lets those that wait at one time share a transaction and its COMMIT; when one fails, each is run alone.
    case appending
    /// SERIALIZABLE with bounded retry: for rules that span rows nobody can lock (votes, ledgers).
    case serializable
}

/// What a driver gives to a transaction. Not `Sendable`: it lives on one thread for one closure.
public protocol Session: AnyObject {
    var dialect: Dialect { get }
    func query(_ statement: Statement) throws(StorageError) -> [Row]
    /// The number of rows changed.
    func execute(_ statement: Statement) throws(StorageError) -> Int
    /// Runs a statement whose result nobody waits for; a pipelining driver may send it later, but before the next
    /// `query` and before COMMIT. Its error surfaces at one of those.
    func enqueue(_ statement: Statement) throws(StorageError)
    /// Waits for what was enqueued and throws the first error among it.
    func flush() throws(StorageError)
}
