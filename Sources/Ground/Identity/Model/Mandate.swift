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
}
