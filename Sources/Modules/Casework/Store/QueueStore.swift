import Domain
import Storage

/// The places of cases in lists, and how many wait in each.
enum QueueStore {
    /// Writes the difference between the places before and after a verb.
    static func move(_ id: CaseID, from old: Set<CasePlace>, to new: Set<CasePlace>, _ tx: WriteTransaction) throws {
        for place in old.subtracting(new).sorted(by: { $0.scope < $1.scope }) {
            try tx.enqueue(
                """
                DELETE FROM case_scope WHERE scope = \(place.scope.id) AND open = \(place.isOpen ? 1 : 0)
                    AND due = \(place.due) AND case_id = \(id)
                """)
        }
        let added = new.subtracting(old).sorted { $0.scope < $1.scope }
        guard !added.isEmpty else { return }
        var insert: SQL = "INSERT INTO case_scope (scope, open, due, case_id, queue) VALUES "
        for (index, place) in added.enumerated() {
            insert =
                insert + (index == 0 ? "" : ", ")
                + "(\(place.scope.id), \(place.isOpen ? 1 : 0), \(place.due), \(id), \(place.queue))"
        }
        try tx.enqueue(insert)
    }

    /// How many wait in each list of these scopes, in one statement. A projection: a moment behind.
    static func counts(in scopes: [Scope], _ tx: ReadTransaction) throws -> [Scope: [Queue: Int]] {
        guard !scopes.isEmpty else { return [:] }
        let known = Dictionary(scopes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var counts: [Scope: [Queue: Int]] = [:]
        for row in try tx.rows("SELECT scope, queue, count FROM queue_counter WHERE scope \(in: scopes.map(\.id))") {
            guard let scope = known[try row.get("scope")] else { continue }
            counts[scope, default: [:]][try row.get("queue")] = try row.get("count")
        }
        return counts
    }

    /// Instants, the first not included, the last included.
    typealias DueRange = (after: Instant, until: Instant)

    /// How many open cases of the scope are late and how many end today, in one statement; no more than
    /// ``DueCounts/most`` of each are counted.
    static func dueCounts(in scope: Scope, late: DueRange, today: DueRange, _ tx: ReadTransaction) throws -> DueCounts {
        func count(_ due: DueRange) -> SQL {
            """
            (SELECT count(*) FROM (
                SELECT 1 FROM case_scope
                WHERE scope = \(scope.id) AND open = 1 AND due > \(due.after) AND due <= \(due.until) AND queue <> 'none'
                LIMIT \(DueCounts.most)
            ) AS found)
            """
        }
        let row = try tx.first("SELECT \(count(late)) AS late, \(count(today)) AS today")
        return DueCounts(late: try row?.get("late") ?? 0, today: try row?.get("today") ?? 0)
    }

    /// Adds to the counters, in a fixed order so that two relays cannot lock each other out.
    static func count(_ changes: [QueueMove.Place: Int], _ tx: WriteTransaction) throws {
        for (place, change) in changes.sorted(by: { $0.key < $1.key }) where change != 0 {
            try tx.enqueue(
                """
                INSERT INTO queue_counter (scope, queue, count) VALUES (\(place.scope), \(place.queue), \(change))
                ON CONFLICT (scope, queue) DO UPDATE SET count = queue_counter.count + excluded.count
                """)
        }
    }

    /// Throws the counters away and counts again: after a restore, or when they are in doubt.
    static func recount(_ tx: WriteTransaction) throws {
        try tx.execute("DELETE FROM queue_counter")
        try tx.execute(
            """
            INSERT INTO queue_counter (scope, queue, count)
            SELECT scope, queue, count(*) FROM (
                SELECT scope, queue FROM case_scope WHERE open = 1
                UNION ALL SELECT scope, queue FROM report_scope
            ) AS place WHERE queue <> 'none' GROUP BY scope, queue
            """)
    }
}
