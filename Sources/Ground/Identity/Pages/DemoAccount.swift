public import Web

/// An account that the sign-in page of a demonstration offers with one click.
public struct DemoAccount: Sendable {
    public let login: String
    /// Shown to everybody: demonstrations only.
    public let password: String
    public let name: String
    public let role: Phrase
    /// Tells apart people of the same role.
    public let organisation: LocalizedName

    public init(login: String, password: String, name: String, role: Phrase, organisation: LocalizedName) {
        self.login = login
        self.password = password
        self.name = name
        self.role = role
        self.organisation = organisation
    }
}
