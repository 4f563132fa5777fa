import GRDB
import GRDBSQLite
import Storage

extension StorageError {
    /// The error that the connection has just reported. SQLite's messages name tables and columns, never values.
    init(lastOf connection: OpaquePointer?) {
        self.init(
            sqliteCode: sqlite3_extended_errcode(connection),
            message: sqlite3_errmsg(connection).map { String(cString: $0) } ?? "no message")
    }

    /// An error that GRDB has thrown, or one that is a `StorageError` already.
    init(sqlite error: any Error) {
        switch error {
        case let error as StorageError:
            self = error
        case let error as DatabaseError where error.resultCode == .SQLITE_MISUSE:
            self.init(.unavailable, error.message ?? "the database has been closed")
        case let error as DatabaseError:
            self.init(sqliteCode: error.extendedResultCode.rawValue, message: error.message ?? "no message")
        default:
            self.init(.unavailable, String(describing: error))
        }
    }

    private init(sqliteCode code: CInt, message: String) {
        let kind: Kind =
            switch code & 0xFF {
            case SQLITE_CONSTRAINT:
                switch ResultCode(rawValue: code) {
                case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY, .SQLITE_CONSTRAINT_ROWID: .unique
                default: .constraint
                }
            case SQLITE_BUSY, SQLITE_LOCKED: .conflict
            case SQLITE_FULL, SQLITE_IOERR, SQLITE_NOMEM: .full
            case SQLITE_CANTOPEN, SQLITE_NOTADB, SQLITE_CORRUPT, SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH,
                SQLITE_INTERRUPT:
                .unavailable
            default: .statement
            }
        self.init(kind, "\(message) (SQLite \(code))")
    }
}
