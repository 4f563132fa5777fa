public import Domain

/// What somebody is, for whom and where: one role in one organisation for one area.
public struct Assignment: Hashable, Sendable, Identifiable {
    public let id: AssignmentID
    public let account: AccountID
    /// The code of a `RoleDefinition`.
    public let role: String
    public let organisation: OrganisationID
    public let area: AreaID
    public let validFrom: Instant
    /// `nil`: until further notice.
    public let validTo: Instant?

    public init(
        id: AssignmentID, account: AccountID, role: String, organisation: OrganisationID, area: AreaID,
        validFrom: Instant, validTo: Instant? = nil
    ) {
        self.id = id
        self.account = account
        self.role = role
        self.organisation = organisation
        self.area = area
        self.validFrom = validFrom
        self.validTo = validTo
    }

    public func isValid(at moment: Instant) -> Bool {
        validFrom <= moment && (validTo.map { moment < $0 } ?? true)
    }

    /// Whether there is a moment at which both are in force.
    public func overlaps(_ other: Assignment) -> Bool {
        (validTo.map { other.validFrom < $0 } ?? true) && (other.validTo.map { validFrom < $0 } ?? true)
    }
}
