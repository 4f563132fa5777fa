import Areas
public import Domain
import Storage

/// Somebody changes the own password, knowing the old one. Their other sessions end.
public struct ChangePassword: Sendable {
    public let account: AccountID
    /// The session that stays.
    public let session: SessionID
    public let current: Password
    public let new: String
    public let address: String

    public init(account: AccountID, session: SessionID, current: Password, new: String, address: String) {
        self.account = account
        self.session = session
        self.current = current
        self.new = new
        self.address = address
    }

    /// - Throws: `password.current-wrong`, one of `password.…` for the field `new_password`, `signin.too-many`, `signin.busy`.
    public func run(_ services: IdentityServices) async throws {
        let world = services.world
        guard
            let credentials = try await services.database.read({ tx in try AccountStore.credentials(account, in: tx) })
        else { throw RuleViolation(.notFound, "account.unknown") }
        let login = credentials.account.login
        let new = try Password(new: new, for: login, field: "new_password")
        try services.throttle.begin(login: login, address: address, at: world.now())
        let verdict: PasswordHasher.Verdict
        do {
            verdict = try await services.passwords.verify(current, against: credentials.hash)
        } catch {
            services.throttle.forgive(login: login, address: address, passwordWasRight: false)
            throw error
        }
        guard verdict.matches else {
            throw RuleViolation(.invalid, "password.current-wrong", field: "current_password")
        }
        services.throttle.forgive(login: login, address: address, passwordWasRight: true)
        let hash = try await services.passwords.hash(new)
        let now = world.now()
        let entry = AuditEntry(
            "identity.password.changed", by: Actor(account: account, organisation: nil, grants: [:]), on: "account",
            account, fields: ["password"], in: world)
        try await services.database.write { tx in
            guard let present = try AccountStore.locked(account, in: tx), present.hash == credentials.hash else {
                throw RuleViolation(.conflict, "account.changed")
            }
            try AccountStore.setPassword(account, hash, at: now, in: tx)
            try SessionStore.deleteAll(of: account, except: session, in: tx)
            try tx.audit(entry)
        }
    }
}

/// An administrator gives an account another password. All its sessions end.
public struct SetPassword: Sendable {
    public let account: AccountID
    public let new: String

    public init(account: AccountID, new: String) {
        self.account = account
        self.new = new
    }

    /// - Throws: `account.unknown`, one of `password.…`, `account.administrator`; `forbidden`.
    public func run(by mandate: Mandate, _ services: IdentityServices) async throws {
        try mandate.require(IdentityPermission.manageAccounts)
        let world = services.world
        let (roles, tree) = (services.roles, services.areas.tree)
        guard let found = try await services.database.read({ tx in try AccountStore.account(account, in: tx) }) else {
            throw RuleViolation(.notFound, "account.unknown")
        }
        let hash = try await services.passwords.hash(try Password(new: new, for: found.login, field: "password"))
        let now = world.now()
        let entry = AuditEntry(
            "identity.password.set", by: mandate, on: "account", account, fields: ["password"], in: world)
        try await services.database.write { tx in
            guard try AccountStore.locked(account, in: tx) != nil else {
                throw RuleViolation(.notFound, "account.unknown")
            }
            try mandate.requireOver(try AssignmentStore.assignments(of: account, in: tx), at: now, roles, tree)
            try AccountStore.setPassword(account, hash, at: now, in: tx)
            try SessionStore.deleteAll(of: account, in: tx)
            try tx.audit(entry)
        }
    }
}
