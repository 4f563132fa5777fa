import Areas
public import Domain
import Storage

/// Shuts an account out, or lets it in again. Shutting out ends its sessions at once.
public struct SuspendAccount: Sendable {
    public let account: AccountID
    public let state: Account.State

    public init(account: AccountID, state: Account.State = .suspended) {
        self.account = account
        self.state = state
    }

    /// - Throws: `account.unknown`, `account.self` when it is the own account, `account.administrator`; `forbidden`.
    public func run(by mandate: Mandate, _ services: IdentityServices) async throws {
        try mandate.require(IdentityPermission.manageAccounts)
        guard mandate.account != account else { throw RuleViolation(.conflict, "account.self") }
        let world = services.world
        let (roles, tree) = (services.roles, services.areas.tree)
        let now = world.now()
        let entry = AuditEntry(
            state == .suspended ? "identity.account.suspended" : "identity.account.restored", by: mandate,
            on: "account", account, fields: ["state"], in: world)
        try await services.database.write { tx in
            guard let present = try AccountStore.locked(account, in: tx) else {
                throw RuleViolation(.notFound, "account.unknown")
            }
            try mandate.requireOver(try AssignmentStore.assignments(of: account, in: tx), at: now, roles, tree)
            guard present.account.state != state else { return }
            try AccountStore.setState(account, state, in: tx)
            if state == .suspended { try SessionStore.deleteAll(of: account, in: tx) }
            try tx.audit(entry)
        }
    }
}
