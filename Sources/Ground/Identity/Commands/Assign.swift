import Areas
public import Domain
import Storage

/// Gives an account a role in an organisation for an area.
public struct Assign: Sendable {
    public let account: AccountID
    /// The code of a role.
    public let role: String
    public let organisation: OrganisationID
    public let area: AreaID
    /// `nil`: from now on.
    public let validFrom: Instant?
    /// `nil`: until further notice.
    public let validTo: Instant?

    public init(
        account: AccountID, role: String, organisation: OrganisationID, area: AreaID, validFrom: Instant? = nil,
        validTo: Instant? = nil
    ) {
        self.account = account
        self.role = role
        self.organisation = organisation
        self.area = area
        self.validFrom = validFrom
        self.validTo = validTo
    }

    /// - Throws: `area.unknown`, `organisation.unknown`, `account.unknown`, `assignment.role-unknown`,
    ///   `assignment.period`, `assignment.exists`, `assignment.duties`, `assignment.self`; `forbidden` when the area is
    ///   not the actor's.
    public func run(by mandate: Mandate, _ services: IdentityServices) async throws -> Assignment {
        let world = services.world
        let scopes = try services.areas.tree.requireScopes(of: area)
        try mandate.require(IdentityPermission.manageAssignments, on: scopes)
        guard mandate.account != account else { throw RuleViolation(.conflict, "assignment.self") }
        let now = world.now()
        let assignment = Assignment(
            id: world.id(), account: account, role: role, organisation: organisation, area: area,
            validFrom: validFrom ?? now, validTo: validTo)
        let roles = services.roles
        let entry = AuditEntry(
            "identity.assignment.made", by: mandate, on: "account", account,
            fields: ["role", "organisation_id", "area_id", "valid_from", "valid_to"], in: world)
        return try await services.database.write { tx in
            // The account's row is the lock: two assignments at once cannot pass the check side by side.
            guard try AccountStore.locked(account, in: tx) != nil else {
                throw RuleViolation(.invalid, "account.unknown", field: "account")
            }
            guard let place = try OrganisationStore.organisation(organisation, in: tx),
                place.validTo.map({ now < $0 }) ?? true
            else { throw RuleViolation(.invalid, "organisation.unknown", field: "organisation") }
            try roles.check(assignment, beside: try AssignmentStore.assignments(of: account, in: tx))
            try AssignmentStore.insert(assignment, in: tx)
            try tx.audit(entry)
            return assignment
        }
    }
}

/// Ends an assignment now. What was done under it stays.
public struct EndAssignment: Sendable {
    public let assignment: AssignmentID

    public init(assignment: AssignmentID) {
        self.assignment = assignment
    }

    /// - Throws: `assignment.unknown`, `assignment.ended`; `forbidden`.
    public func run(by mandate: Mandate, _ services: IdentityServices) async throws {
        let world = services.world
        let tree = services.areas.tree
        let now = world.now()
        try await services.database.write { tx in
            guard let found = try AssignmentStore.assignment(assignment, in: tx) else {
                throw RuleViolation(.notFound, "assignment.unknown")
            }
            try mandate.require(IdentityPermission.manageAssignments, on: tree.scopes(of: found.area) ?? [])
            // One that has not begun yet ends before it begins: it never was.
            guard try AssignmentStore.end(assignment, at: max(now, found.validFrom), in: tx) else {
                throw RuleViolation(.conflict, "assignment.ended")
            }
            try tx.audit(
                AuditEntry(
                    "identity.assignment.ended", by: mandate, on: "account", found.account, fields: ["valid_to"],
                    in: world))
        }
    }
}
