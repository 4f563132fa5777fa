/// What went wrong between Linli and its database.
public struct StorageError: Error, Hashable, Sendable, CustomStringConvertible {
    /// An extensible code rather than a closed enum, so that a driver can add one.
    public struct Kind: Hashable, Sendable, CustomStringConvertible {
        public let description: String
        init(_ description: String) { self.description = description }

        /// A UNIQUE or PRIMARY KEY constraint refused the row.
        public static let unique = Kind("unique")
        /// Another constraint (foreign key, NOT NULL, CHECK) refused the row.
        public static let constraint = Kind("constraint")
        /// The transaction met another one and lost; nothing was written; the same closure may be run again.
        public static let conflict = Kind("conflict")
        /// The engine is not there, or went away. Nothing is known to be written unless COMMIT was answered.
        public static let unavailable = Kind("unavailable")
        /// No room or a failing disk. Nothing was written.
        public static let full = Kind("full")
        /// COMMIT failed; nothing was written.
        public static let commitFailed = Kind("commit-failed")
        /// The connection was lost while COMMIT was under way: it may have been written or not.
        public static let commitUnknown = Kind("commit-unknown")
        /// A column was not of the expected type.
        public static let decoding = Kind("decoding")
        /// A migration that has been applied was edited later, or cannot be applied.
        public static let migration = Kind("migration")
        /// The transaction was used after its closure had returned.
        public static let closed = Kind("closed")
        /// Any other error of the engine: a mistake in a statement.
        public static let statement = Kind("statement")
    }

    public let kind: Kind
    public let message: String

    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// Whether the person may simply try again.
    public var isRetryable: Bool {
        switch kind {
        case .conflict, .unavailable, .full, .commitFailed: true
        default: false
        }
    }

    public var description: String { "storage \(kind): \(message)" }
}
