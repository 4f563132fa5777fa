import CLibpq

/// The statements that a connection's server process has prepared: those used last, up to a limit.
struct PreparedStatements {
    struct Key: Hashable {
        let text: String
        let types: [Oid]
    }

    enum Finding {
        case known(String)
        /// To be prepared under this name.
        case new(String)
    }

    private struct Entry {
        let name: String
        var lastUse: UInt64
    }

    private let limit: Int
    private var entries: [Key: Entry] = [:]
    private var stale: [String] = []
    private var uses: UInt64 = 0
    private var names: UInt64 = 0

    init(limit: Int) {
        self.limit = max(1, limit)
    }

    mutating func find(_ key: Key) -> Finding {
        uses += 1
        if let position = entries.index(forKey: key) {
            entries.values[position].lastUse = uses
            return .known(entries.values[position].name)
        }
        if entries.count >= limit { pushOut() }
        names += 1
        let name = "s\(names)"
        entries[key] = Entry(name: name, lastUse: uses)
        return .new(name)
    }

    /// The server could not prepare it.
    mutating func forget(_ key: Key) {
        entries[key] = nil
    }

    /// The names of statements that the server may drop.
    mutating func takeStale() -> [String] {
        defer { stale = [] }
        return stale
    }

    /// Pushes out the quarter that has not been used for longest, so that this costs little per statement.
    private mutating func pushOut() {
        let oldest = entries.sorted { $0.value.lastUse < $1.value.lastUse }.prefix(max(1, limit / 4))
        for (key, entry) in oldest {
            entries[key] = nil
            stale.append(entry.name)
        }
    }
}
