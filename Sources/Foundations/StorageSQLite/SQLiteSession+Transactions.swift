import GRDB
import GRDBSQLite
import Storage

extension SQLiteSession {
    /// False outside a transaction, and after an error that made SQLite roll back the whole of it.
    var isInTransaction: Bool { sqlite3_get_autocommit(connection) == 0 }

    /// Takes the writer's lock at once, so that no statement inside the transaction can find the file busy.
    func begin() throws(StorageError) {
        try control("BEGIN IMMEDIATE")
        hasWritten = false
    }

    /// - Throws: when nothing was written; then the transaction is over.
    func commit() throws(StorageError) {
        guard isInTransaction else { throw StorageError(.commitFailed, "SQLite has rolled back the transaction") }
        do {
            try control("COMMIT")
        } catch {
            rollback()
            throw error
        }
    }

    func rollback() {
        // Fails only when SQLite has rolled back by itself.
        if isInTransaction { try? control("ROLLBACK") }
    }

    func beginMember() throws(StorageError) {
        try control("SAVEPOINT member")
    }

    func releaseMember() throws(StorageError) {
        try control("RELEASE member")
    }

    /// Undoes what the member wrote; when that is impossible, the whole transaction.
    func undoMember() {
        guard isInTransaction else { return }
        do {
            try control("ROLLBACK TO member")
            try control("RELEASE member")
        } catch {
            rollback()
        }
    }

    /// Runs `work` on the file as it is at its first statement.
    func snapshot<Value>(_ work: () throws -> Value) throws -> Value {
        try control("BEGIN")
        // Nothing was written: when the end of the transaction fails, `commit` has rolled it back, which is as good.
        defer { try? commit() }
        return try work()
    }

    /// Runs `work` in a transaction of its own.
    func transaction(_ work: () throws(StorageError) -> Void) throws(StorageError) {
        try begin()
        do {
            try work()
        } catch {
            rollback()
            throw error
        }
        try commit()
    }

    /// Runs statements separated by semicolons.
    func run(script: String) throws(StorageError) {
        do {
            try db.execute(sql: script)
        } catch {
            throw StorageError(sqlite: error)
        }
    }

    private func control(_ text: StaticString) throws(StorageError) {
        _ = try execute(SQL(stringLiteral: text).statement(for: .sqlite))
    }
}
