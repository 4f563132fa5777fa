public import Domain

/// The roles of this deployment, checked once at start.
public struct RoleBook: Sendable {
    /// In the order in which the App lists them.
    public let roles: [RoleDefinition]
    private let byCode: [String: RoleDefinition]

    /// A mistake in the composition of roles, for whoever starts the server.
    public struct Unusable: Error, Hashable, Sendable, CustomStringConvertible {
        public let description: String
    }

    /// - Parameter declared: all permissions that the modules declare.
    /// - Throws: `Unusable` when a code stands twice or is no code, or a permission is declared by no module.
    public init(_ roles: [RoleDefinition], declared: some Collection<Permission>) throws(Unusable) {
        let declared = Set(declared)
        var byCode: [String: RoleDefinition] = [:]
        for role in roles {
            guard !role.code.isEmpty,
                role.code.utf8.allSatisfy({
                    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "-")
                })
            else { throw Unusable(description: "“\(role.code)” is no code for a role: use a–z and -") }
            guard byCode.updateValue(role, forKey: role.code) == nil else {
                throw Unusable(description: "the role \(role.code) is defined twice")
            }
            for grant in role.grants where !declared.contains(grant.permission) {
                throw Unusable(
                    description: "the role \(role.code) grants \(grant.permission), which no module declares")
            }
        }
        self.roles = roles
        self.byCode = byCode
    }

    public subscript(code: String) -> RoleDefinition? { byCode[code] }

    /// Where each permission holds for somebody with these assignments.
    /// A role that is no longer defined grants nothing.
    public func grants(for assignments: some Sequence<Assignment>) -> [Permission: Set<Scope>] {
        var grants: [Permission: Set<Scope>] = [:]
        for assignment in assignments {
            for grant in byCode[assignment.role]?.grants ?? [] {
                let scope: Scope =
                    switch grant.reach {
                    case .area: .area(assignment.area)
                    case .organisation: .organisation(assignment.organisation)
                    }
                grants[grant.permission, default: []].insert(scope)
            }
        }
        return grants
    }
}
