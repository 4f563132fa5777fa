public import Domain
import Storage

/// Opens a session for whoever knows the password, and has the code where the account has a second factor.
public struct SignIn: Sendable {
    public let login: String
    public let password: Password
    /// Where the request came from, for slowing down guessing and for the list of one's sessions.
    public let address: String
    public let agent: String
    /// The code of the second factor or a recovery code.
    public let code: String?

    public init(login: String, password: Password, address: String, agent: String = "", code: String? = nil) {
        self.login = login
        self.password = password
        self.address = address
        self.agent = agent
        self.code = code
    }

    public struct Opened: Sendable {
        public let token: SessionToken
        public let session: SessionID
        public let account: AccountID
        public let expiresAt: Instant
        /// What the person is as an administrator, if anything.
        public var duty: RoleDefinition.SeparateDuty?
        /// The person's rights as an administrator rest until a second factor is set up.
        public var mustSetUpSecondFactor = false
    }

    /// How far it came.
    public enum Step: Sendable {
        case opened(Opened)
        /// The password was right; `challenge` goes with the code into `FinishSignIn`.
        case codeNeeded(challenge: String)
    }

    /// In one go.
    /// - Throws: `signin.wrong` for a login that does not exist, a wrong password and a suspended account alike, all
    ///   after the same work; `signin.too-many` after too many failures; `signin.busy` when too many sign in at once;
    ///   `signin.code-needed`, `signin.code-wrong` for the field `code`.
    public func run(_ services: IdentityServices) async throws -> Opened {
        let checked = try await check(services)
        if checked.proof != nil, code == nil {
            throw RuleViolation(.invalid, "signin.code-needed", field: "factorCode")
        }
        return try await checked.open(code: code, services)
    }

    /// In two steps, for people: the code is asked for when the password was right.
    public func begin(_ services: IdentityServices) async throws -> Step {
        let checked = try await check(services)
        guard checked.proof != nil else { return .opened(try await checked.open(code: nil, services)) }
        return .codeNeeded(challenge: try SignInChallenge(of: checked.credentials, services).text)
    }

    private func check(_ services: IdentityServices) async throws -> CheckedSignIn {
        let world = services.world
        let login = Login(login)
        try services.throttle.begin(login: login, address: address, at: world.now())
        let credentials: AccountStore.Credentials?
        let lockout: Lockout?
        let proof: SecondFactorProof?
        let verdict: PasswordHasher.Verdict
        do {
            (credentials, lockout, proof) = try await services.database.read { tx in
                guard let found = try login.flatMap({ try AccountStore.credentials(login: $0, in: tx) }) else {
                    return (nil, nil, nil)
                }
                return (
                    found, try LockoutStore.lockout(of: found.account.id, in: tx),
                    try SecondFactorProof(of: found.account.id, in: tx)
                )
            }
            if let refusal = lockout?.refusal(at: world.now()) { throw refusal }
            verdict = try await services.passwords.verify(password, against: credentials?.hash)
        } catch {
            services.throttle.forgive(login: login, address: address, passwordWasRight: false)
            throw error
        }
        guard verdict.matches, let credentials, credentials.account.state == .active else {
            try await CheckedSignIn.refuse(credentials?.account.id, services)
        }
        return CheckedSignIn(
            credentials: credentials, renewed: verdict.renewed, proof: proof, address: address, agent: agent)
    }
}

/// Opens a session for whoever gave the right password a moment ago, with the code.
public struct FinishSignIn: Sendable {
    public let challenge: String
    public let code: String
    public let address: String
    public let agent: String

    public init(challenge: String, code: String, address: String, agent: String = "") {
        self.challenge = challenge
        self.code = code
        self.address = address
        self.agent = agent
    }

    /// - Throws: `signin.challenge-over` when the password was given too long ago or has changed since;
    ///   `signin.code-wrong` for the field `code`; `signin.too-many`.
    public func run(_ services: IdentityServices) async throws -> SignIn.Opened {
        let now = services.world.now()
        let over = RuleViolation(.conflict, "signin.challenge-over")
        guard let challenge = SignInChallenge(challenge, at: now, services) else { throw over }
        let account = challenge.account
        let (found, lockout, proof) = try await services.database.read { tx in
            (
                try AccountStore.credentials(account, in: tx), try LockoutStore.lockout(of: account, in: tx),
                try SecondFactorProof(of: account, in: tx)
            )
        }
        guard let found, challenge.fits(found), found.account.state == .active else { throw over }
        try services.throttle.begin(login: found.account.login, address: address, at: now)
        if let refusal = lockout?.refusal(at: now) { throw refusal }
        return try await CheckedSignIn(
            credentials: found, renewed: nil, proof: proof, address: address, agent: agent
        ).open(code: code, services)
    }
}

/// Somebody whose password was right.
struct CheckedSignIn: Sendable {
    let credentials: AccountStore.Credentials
    let renewed: PasswordHash?
    let proof: SecondFactorProof?
    let address: String
    let agent: String

    func open(code: String?, _ services: IdentityServices) async throws -> SignIn.Opened {
        let world = services.world
        let account = credentials.account
        let now = world.now()
        var accepted: SecondFactorProof.Accepted?
        if let proof {
            accepted = try proof.accept(code ?? "", at: now, services)
            guard accepted != nil else { try await Self.refuse(account.id, services, Self.wrongCode) }
        }
        let opened = SignIn.Opened(
            token: SessionToken(in: world), session: world.id(), account: account.id,
            expiresAt: services.policy.expiry(createdAt: now, seenAt: now))
        let outcome = try await write(opened, accepted, at: now, services)
        switch outcome {
        case .changed: try await Self.refuse(account.id, services)
        case .codeUsed: try await Self.refuse(account.id, services, Self.wrongCode)
        case .opened(let opened):
            services.throttle.forgive(login: account.login, address: address, passwordWasRight: true)
            return opened
        }
    }

    private enum Outcome: Sendable {
        case opened(SignIn.Opened)
        /// The account was suspended or got another password in the meantime.
        case changed
        case codeUsed
    }

    private func write(
        _ opened: SignIn.Opened, _ accepted: SecondFactorProof.Accepted?, at now: Instant, _ services: IdentityServices
    ) async throws -> Outcome {
        let account = credentials.account
        let origin = SessionOrigin(address: address, agent: agent, hasSecondFactor: proof != nil)
        let entry = AuditEntry(
            "identity.session.opened", by: Actor(account: account.id, organisation: nil, grants: [:]), on: "session",
            opened.session, in: services.world)
        let (roles, policy) = (services.roles, services.secondFactor)
        return try await services.database.write { tx -> Outcome in
            guard let present = try AccountStore.locked(account.id, in: tx), present.account.state == .active,
                present.hash == credentials.hash
            else { return .changed }
            if let accepted, try !accepted.use(account.id, in: tx) { return .codeUsed }
            if let renewed { try AccountStore.renew(account.id, renewed, in: tx) }
            if let lockout = try LockoutStore.lockout(of: account.id, in: tx), lockout.failures > 0 {
                try LockoutStore.put(lockout.succeeding(at: now), of: account.id, in: tx)
            }
            try SessionStore.deleteExpired(of: account.id, at: now, in: tx)
            try SessionStore.insert(
                opened.session, opened.token.hash, of: account.id, at: now, until: opened.expiresAt, from: origin,
                in: tx)
            try tx.audit(entry)
            var opened = opened
            opened.duty = try AssignmentStore.assignments(of: account.id, in: tx)
                .filter { $0.isValid(at: now) }.compactMap { roles[$0.role]?.duty }.first
            opened.mustSetUpSecondFactor = opened.duty != nil && policy == .administrators && proof == nil
            return .opened(opened)
        }
    }

    private static let wrongCode = RuleViolation(.invalid, "signin.code-wrong", field: "factorCode")

    /// Writes the failure down and counts it; after too many the account closes for a while.
    static func refuse(
        _ account: AccountID?, _ services: IdentityServices,
        _ refusal: RuleViolation = RuleViolation(.invalid, "signin.wrong")
    ) async throws -> Never {
        let world = services.world
        let now = world.now()
        let entry = AuditEntry("identity.signin.failed", by: .anonymous, on: "account", account, in: world)
        let locked = AuditEntry("identity.account.locked", from: .system, on: "account", account, in: world)
        let policy = services.lockout
        try await services.database.write { tx in
            try tx.audit(entry)
            guard let account, try AccountStore.locked(account, in: tx) != nil else { return }
            let before = try LockoutStore.lockout(of: account, in: tx) ?? .first(at: now)
            let after = before.failing(at: now, policy)
            try LockoutStore.put(after, of: account, in: tx)
            if after.lockedUntil != before.lockedUntil { try tx.audit(locked) }
        }
        throw refusal
    }
}
