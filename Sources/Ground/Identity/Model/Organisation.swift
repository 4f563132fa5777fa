public import Domain
public import Storage
public import Web

/// A body that people work for and that tasks are given to. Organisations end; they are never deleted.
public struct Organisation: Hashable, Sendable, Identifiable {
    public enum Kind: String, CaseIterable, Codable, Sendable, SQLConvertible {
        /// 街道指挥中心: takes in, files, dispatches, checks.
        case centre
        /// 职能部门、执法队: handles what belongs to its duties.
        case department
        /// 社区.
        case community
        /// 物业公司 and other companies.
        case company
        /// 社会组织.
        case social
    }

    public let id: OrganisationID
    /// Short, stable, lower case: names it in files and on the command line.
    public let code: String
    public let kind: Kind
    public let name: LocalizedName
    /// Where it works: the area whose people it serves.
    public let area: AreaID
    public let validFrom: Instant
    public let validTo: Instant?

    public init(
        id: OrganisationID, code: String, kind: Kind, name: LocalizedName, area: AreaID, validFrom: Instant,
        validTo: Instant? = nil
    ) {
        self.id = id
        self.code = code
        self.kind = kind
        self.name = name
        self.area = area
        self.validFrom = validFrom
        self.validTo = validTo
    }
}
