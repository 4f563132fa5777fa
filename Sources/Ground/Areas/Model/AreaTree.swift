public import Domain

/// All areas, past and present, as one value to ask without the database.
public struct AreaTree: Sendable {
    /// Grows with each change; tells whether a copy is stale.
    public let revision: Int64
    private let areas: [AreaID: Area]
    private let childrenByParent: [AreaID: [Area]]
    private let current: [AreaCode: Area]
    /// The districts in force or ended, by code.
    public let roots: [Area]

    public static let empty = AreaTree([], revision: 0)

    public init(_ areas: [Area], revision: Int64) {
        let sorted = areas.sorted { ($0.code, $0.id) < ($1.code, $1.id) }
        self.revision = revision
        self.areas = Dictionary(uniqueKeysWithValues: sorted.map { ($0.id, $0) })
        var children: [AreaID: [Area]] = [:]
        for area in sorted {
            if let parent = area.parent { children[parent, default: []].append(area) }
        }
        self.childrenByParent = children
        self.current = Dictionary(
            sorted.filter { $0.validTo == nil }.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        self.roots = sorted.filter { $0.parent == nil }
    }

    public var count: Int { areas.count }

    public func area(_ id: AreaID) -> Area? { areas[id] }

    /// The area of that code that has not ended.
    public func area(code: AreaCode) -> Area? { current[code] }

    /// The areas directly below, by code; ended ones too.
    public func children(of id: AreaID) -> [Area] { childrenByParent[id] ?? [] }

    /// The area and all below it, parents before children, by code. Empty for an unknown area.
    public func descendants(of id: AreaID) -> [AreaID] {
        guard areas[id] != nil else { return [] }
        return [id] + children(of: id).flatMap { descendants(of: $0.id) }
    }

    /// The area itself, then the one above it, up to the district. Empty for an unknown area.
    public func lineage(of id: AreaID) -> [Area] {
        var lineage: [Area] = []
        var next: AreaID? = id
        // A tree has at most one area per level; the bound keeps damaged data from looping.
        while let id = next, let area = areas[id], lineage.count < AreaLevel.allCases.count {
            lineage.append(area)
            next = area.parent
        }
        return lineage
    }

    /// The areas above, nearest first.
    public func ancestors(of id: AreaID) -> [AreaID] {
        lineage(of: id).dropFirst().map(\.id)
    }

    /// The area of that level which is, or contains, the given one.
    public func enclosing(_ id: AreaID, level: AreaLevel) -> Area? {
        lineage(of: id).first { $0.level == level }
    }

    /// The street that is, or contains, the area; `nil` for a district.
    public func street(above id: AreaID) -> Area? { enclosing(id, level: .street) }

    /// The area scopes of an object that lies there: the area and every area above it.
    /// `nil` for an unknown area.
    public func scopes(of id: AreaID) -> Set<Scope>? {
        let lineage = lineage(of: id)
        return lineage.isEmpty ? nil : Set(lineage.map { Scope.area($0.id) })
    }

    /// The scopes of an area that an input named.
    /// - Throws: `area.unknown` for the field when there is none.
    public func requireScopes(of id: AreaID, field: String = "area") throws(RuleViolation) -> Set<Scope> {
        guard let scopes = scopes(of: id) else { throw RuleViolation(.invalid, "area.unknown", field: field) }
        return scopes
    }

    public func isWithin(_ inner: AreaID, _ outer: AreaID) -> Bool {
        lineage(of: inner).contains { $0.id == outer }
    }
}
