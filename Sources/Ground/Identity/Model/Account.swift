public import Domain
public import Storage
public import Web

/// A person who signs in. The password's hash stays in the store.
public struct Account: Hashable, Sendable, Identifiable {
    public enum State: String, CaseIterable, Sendable, SQLConvertible {
        case active
        /// May not sign in; keeps its place in the history.
        case suspended
    }

    public let id: AccountID
    public let login: Login
    /// The person's name as colleagues see it.
    public let name: String
    public let state: State
    /// `nil`: as the browser wishes.
    public let language: Language?
    public let createdAt: Instant

    public init(id: AccountID, login: Login, name: String, state: State, language: Language?, createdAt: Instant) {
        self.id = id
        self.login = login
        self.name = name
        self.state = state
        self.language = language
        self.createdAt = createdAt
    }
}
