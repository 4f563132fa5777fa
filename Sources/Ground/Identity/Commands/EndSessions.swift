import Areas
public import Domain
import Storage

/// Somebody ends one of the own sessions, wherever it is.
public struct EndOwnSession: Sendable {
    public let session: SessionID

    public init(session: SessionID) {
        self.session = session
    }

    /// - Throws: `session.unknown` for one that is not the person's, or has ended.
    public func run(by account: AccountID, _ services: IdentityServices) async throws {
        let entry = AuditEntry(
            "identity.session.closed", by: Actor(account: account, organisation: nil, grants: [:]), on: "session",
            session, in: services.world)
        try await services.database.write { tx in
            guard try SessionStore.delete(session, of: account, in: tx) else {
                throw RuleViolation(.notFound, "session.unknown")
            }
            try tx.audit(entry)
        }
    }
}

/// Somebody ends all own sessions but the one they sit at.
public struct EndOtherSessions: Sendable {
    public let kept: SessionID

    public init(kept: SessionID) {
        self.kept = kept
    }

    public func run(by account: AccountID, _ services: IdentityServices) async throws {
        let entry = AuditEntry(
            "identity.session.others-closed", by: Actor(account: account, organisation: nil, grants: [:]),
            on: "account",
            account, in: services.world)
        try await services.database.write { tx in
            try SessionStore.deleteAll(of: account, except: kept, in: tx)
            try tx.audit(entry)
        }
    }
}

/// An administrator ends all sessions of somebody: a lost phone, a shared password.
public struct RevokeSessions: Sendable {
    public let account: AccountID

    public init(account: AccountID) {
        self.account = account
    }

    /// - Throws: `account.unknown`, `account.administrator`; `forbidden`.
    public func run(by mandate: Mandate, _ services: IdentityServices) async throws {
        try await services.changing(account, by: mandate) { tx in
            try SessionStore.deleteAll(of: account, in: tx)
            try tx.audit(
                AuditEntry("identity.session.revoked", by: mandate, on: "account", account, in: services.world))
        }
    }
}

/// An administrator takes the second factor of somebody who has lost it away. All their sessions end.
public struct ResetSecondFactor: Sendable {
    public let account: AccountID

    public init(account: AccountID) {
        self.account = account
    }

    /// - Throws: `account.unknown`, `account.administrator`, `second-factor.none`; `forbidden`.
    public func run(by mandate: Mandate, _ services: IdentityServices) async throws {
        try await services.changing(account, by: mandate) { tx in
            guard try SecondFactorStore.remove(of: account, in: tx) else {
                throw RuleViolation(.conflict, "second-factor.none")
            }
            try SessionStore.deleteAll(of: account, in: tx)
            try tx.audit(
                AuditEntry("identity.second-factor.reset", by: mandate, on: "account", account, in: services.world))
        }
    }
}

/// An administrator opens an account before its time that too many failures have closed.
public struct ReleaseAccount: Sendable {
    public let account: AccountID

    public init(account: AccountID) {
        self.account = account
    }

    /// - Throws: `account.unknown`, `account.self`, `account.not-locked`; `forbidden`.
    public func run(by mandate: Mandate, _ services: IdentityServices) async throws {
        try mandate.require(IdentityPermission.manageLockouts)
        guard mandate.account != account else { throw RuleViolation(.conflict, "account.self") }
        let now = services.world.now()
        let tree = services.areas.tree
        try await services.database.write { tx in
            guard try AccountStore.locked(account, in: tx) != nil else {
                throw RuleViolation(.notFound, "account.unknown")
            }
            for assignment in try AssignmentStore.assignments(of: account, in: tx) where assignment.isValid(at: now) {
                try mandate.require(IdentityPermission.manageLockouts, on: tree.scopes(of: assignment.area) ?? [])
            }
            guard let lockout = try LockoutStore.lockout(of: account, in: tx), lockout.isLocked(at: now) else {
                throw RuleViolation(.conflict, "account.not-locked")
            }
            try LockoutStore.put(lockout.released(at: now), of: account, in: tx)
            try tx.audit(
                AuditEntry("identity.account.released", by: mandate, on: "account", account, in: services.world))
        }
    }
}

extension IdentityServices {
    /// Changes somebody's account under its lock, if it may be managed.
    func changing(
        _ account: AccountID, by mandate: Mandate, _ change: @escaping @Sendable (WriteTransaction) throws -> Void
    ) async throws {
        try mandate.require(IdentityPermission.manageAccounts)
        let now = world.now()
        let (roles, tree) = (roles, areas.tree)
        try await database.write { tx in
            guard try AccountStore.locked(account, in: tx) != nil else {
                throw RuleViolation(.notFound, "account.unknown")
            }
            try mandate.requireOver(try AssignmentStore.assignments(of: account, in: tx), at: now, roles, tree)
            try change(tx)
        }
    }
}
