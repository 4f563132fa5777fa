public import Web

/// An account that the sign-in page of a demonstration offers with one click.
public struct DemoAccount: Sendable {
    public let login: String
    /// Shown to everybody: demonstrations only.
    public let password: String
    public let name: String
    public let role: Phrase

    public init(login: String, password: String, name: String, role: Phrase) {
        self.login = login
        self.password = password
        self.name = name
        self.role = role
    }
}
