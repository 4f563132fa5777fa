import CLibpq
import Storage

/// One transaction on a connection.
final class PostgresSession: Session {
    private let connection: Connection
    /// The connection broke before COMMIT was sent, so that the server has undone everything.
    private(set) var isLost = false

    init(_ connection: Connection) {
        self.connection = connection
    }

    var dialect: Dialect { .postgres }

    /// Sent with the first statement.
    func begin(_ text: SQL) throws(StorageError) {
        try send(text.statement(for: .postgres))
    }

    func query(_ statement: Statement) throws(StorageError) -> [Row] {
        try send(statement)
        return try receive(Connection.rows) ?? []
    }

    func execute(_ statement: Statement) throws(StorageError) -> Int {
        try send(statement)
        return try receive(Connection.changes) ?? 0
    }

    func enqueue(_ statement: Statement) throws(StorageError) {
        try send(statement)
        // Keeps the answers that wait to be read from filling the buffers on their way.
        if connection.expected.count >= 256 { try flush() }
    }

    func flush() throws(StorageError) {
        if !connection.expected.isEmpty { _ = try receive { _ in } }
    }

    /// Sends COMMIT together with what was enqueued.
    /// - Throws: when nothing was written; or `.commitUnknown`, when the connection broke before the answer came.
    func commit() throws(StorageError) {
        try send(Statement.commit)
        let tag: String?
        do {
            tag = try connection.roundTrip { result in String(cString: PQcmdStatus(result)) }
        } catch {
            let isCertain = error.isFromServer && (!error.isLast || PQstatus(connection.handle) == CONNECTION_OK)
            guard isCertain else {
                connection.disconnect()
                throw StorageError(.commitUnknown, error.error.message)
            }
            isLost = PQstatus(connection.handle) != CONNECTION_OK
            throw error.error
        }
        // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK, without an error.
        guard tag == "COMMIT" else { throw StorageError(.commitFailed, "the transaction had failed") }
    }

    /// Ends the transaction, or the connection when that cannot be done.
    func rollback() {
        guard connection.handle != nil else { return }
        do throws(StorageError) {
            // Errors of what was enqueued no longer matter, but they would keep ROLLBACK from being run.
            try? flush()
            guard PQstatus(connection.handle) == CONNECTION_OK else { return connection.disconnect() }
            if PQtransactionStatus(connection.handle) != PQTRANS_IDLE { _ = try execute(Statement.rollback) }
        } catch {
            connection.disconnect()
        }
    }

    private func send(_ statement: Statement) throws(StorageError) {
        guard connection.handle != nil else { throw StorageError(.unavailable, "the connection was lost") }
        do {
            try connection.send(statement)
        } catch {
            if error.kind == .unavailable { isLost = true }
            throw error
        }
    }

    private func receive<Value>(
        _ value: (OpaquePointer) throws(StorageError) -> Value
    ) throws(StorageError) -> Value? {
        do {
            return try connection.roundTrip(value)
        } catch {
            if PQstatus(connection.handle) != CONNECTION_OK || !error.isFromServer {
                isLost = true
                connection.disconnect()
                throw StorageError(.unavailable, error.error.message)
            }
            throw error.error
        }
    }
}

extension Statement {
    fileprivate static let commit = ("COMMIT" as SQL).statement(for: .postgres)
    fileprivate static let rollback = ("ROLLBACK" as SQL).statement(for: .postgres)
}
