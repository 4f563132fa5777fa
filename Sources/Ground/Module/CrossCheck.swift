public import Domain
public import Storage
public import Web

/// What a module's own tables say about the audit trail, so that a row is missed even when it was removed before it
/// was sealed.
public struct CrossCheck: Sendable {
    /// An entry that must stand in the audit trail, since a row of the module says that it was written with it.
    public struct Owed: Sendable, Hashable {
        /// The row and its entry share it.
        public let id: UUIDValue
        public let action: String
        public let account: UUIDValue?
        public let subject: UUIDValue?

        public init(id: UUIDValue, action: String, account: UUIDValue?, subject: UUIDValue?) {
            self.id = id
            self.action = action
            self.account = account
            self.subject = subject
        }
    }

    /// Rows in the order of their ids, behind `after` and not behind `through`.
    public typealias Window =
        @Sendable (
            _ after: UUIDValue, _ through: UUIDValue, _ limit: Int, _ tx: ReadTransaction
        ) throws -> [Owed]

    /// What is owed, a page at a time.
    public let owed: Window
    /// Whether entries of this action exist only together with a row.
    public let isPaired: @Sendable (_ action: String) -> Bool
    /// Looks for a contradiction between the module's own tables, such as a state that its history does not end in.
    /// - Returns: the first one, in words.
    public let contradiction: @Sendable (any Database) async throws -> Phrase?

    public init(
        owed: @escaping Window, isPaired: @escaping @Sendable (_ action: String) -> Bool,
        contradiction: @escaping @Sendable (any Database) async throws -> Phrase? = { _ in nil }
    ) {
        self.owed = owed
        self.isPaired = isPaired
        self.contradiction = contradiction
    }
}
