import Domain
import GRDB
import GRDBSQLite
import Storage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Statements on one connection of SQLite, each prepared once and kept by GRDB.
///
/// Values are bound and read with SQLite's own functions: what GRDB offers for that goes through a value type of its
/// own and costs about as much as the statement.
final class SQLiteSession: Session {
    let db: GRDB.Database
    let connection: OpaquePointer?
    /// A statement has been run since the transaction began that may have changed the file.
    var hasWritten = false

    init(_ db: GRDB.Database) {
        self.db = db
        self.connection = db.sqliteConnection
    }

    var dialect: Dialect { .sqlite }

    func query(_ statement: Storage.Statement) throws(StorageError) -> [Storage.Row] {
        let prepared = try prepare(statement)
        defer { finish(prepared) }
        let handle = prepared.sqliteStatement
        let columns = Columns(prepared.columnNames)
        let count = sqlite3_column_count(handle)
        var rows: [Storage.Row] = []
        while try step(handle) {
            let values = (0..<count).map { SQLiteSession.value(of: handle, at: $0) }
            rows.append(Storage.Row(columns: columns, values: values))
        }
        return rows
    }

    func execute(_ statement: Storage.Statement) throws(StorageError) -> Int {
        let prepared = try prepare(statement)
        defer { finish(prepared) }
        while try step(prepared.sqliteStatement) {}
        return Int(sqlite3_changes(connection))
    }

    func enqueue(_ statement: Storage.Statement) throws(StorageError) {
        _ = try execute(statement)
    }

    func flush() throws(StorageError) {}

    private func prepare(_ statement: Storage.Statement) throws(StorageError) -> GRDB.Statement {
        let prepared: GRDB.Statement
        do {
            prepared = try db.cachedStatement(sql: statement.text)
        } catch {
            throw StorageError(sqlite: error)
        }
        let handle = prepared.sqliteStatement
        guard Int(sqlite3_bind_parameter_count(handle)) == statement.values.count else {
            throw StorageError(.statement, "\(statement.values.count) values for other placeholders: \(statement.text)")
        }
        if sqlite3_stmt_readonly(handle) == 0 { hasWritten = true }
        for (index, parameter) in statement.values.enumerated() {
            try bind(parameter, to: handle, at: CInt(index + 1))
        }
        return prepared
    }

    private func finish(_ prepared: GRDB.Statement) {
        // Its code repeats the error of the last step, which has been thrown.
        sqlite3_reset(prepared.sqliteStatement)
        sqlite3_clear_bindings(prepared.sqliteStatement)
    }

    /// Whether there is a row.
    private func step(_ handle: OpaquePointer) throws(StorageError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw StorageError(lastOf: connection)
        }
    }

    private func bind(
        _ parameter: Storage.Statement.Parameter, to handle: OpaquePointer, at index: CInt
    ) throws(StorageError) {
        guard case .value(let value) = parameter else {
            throw StorageError(.statement, "SQLite takes the values of a list one by one")
        }
        let code: CInt
        switch value {
        case .null: code = sqlite3_bind_null(handle, index)
        case .int(let number): code = sqlite3_bind_int64(handle, index, number)
        case .real(let number): code = sqlite3_bind_double(handle, index, number)
        case .bool(let flag): code = sqlite3_bind_int(handle, index, flag ? 1 : 0)
        case .text(var text):
            let bound = text.withUTF8 { buffer -> CInt? in
                // Without an address SQLite would bind NULL.
                guard let start = buffer.baseAddress, !buffer.isEmpty else {
                    return sqlite3_bind_text(handle, index, "", 0, copied)
                }
                if memchr(start, 0, buffer.count) != nil { return nil }
                return start.withMemoryRebound(to: CChar.self, capacity: buffer.count) {
                    sqlite3_bind_text(handle, index, $0, CInt(buffer.count), copied)
                }
            }
            guard let bound else { throw StorageError(.statement, "a text holds the character NUL") }
            code = bound
        case .bytes(let bytes):
            code = bytes.withUnsafeBytes { buffer in
                buffer.isEmpty
                    ? sqlite3_bind_zeroblob(handle, index, 0)
                    : sqlite3_bind_blob(handle, index, buffer.baseAddress, CInt(buffer.count), copied)
            }
        case .id(let uuid):
            code = withUnsafeBytes(of: (uuid.high.bigEndian, uuid.low.bigEndian)) {
                sqlite3_bind_blob(handle, index, $0.baseAddress, 16, copied)
            }
        }
        guard code == SQLITE_OK else { throw StorageError(lastOf: connection) }
    }

    private static func value(of handle: OpaquePointer, at index: CInt) -> SQLValue {
        switch sqlite3_column_type(handle, index) {
        case SQLITE_INTEGER:
            return .int(sqlite3_column_int64(handle, index))
        case SQLITE_FLOAT:
            return .real(sqlite3_column_double(handle, index))
        case SQLITE_TEXT:
            let text = sqlite3_column_text(handle, index)
            let count = Int(sqlite3_column_bytes(handle, index))
            return .text(String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self))
        case SQLITE_BLOB:
            let start = sqlite3_column_blob(handle, index)
            let bytes = UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, index)))
            guard bytes.count == 16 else { return .bytes(Array(bytes)) }
            // Most blobs are ids, and an id needs no allocation; `[UInt8]` is made of it where bytes are wanted.
            return .id(
                UUIDValue(
                    high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
                    low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))))
        default:
            return .null(.text)
        }
    }
}

/// SQLite makes its own copy of the value before the call returns.
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
