/// One page of a list: what every operation answers that gives many.
public struct ListJSON<Entry: Codable & Sendable>: JSONAnswer {
    public let items: [Entry]
    /// Give it as `after` to get the next page; absent on the last.
    public let next: String?

    public init(items: [Entry], next: String?) {
        self.items = items
        self.next = next
    }

    /// - Parameters:
    ///   - found: up to `limit` entries and one more, if there are more.
    ///   - mark: what an entry is called in `after`.
    public init(_ found: [Entry], limit: Int, mark: (Entry) -> String) {
        items = Array(found.prefix(limit))
        next = found.count > limit ? items.last.map(mark) : nil
    }
}
