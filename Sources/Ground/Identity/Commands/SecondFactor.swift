public import Domain
import Storage

/// Begins to set up a second factor: makes a secret, which counts once a code of it was typed.
public struct BeginSecondFactor: Sendable {
    public init() {}

    /// What goes into the app.
    public struct Begun: Sendable {
        /// For typing.
        public let secret: String
        /// For scanning: `otpauth://totp/…`.
        public let address: String
    }

    /// - Throws: `second-factor.exists`.
    public func run(by account: AccountID, issuer: String, _ services: IdentityServices) async throws -> Begun {
        let secret = OneTimeSecret(in: services.world)
        let sealed = try services.secrets.seal(secret.bytes, account)
        let now = services.world.now()
        let entry = AuditEntry(
            "identity.second-factor.begun", by: Actor(account: account, organisation: nil, grants: [:]), on: "account",
            account, in: services.world)
        let login = try await services.database.write { tx in
            guard let present = try AccountStore.locked(account, in: tx) else {
                throw RuleViolation(.notFound, "account.unknown")
            }
            guard try SecondFactorStore.begin(sealed, of: account, at: now, in: tx) else {
                throw RuleViolation(.conflict, "second-factor.exists")
            }
            try tx.audit(entry)
            return present.account.login
        }
        return Begun(secret: secret.base32, address: secret.address(issuer: issuer, login: login))
    }
}

/// Proves that the app has the secret. From now on signing in takes a code; the other sessions end.
public struct ConfirmSecondFactor: Sendable {
    public let code: String
    /// The session it is done in.
    public let session: SessionID

    public init(code: String, session: SessionID) {
        self.code = code
        self.session = session
    }

    /// - Returns: the recovery codes, shown this once.
    /// - Throws: `second-factor.none` when nothing was begun, `second-factor.exists`, `second-factor.code-wrong` for the
    ///   field `code`; `signin.too-many`.
    public func run(by account: AccountID, from address: String, _ services: IdentityServices) async throws -> [String]
    {
        let world = services.world
        let now = world.now()
        let (factor, login) = try await services.database.read { tx in
            (try SecondFactorStore.factor(of: account, in: tx), try AccountStore.account(account, in: tx)?.login)
        }
        guard let factor else { throw RuleViolation(.conflict, "second-factor.none") }
        guard factor.confirmedAt == nil else { throw RuleViolation(.conflict, "second-factor.exists") }
        try services.throttle.begin(login: login, address: address, at: now)
        let secret = OneTimeSecret(bytes: try services.secrets.open(factor.secret, account))
        guard let step = secret.step(of: code, at: now, after: factor.lastStep) else {
            throw RuleViolation(.invalid, "second-factor.code-wrong", field: "factorCode")
        }
        services.throttle.forgive(login: login, address: address, passwordWasRight: true)
        let codes = (0..<RecoveryCode.count).map { _ in RecoveryCode(in: world) }
        let entry = AuditEntry(
            "identity.second-factor.confirmed", by: Actor(account: account, organisation: nil, grants: [:]),
            on: "account", account, in: world)
        try await services.database.write { tx in
            guard try AccountStore.locked(account, in: tx) != nil,
                try SecondFactorStore.factor(of: account, in: tx)?.secret == factor.secret,
                try SecondFactorStore.confirm(account, step: step, at: now, in: tx)
            else { throw RuleViolation(.conflict, "account.changed") }
            try SecondFactorStore.replaceRecoveryCodes(of: account, codes.map(\.hash), in: tx)
            try SessionStore.deleteAll(of: account, except: session, in: tx)
            try SessionStore.noteSecondFactor(session, in: tx)
            try tx.audit(entry)
        }
        return codes.map(\.text)
    }
}

/// Somebody gives the own second factor up, with a code of it.
public struct EndSecondFactor: Sendable {
    public let code: String

    public init(code: String) {
        self.code = code
    }

    /// - Throws: `second-factor.none`, `second-factor.code-wrong` for the field `code`, `second-factor.required` for an
    ///   administrator where administrators must have one; `signin.too-many`.
    public func run(by account: AccountID, from address: String, _ services: IdentityServices) async throws {
        let now = services.world.now()
        let (proof, assignments, login) = try await services.database.read { tx in
            (
                try SecondFactorProof(of: account, in: tx), try AssignmentStore.assignments(of: account, in: tx),
                try AccountStore.account(account, in: tx)?.login
            )
        }
        guard let proof else { throw RuleViolation(.conflict, "second-factor.none") }
        if services.secondFactor == .administrators,
            assignments.contains(where: { $0.isValid(at: now) && services.roles[$0.role]?.duty != nil })
        {
            throw RuleViolation(.conflict, "second-factor.required")
        }
        try services.throttle.begin(login: login, address: address, at: now)
        let accepted = try proof.accept(code, at: now, services)
        let entry = AuditEntry(
            "identity.second-factor.ended", by: Actor(account: account, organisation: nil, grants: [:]), on: "account",
            account, in: services.world)
        try await services.database.write { tx in
            guard try AccountStore.locked(account, in: tx) != nil, let accepted, try accepted.use(account, in: tx)
            else {
                throw RuleViolation(.invalid, "second-factor.code-wrong", field: "factorCode")
            }
            _ = try SecondFactorStore.remove(of: account, in: tx)
            try SessionStore.forgetSecondFactor(of: account, in: tx)
            try tx.audit(entry)
        }
        services.throttle.forgive(login: login, address: address, passwordWasRight: true)
    }
}

/// An account's confirmed second factor, for checking codes against.
struct SecondFactorProof: Sendable {
    let account: AccountID
    private let factor: SecondFactorStore.Factor

    /// `nil` when the account has no confirmed one.
    init?(of account: AccountID, in tx: ReadTransaction) throws {
        guard let factor = try SecondFactorStore.factor(of: account, in: tx), factor.confirmedAt != nil else {
            return nil
        }
        self.account = account
        self.factor = factor
    }

    /// A code that fits, still to be used up.
    enum Accepted: Sendable {
        case step(Int64)
        case recovery([UInt8])

        /// Inside the transaction that it opens something in, so that a code works once.
        /// - Returns: false when it was used already, or is no recovery code of this account.
        func use(_ account: AccountID, in tx: WriteTransaction) throws -> Bool {
            switch self {
            case .step(let step): try SecondFactorStore.use(step: step, of: account, in: tx)
            case .recovery(let hash): try SecondFactorStore.useRecoveryCode(hash, of: account, in: tx)
            }
        }
    }

    /// - Returns: `nil` for a code that cannot be right.
    func accept(_ code: String, at now: Instant, _ services: IdentityServices) throws -> Accepted? {
        let secret = OneTimeSecret(bytes: try services.secrets.open(factor.secret, account))
        if let step = secret.step(of: code, at: now, after: factor.lastStep) { return .step(step) }
        return RecoveryCode.hash(of: code).map { .recovery($0) }
    }
}
