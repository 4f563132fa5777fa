import Domain
import Module
import Storage
import Web

/// What casework asks of the audit trail, and the trail of it.
enum Trail {
    /// Actions in the trail that have no step.
    static let unpaired: Set<String> = [DisclosureStore.action]

    /// Each time that personal data was opened.
    static let disclosures = CrossCheck(
        owed: { after, through, limit, tx in
            try DisclosureStore.owed(after: after, through: through, limit: limit, tx)
        },
        isPaired: { $0 == DisclosureStore.action })

    static let crossCheck = CrossCheck(
        owed: { after, through, limit, tx in
            try TrailStore.owed(after: after, through: through, limit: limit, tx)
        },
        isPaired: isPaired,
        contradiction: { database in try await contradiction(database) })

    /// `casework.case.dispatch` stands beside a step; what is not about a thing with a history does not.
    @Sendable private static func isPaired(_ action: String) -> Bool {
        let parts = action.split(separator: ".")
        return parts.count == 3 && parts[0] == "casework" && SubjectKind(rawValue: String(parts[1])) != nil
            && !unpaired.contains(action)
    }

    private static let window = 1000

    /// The first report, case, task or limit that is not where its history ends, or step of something that is not there.
    private static func contradiction(_ database: any Database) async throws -> Phrase? {
        for kind in SubjectKind.allCases {
            var cursor = UUIDValue(high: 0, low: 0)
            while true {
                let from = cursor
                let page = try await database.read { tx in
                    try TrailStore.standings(of: kind, after: from, limit: window, tx)
                }
                for standing in page
                where standing.steps != standing.version || standing.lastVersion != standing.version
                    || standing.lastState != standing.state
                {
                    return Phrase(
                        "casework.trail.standing",
                        [
                            "kind": kind.rawValue, "id": standing.id.description, "state": standing.state,
                            "version": String(standing.version), "steps": String(standing.steps),
                        ])
                }
                guard page.count == window, let last = page.last else { break }
                cursor = last.id
            }
        }
        guard let orphan = try await database.read({ tx in try TrailStore.orphan(tx) }) else { return nil }
        return Phrase("casework.trail.orphan", ["id": orphan.description])
    }
}
