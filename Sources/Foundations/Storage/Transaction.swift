/// A snapshot to read from, valid inside the closure that got it.
///
/// The first statement that fails ends the transaction: every later statement throws the same error, and so does the
/// `read` or `write` around it, even when the closure has swallowed the error. PostgreSQL behaves so (25P02), and code
/// that runs on both engines must not see a difference. `WriteTransaction.savepoint` is the way to survive an error.
public class ReadTransaction {
    fileprivate var session: (any Session)?
    fileprivate var counter: StatementCounter?
    /// The error of the first statement that failed.
    public fileprivate(set) var failure: StorageError?

    public init(session: any Session, counter: StatementCounter?) {
        self.session = session
        self.counter = counter
    }

    public var dialect: Dialect {
        get throws(StorageError) { try open().dialect }
    }

    public func rows(_ sql: SQL) throws(StorageError) -> [Row] {
        counter?.add()
        return try perform { session throws(StorageError) in try session.query(sql.statement(for: session.dialect)) }
    }

    /// The first row, `nil` when there is none. The statement should carry its own `LIMIT 1` or a unique key.
    public func first(_ sql: SQL) throws(StorageError) -> Row? {
        try rows(sql).first
    }

    fileprivate func perform<Value>(
        _ work: (any Session) throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        let session = try open()
        do {
            return try work(session)
        } catch {
            failure = error
            throw error
        }
    }

    private func open() throws(StorageError) -> any Session {
        guard let session else { throw StorageError(.closed, "transaction used after its end") }
        if let failure { throw failure }
        return session
    }
}

extension ReadTransaction {
    /// Runs the closure of a `read` or `write`, for drivers. The transaction is of no use afterwards.
    public func run<Value>(_ body: () throws -> Value) throws -> Value {
        defer { session = nil }
        let value = try body()
        if let failure { throw failure }
        return value
    }
}

/// A transaction that may write.
public final class WriteTransaction: ReadTransaction {
    /// Called in their order once COMMIT has succeeded; dropped when it has not.
    public private(set) var afterCommitHooks: [@Sendable () -> Void] = []
    let bells: Bells

    public init(session: any Session, counter: StatementCounter?, bells: Bells) {
        self.bells = bells
        super.init(session: session, counter: counter)
    }

    /// Runs a statement and says how many rows it changed.
    @discardableResult
    public func execute(_ sql: SQL) throws(StorageError) -> Int {
        counter?.add()
        return try perform { session throws(StorageError) in try session.execute(sql.statement(for: session.dialect)) }
    }

    /// Runs a statement whose outcome is not needed now: on PostgreSQL it costs no round trip of its own.
    public func enqueue(_ sql: SQL) throws(StorageError) {
        counter?.add()
        try perform { session throws(StorageError) in try session.enqueue(sql.statement(for: session.dialect)) }
    }

    /// Registers work for the moment after COMMIT, such as waking the relay. It must not fail and not wait.
    public func afterCommit(_ hook: @escaping @Sendable () -> Void) {
        afterCommitHooks.append(hook)
    }

    /// Runs `body` so that its error can be survived: when it throws, what it wrote is undone, what was written before
    /// it stays, the error is thrown on, and the transaction can go on.
    public func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
        let hooks = afterCommitHooks.count
        try perform { session throws(StorageError) in try session.enqueue(Savepoint.begin) }
        do {
            let value = try body()
            _ = try perform { session throws(StorageError) in try session.execute(Savepoint.release) }
            return value
        } catch {
            afterCommitHooks.removeSubrange(hooks...)
            failure = nil
            // When this fails too, the transaction stays failed and cannot be committed.
            try? perform { session throws(StorageError) in
                // Errors of what was enqueued are undone with the rest, and must not stand in the way of undoing it.
                try? session.flush()
                _ = try session.execute(Savepoint.rollback)
                try session.enqueue(Savepoint.release)
            }
            throw error
        }
    }

    /// Runs `body` and undoes it; its statements are not counted.
    func rehearse(_ body: (WriteTransaction) throws -> some Any) throws {
        let counter = self.counter
        self.counter = nil
        defer { self.counter = counter }
        do {
            try savepoint {
                _ = try body(self)
                try perform { session throws(StorageError) in try session.flush() }
                throw Rehearsed()
            }
        } catch is Rehearsed {}
    }
}

/// Ends a rehearsal.
private struct Rehearsed: Error {}

/// Savepoints may share one name: it means the innermost, on both engines.
private enum Savepoint {
    static let begin = Statement(text: "SAVEPOINT inner_part", values: [])
    static let release = Statement(text: "RELEASE SAVEPOINT inner_part", values: [])
    static let rollback = Statement(text: "ROLLBACK TO SAVEPOINT inner_part", values: [])
}
