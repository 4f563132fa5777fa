public import Domain
public import Web

/// A division or a grid: one node of the tree. Areas are never deleted: they end, and name who follows them.
public struct Area: Hashable, Sendable, Identifiable {
    public let id: AreaID
    /// `nil` for a district.
    public let parent: AreaID?
    public let code: AreaCode
    public let name: LocalizedName
    /// A street's letters in front of case numbers, such as `QH`; `nil` on other levels.
    public let letters: String?
    public let validFrom: Instant
    /// `nil` while it is in force.
    public let validTo: Instant?
    /// The area that took over when this one ended.
    public let successor: AreaID?

    public init(
        id: AreaID, parent: AreaID?, code: AreaCode, name: LocalizedName, letters: String? = nil,
        validFrom: Instant, validTo: Instant? = nil, successor: AreaID? = nil
    ) {
        self.id = id
        self.parent = parent
        self.code = code
        self.name = name
        self.letters = letters
        self.validFrom = validFrom
        self.validTo = validTo
        self.successor = successor
    }

    public var level: AreaLevel { code.level }
    public var path: String { code.path }

    public func isValid(at moment: Instant) -> Bool {
        validFrom <= moment && (validTo.map { moment < $0 } ?? true)
    }
}
