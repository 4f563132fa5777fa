import CLibpq
import Storage

extension StorageError {
    /// The error in a result. Only code and primary message are taken: the detail quotes values.
    init(result: OpaquePointer?, handle: OpaquePointer?) {
        guard let state = DiagnosticField.code.text(of: result) else {
            self.init(.unavailable, connectionMessage(handle))
            return
        }
        let text = DiagnosticField.message.text(of: result) ?? "no message"
        self.init(Kind(sqlState: state), "\(text) (SQLSTATE \(state))")
    }
}

extension StorageError.Kind {
    /// By class and code (PostgreSQL, appendix A).
    fileprivate init(sqlState: String) {
        switch sqlState {
        case "23505": self = .unique
        case "40001", "40P01", "55P03": self = .conflict  // serialization, deadlock, lock not available
        case "0A000", "26000": self = .conflict  // a cached plan no longer fits the tables
        case "57014": self = .unavailable  // statement timeout
        case "25006": self = .unavailable  // read-only: the server is no longer the primary
        case "53100", "58030": self = .full  // disk full, I/O error
        default:
            switch sqlState.prefix(2) {
            case "23": self = .constraint
            case "08", "53", "57", "58", "XX": self = .unavailable
            default: self = .statement
            }
        }
    }
}

/// What libpq says about the connection, without line breaks at the end.
func connectionMessage(_ handle: OpaquePointer?) -> String {
    guard let text = PQerrorMessage(handle) else { return "no connection" }
    let message = String(cString: text)
    return String(message.prefix(while: { !$0.isNewline }))
}

/// A field of a result's error or notice: libpq's `PG_DIAG_…`, which are macros that Swift does not import.
enum DiagnosticField: UInt8 {
    case severity = 0x56  // V
    case code = 0x43  // C
    case message = 0x4D  // M

    func text(of result: OpaquePointer?) -> String? {
        PQresultErrorField(result, CInt(rawValue)).map { String(cString: $0) }
    }
}
