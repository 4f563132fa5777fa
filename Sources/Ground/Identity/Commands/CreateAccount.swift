import Domain
import Storage
public import Web

/// Makes an account. It can do nothing until somebody assigns a role to it.
public struct CreateAccount: Sendable {
    public let login: String
    public let name: String
    public let password: String
    public let language: Language?

    public static let maximumNameLength = 40

    public init(login: String, name: String, password: String, language: Language? = nil) {
        self.login = login
        self.name = name
        self.password = password
        self.language = language
    }

    /// - Throws: `account.login`, `account.name`, `password.…` for the fields, `account.login-taken`; `forbidden`.
    public func run(by mandate: Mandate, _ services: IdentityServices) async throws -> Account {
        try mandate.require(IdentityPermission.manageAccounts)
        guard let login = Login(login) else { throw RuleViolation(.invalid, "account.login", field: "login") }
        guard (1...Self.maximumNameLength).contains(name.unicodeScalars.count), !name.contains(where: \.isNewline)
        else {
            throw RuleViolation(
                .invalid, "account.name", field: "name", arguments: ["max": String(Self.maximumNameLength)])
        }
        let password = try Password(new: password, for: login, field: "password")
        let hash = try await services.passwords.hash(password)
        let world = services.world
        let account = Account(
            id: world.id(), login: login, name: name, state: .active, language: language, createdAt: world.now())
        let entry = AuditEntry(
            "identity.account.created", by: mandate, on: "account", account.id,
            fields: ["login", "name", "password", "locale"], in: world)
        return try await services.database.write { tx in
            guard try AccountStore.insert(account, hash, in: tx) else {
                throw RuleViolation(.conflict, "account.login-taken", field: "login")
            }
            try tx.audit(entry)
            return account
        }
    }
}
