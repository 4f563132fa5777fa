import Areas
import Domain
import Storage

/// Somebody's account as an administrator sees it.
struct AccountDetail: Sendable {
    let account: Account
    let sessions: [OpenSession]
    let hasSecondFactor: Bool
}

/// An account that too many failures have closed.
struct LockedAccount: Sendable {
    let account: Account
    let lockout: Lockout
}

/// The questions of the account pages and of the JSON interface.
extension IdentityServices {
    /// - Throws: `account.unknown`, `account.administrator`; `forbidden`.
    func detail(of account: AccountID, by mandate: Mandate) async throws -> AccountDetail {
        try mandate.require(IdentityPermission.manageAccounts)
        let now = world.now()
        let (roles, tree) = (roles, areas.tree)
        return try await database.read { tx in
            guard let found = try AccountStore.account(account, in: tx) else {
                throw RuleViolation(.notFound, "account.unknown")
            }
            try mandate.requireOver(try AssignmentStore.assignments(of: account, in: tx), at: now, roles, tree)
            return AccountDetail(
                account: found, sessions: try SessionStore.all(of: account, at: now, in: tx),
                hasSecondFactor: try SecondFactorProof(of: account, in: tx) != nil)
        }
    }

    /// Those among the last hundred locks that the actor may see: of people who work in the actor's areas.
    func lockouts(by actor: Actor) async throws -> [LockedAccount] {
        let now = world.now()
        let tree = areas.tree
        return try await database.read { tx in
            let locked = try LockoutStore.locked(limit: 100, in: tx)
            let accounts = try AccountStore.accounts(locked.map(\.account), in: tx)
            let assignments = try AssignmentStore.assignments(of: locked.map(\.account), in: tx)
            return locked.compactMap { entry in
                let present = (assignments[entry.account] ?? []).filter { $0.isValid(at: now) }
                let isCovered = present.allSatisfy {
                    actor.may(IdentityPermission.manageLockouts, on: tree.scopes(of: $0.area) ?? [])
                }
                guard isCovered, let account = accounts[entry.account] else { return nil }
                return LockedAccount(account: account, lockout: entry.lockout)
            }
        }
    }

    /// What somebody sees of the own account.
    func ownAccount(_ account: AccountID) async throws -> (sessions: [OpenSession], factor: OwnFactor) {
        let now = world.now()
        return try await database.read { tx in
            let sessions = try SessionStore.all(of: account, at: now, in: tx)
            guard try SecondFactorProof(of: account, in: tx) != nil else { return (sessions, .none) }
            return (sessions, .confirmed(codesLeft: try SecondFactorStore.recoveryCodesLeft(of: account, in: tx)))
        }
    }
}

/// Whether one's account has a second factor.
enum OwnFactor: Hashable, Sendable {
    case none
    case confirmed(codesLeft: Int)
}
