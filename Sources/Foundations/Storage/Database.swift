/// A database of either engine.
///
/// Closures are synchronous: no suspension, network, hashing or file work hides inside a transaction, and the closure
/// may be run again (after a conflict, or twice on purpose under `DoubleRun`), so it must not have effects of its own.
public protocol Database: Sendable {
    var dialect: Dialect { get }

    /// Runs `body` on one consistent snapshot.
    func read<Result: Sendable>(_ body: @escaping @Sendable (ReadTransaction) throws -> Result) async throws -> Result

    /// Runs `body` and commits. When this returns, what was written is durable; when it throws, nothing was written
    /// (but see `StorageError.Kind.commitUnknown`).
    func write<Result: Sendable>(
        _ isolation: Isolation, _ body: @escaping @Sendable (WriteTransaction) throws -> Result
    ) async throws -> Result

    /// Applies the migrations that are missing, each in one transaction, all under a lock that other nodes respect.
    func migrate(_ migrations: [Migration]) async throws

    /// Waits for running work and closes all connections.
    func close() async
}

extension Database {
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
    /// SERIALIZABLE with bounded retry: for rules that span rows nobody can lock (votes, ledgers).
    case serializable
}

/// What a driver gives to a transaction. Not `Sendable`: it lives on one thread for one closure.
public protocol Session: AnyObject {
    var dialect: Dialect { get }
    func query(_ statement: Statement) throws -> [Row]
    /// The number of rows changed.
    func execute(_ statement: Statement) throws -> Int
    /// Runs a statement whose result nobody waits for; a pipelining driver may send it later, but before the next
    /// `query` and before COMMIT. Its error surfaces at one of those.
    func enqueue(_ statement: Statement) throws
}

/// A snapshot to read from, valid inside the closure that got it.
public class ReadTransaction {
    private var session: (any Session)?
    private let counter: StatementCounter?

    public init(session: any Session, counter: StatementCounter?) {
        self.session = session
        self.counter = counter
    }

    public func rows(_ sql: SQL) throws -> [Row] {
        let session = try open()
        return try session.query(sql.statement(for: session.dialect))
    }

    /// The first row, `nil` when there is none. The statement should carry its own `LIMIT 1` or a unique key.
    public func first(_ sql: SQL) throws -> Row? {
        try rows(sql).first
    }

    public var dialect: Dialect {
        get throws { try session?.dialect ?? { throw StorageError(.closed, "transaction used after its end") }() }
    }

    /// Called by drivers when the closure has returned.
    public func end() {
        session = nil
    }

    fileprivate func open() throws -> any Session {
        guard let session else { throw StorageError(.closed, "transaction used after its end") }
        counter?.add()
        return session
    }
}

/// A transaction that may write.
public final class WriteTransaction: ReadTransaction {
    /// Called in their order once COMMIT has succeeded; dropped when it has not.
    public private(set) var afterCommitHooks: [@Sendable () -> Void] = []

    /// Runs a statement and says how many rows it changed.
    @discardableResult
    public func execute(_ sql: SQL) throws -> Int {
        let session = try open()
        return try session.execute(sql.statement(for: session.dialect))
    }

    /// Runs a statement whose outcome is not needed now: on PostgreSQL it costs no round trip of its own.
    public func enqueue(_ sql: SQL) throws {
        let session = try open()
        try session.enqueue(sql.statement(for: session.dialect))
    }

    /// Registers work for the moment after COMMIT, such as waking the relay. It must not fail and not wait.
    public func afterCommit(_ hook: @escaping @Sendable () -> Void) {
        afterCommitHooks.append(hook)
    }
}
