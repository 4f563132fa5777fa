public import Domain

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

extension ListJSON {
    /// A page of a list that is at hand as a whole: small ones, that no table is asked for in parts.
    /// - Throws: `input.mark` for the field `after` when no entry is called so any more.
    public init(_ all: [Entry], page: PageInput, mark: (Entry) -> String) throws(RuleViolation) {
        var rest = all[...]
        if let after = page.after {
            guard let last = all.firstIndex(where: { mark($0) == after }) else {
                throw RuleViolation(.invalid, "input.mark", field: "after")
            }
            rest = all[(last + 1)...]
        }
        self.init(Array(rest.prefix(page.limit + 1)), limit: page.limit, mark: mark)
    }
}

/// Which page of a list is wanted, where the mark is the name of an entry.
public struct PageInput: EndpointInput {
    public let after: String?
    public let limit: Int

    public init(_ fields: inout Fields) {
        after = fields.optionalText("after", maximum: 60)
        limit = fields.optionalInteger("limit", in: 1...1000) ?? 1000
    }
}
