import Areas
public import Domain
import Storage
public import Web

/// Enters an organisation that works in an area.
public struct CreateOrganisation: Sendable {
    public let code: String
    public let kind: Organisation.Kind
    public let name: LocalizedName
    public let area: AreaID

    public static let maximumNameLength = 60

    public init(code: String, kind: Organisation.Kind, name: LocalizedName, area: AreaID) {
        self.code = code
        self.kind = kind
        self.name = name
        self.area = area
    }

    /// - Throws: `organisation.code`, `organisation.name`, `area.unknown` for the fields, `organisation.code-taken`; `forbidden`.
    public func run(by mandate: Mandate, _ services: IdentityServices) async throws -> Organisation {
        let world = services.world
        let scopes = try services.areas.tree.requireScopes(of: area)
        try mandate.require(IdentityPermission.manageOrganisations, on: scopes)
        guard (2...40).contains(code.utf8.count), code.utf8.allSatisfy(Self.isCodeByte) else {
            throw RuleViolation(.invalid, "organisation.code", field: "code")
        }
        for text in [name.chinese, name.english] where !(1...Self.maximumNameLength).contains(text.unicodeScalars.count)
        {
            throw RuleViolation(
                .invalid, "organisation.name", field: "name", arguments: ["max": String(Self.maximumNameLength)])
        }
        let organisation = Organisation(
            id: world.id(), code: code, kind: kind, name: name, area: area, validFrom: world.now())
        let entry = AuditEntry(
            "identity.organisation.created", by: mandate, on: "organisation", organisation.id,
            fields: ["code", "kind", "name_zh", "name_en", "area_id"], in: world)
        return try await services.database.write { tx in
            guard try OrganisationStore.insert(organisation, in: tx) else {
                throw RuleViolation(.conflict, "organisation.code-taken", field: "code")
            }
            try tx.audit(entry)
            return organisation
        }
    }

    private static func isCodeByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || byte == UInt8(ascii: "-")
    }
}
