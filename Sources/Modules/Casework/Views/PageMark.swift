public import Domain

/// Where a page of a list ended: the sort key and the id of its last entry.
public struct PageMark: Hashable, Sendable {
    public let at: Instant
    public let id: UUIDValue

    public init(at: Instant, id: UUIDValue) {
        self.at = at
        self.id = id
    }

    /// Reads the written form `1763432640000_018f…`; `nil` for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "_")
        guard parts.count == 2, let at = Int64(parts[0]), let id = UUIDValue(parts[1]) else { return nil }
        self.init(at: Instant(milliseconds: at), id: id)
    }

    public var text: String { "\(at.milliseconds)_\(id)" }
}
