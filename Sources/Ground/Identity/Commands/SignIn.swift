public import Domain
import Storage

/// Opens a session for whoever knows the password.
public struct SignIn: Sendable {
    public let login: String
    public let password: Password
    /// Where the request came from, for slowing down guessing.
    public let address: String

    public init(login: String, password: Password, address: String) {
        self.login = login
        self.password = password
        self.address = address
    }

    public struct Opened: Sendable {
        public let token: SessionToken
        public let session: SessionID
        public let account: AccountID
        public let expiresAt: Instant
    }

    /// - Throws: `signin.wrong` for a login that does not exist, a wrong password and a suspended account alike, all
    ///   after the same work; `signin.too-many` after too many failures; `signin.busy` when too many sign in at once.
    public func run(_ services: IdentityServices) async throws -> Opened {
        let world = services.world
        let login = Login(login)
        try services.throttle.begin(login: login, address: address, at: world.now())
        let credentials: AccountStore.Credentials?
        let verdict: PasswordHasher.Verdict
        do {
            credentials = try await services.database.read { tx in
                try login.flatMap { try AccountStore.credentials(login: $0, in: tx) }
            }
            verdict = try await services.passwords.verify(password, against: credentials?.hash)
        } catch {
            services.throttle.forgive(login: login, address: address, passwordWasRight: false)
            throw error
        }
        guard verdict.matches, let credentials, credentials.account.state == .active else {
            try await refuse(credentials?.account.id, services)
        }
        let opened = try await open(credentials, verdict, services)
        guard let opened else { try await refuse(credentials.account.id, services) }
        services.throttle.forgive(login: login, address: address, passwordWasRight: true)
        return opened
    }

    /// - Returns: `nil` when the account was suspended or got another password in the meantime.
    private func open(
        _ credentials: AccountStore.Credentials, _ verdict: PasswordHasher.Verdict, _ services: IdentityServices
    ) async throws -> Opened? {
        let world = services.world
        let account = credentials.account
        let now = world.now()
        let opened = Opened(
            token: SessionToken(in: world), session: world.id(), account: account.id,
            expiresAt: services.policy.expiry(createdAt: now, seenAt: now))
        let entry = AuditEntry(
            "identity.session.opened", by: Actor(account: account.id, organisation: nil, grants: [:]), on: "session",
            opened.session, in: world)
        return try await services.database.write { tx -> Opened? in
            guard let present = try AccountStore.locked(account.id, in: tx), present.account.state == .active,
                present.hash == credentials.hash
            else { return nil }
            if let renewed = verdict.renewed { try AccountStore.renew(account.id, renewed, in: tx) }
            try SessionStore.deleteExpired(of: account.id, at: now, in: tx)
            try SessionStore.insert(
                opened.session, opened.token.hash, of: account.id, at: now, until: opened.expiresAt, in: tx)
            try tx.audit(entry)
            return opened
        }
    }

    private func refuse(_ account: AccountID?, _ services: IdentityServices) async throws -> Never {
        let entry = AuditEntry(
            "identity.signin.failed", by: .anonymous, on: "account", account, in: services.world)
        try await services.database.write { tx in try tx.audit(entry) }
        throw RuleViolation(.invalid, "signin.wrong")
    }
}
