public import Domain
public import Web

/// How far a permission of a role reaches.
public enum Reach: Hashable, Sendable {
    /// Everything in the assignment's area.
    case area
    /// Everything that the assignment's organisation has part in, wherever it is.
    case organisation
}

/// A set of permissions under a name. Roles are data that the App puts together; no other code knows them by name.
public struct RoleDefinition: Sendable {
    public struct Grant: Hashable, Sendable {
        public let permission: Permission
        public let reach: Reach

        public init(_ permission: Permission, _ reach: Reach) {
            self.permission = permission
            self.reach = reach
        }
    }

    /// Duties that one person must not join (三员分立: 系统管理员、安全管理员、审计管理员).
    public enum SeparateDuty: Hashable, Sendable, CaseIterable {
        case system
        case security
        case audit
    }

    /// Stable, lower case; kept in assignments.
    public let code: String
    public let name: Phrase
    public let grants: [Grant]
    public let duty: SeparateDuty?

    public init(_ code: String, name: Phrase, duty: SeparateDuty? = nil, grants: [Grant]) {
        self.code = code
        self.name = name
        self.duty = duty
        self.grants = grants
    }
}
