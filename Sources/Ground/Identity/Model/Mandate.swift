import Areas
public import Domain

/// On whose word a command acts.
public enum Mandate: Sendable {
    /// Somebody who has signed in, within their rights.
    case person(Actor)
    /// Whoever runs `linli` on the machine itself, outside the rights that Linli gives.
    case console

    var account: AccountID? {
        switch self {
        case .person(let actor): actor.account
        case .console: nil
        }
    }

    func require(_ permission: Permission) throws(RuleViolation) {
        guard case .person(let actor) = self else { return }
        guard actor.holds(permission) else { throw .forbidden(permission) }
    }

    func require(_ permission: Permission, on object: some ScopedObject) throws(RuleViolation) {
        guard case .person(let actor) = self else { return }
        try actor.require(permission, on: object)
    }

    /// Asks whether an account with these assignments may be managed: else a password set for somebody with more
    /// rights would lend these rights. Each place where it works must be the actor's, and accounts with one of the
    /// administrators' duties are managed on the console only.
    /// - Throws: `forbidden`, `account.administrator`.
    func requireOver(
        _ assignments: [Assignment], at moment: Instant, _ roles: RoleBook, _ tree: AreaTree
    ) throws(RuleViolation) {
        guard case .person = self else { return }
        for assignment in assignments where assignment.validTo.map({ moment < $0 }) ?? true {
            if roles[assignment.role]?.duty != nil { throw RuleViolation(.conflict, "account.administrator") }
            try require(IdentityPermission.manageAccounts, on: tree.scopes(of: assignment.area) ?? [])
        }
    }
}
