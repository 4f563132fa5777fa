import Domain
import Storage

/// A row of a report in a list.
struct ReportPlace: Hashable, Sendable {
    let scope: UUIDValue
    let queue: Queue
    let receivedAt: Instant
}

/// A row of a case in a list.
struct StoredCasePlace: Hashable, Sendable {
    let scope: UUIDValue
    let isOpen: Bool
    let due: Instant
    let queue: Queue

    init(_ place: CasePlace) {
        scope = place.scope.id
        isOpen = place.isOpen
        due = place.due
        queue = place.queue
    }

    fileprivate init(row: Row) throws {
        scope = try row.get("scope")
        isOpen = try row.get("open", as: Int.self) == 1
        due = try row.get("due")
        queue = try row.get("queue")
    }
}

/// What inspections read. Nothing here writes.
enum InspectionStore {
    // MARK: Parts

    /// The rows of these reports in the lists of these scopes, by the key of the table: it has no index by report, which
    /// only inspections would use. Rows at another time than their report's are strays.
    static func places(
        of reports: [Report], in scopes: Set<UUIDValue>, _ tx: ReadTransaction
    ) throws -> [ReportID: Set<ReportPlace>] {
        guard !reports.isEmpty else { return [:] }
        let rows = try tx.rows(
            """
            SELECT report_id, scope, queue, received_at FROM report_scope
            WHERE scope \(in: scopes) AND queue \(in: Queue.allCases)
                AND received_at BETWEEN \(reports.map(\.receivedAt).min()) AND \(reports.map(\.receivedAt).max())
                AND report_id \(in: reports.map(\.id))
            """)
        return try rows.reduce(into: [:]) { places, row in
            places[try row.get("report_id"), default: []].insert(
                ReportPlace(
                    scope: try row.get("scope"), queue: try row.get("queue"), receivedAt: try row.get("received_at")))
        }
    }

    static func places(ofCases ids: [CaseID], _ tx: ReadTransaction) throws -> [CaseID: Set<StoredCasePlace>] {
        guard !ids.isEmpty else { return [:] }
        let rows = try tx.rows("SELECT case_id, scope, open, due, queue FROM case_scope WHERE case_id \(in: ids)")
        return try rows.reduce(into: [:]) { places, row in
            places[try row.get("case_id"), default: []].insert(try StoredCasePlace(row: row))
        }
    }

    static func existing(cases ids: [CaseID], _ tx: ReadTransaction) throws -> Set<CaseID> {
        guard !ids.isEmpty else { return [] }
        return Set(try tx.rows("SELECT id FROM case_file WHERE id \(in: ids)").map { try $0.get("id") })
    }

    // MARK: Counts

    static func counters(_ tx: ReadTransaction) throws -> [QueueMove.Place: Int] {
        try tx.rows("SELECT scope, queue, count FROM queue_counter").reduce(into: [:]) { counts, row in
            counts[QueueMove.Place(scope: try row.get("scope"), queue: try row.get("queue"))] = try row.get("count")
        }
    }

    static func listLengths(_ tx: ReadTransaction) throws -> [QueueMove.Place: Int] {
        let rows = try tx.rows(
            """
            SELECT scope, queue, count(*) AS count FROM (
                SELECT scope, queue FROM case_scope WHERE open = 1
                UNION ALL SELECT scope, queue FROM report_scope
            ) AS place WHERE queue <> 'none' GROUP BY scope, queue
            """)
        return try rows.reduce(into: [:]) { counts, row in
            counts[QueueMove.Place(scope: try row.get("scope"), queue: try row.get("queue"))] = try row.get("count")
        }
    }

    /// What the events of these topics carry that have not been told yet.
    static func waitingPayloads(of topics: Set<String>, _ tx: ReadTransaction) throws -> [String] {
        try tx.rows("SELECT payload FROM outbox WHERE topic \(in: topics.sorted())").map { try $0.get("payload") }
    }

    static func unindexedReports(limit: Int, _ tx: ReadTransaction) throws -> [ReportID] {
        try tx.rows(
            """
            SELECT r.id FROM report r WHERE NOT EXISTS (SELECT 1 FROM report_text t WHERE t.id = r.id)
                AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.subject = r.id) ORDER BY r.id LIMIT \(limit)
            """
        ).map { try $0.get("id") }
    }

    static func reportCount(_ tx: ReadTransaction) throws -> Int {
        try tx.first("SELECT count(*) AS n FROM report")?.get("n") ?? 0
    }

    static func stepCount(_ tx: ReadTransaction) throws -> Int {
        try tx.first("SELECT count(*) AS n FROM step")?.get("n") ?? 0
    }

    // MARK: Numbers

    /// - Throws: `StorageError` of kind `.decoding` for a number that is none.
    static func numbers(_ tx: ReadTransaction) throws -> [CaseNumber] {
        try tx.rows("SELECT number FROM case_file WHERE number IS NOT NULL").map { try $0.get("number") }
    }

    static func numberCounters(_ tx: ReadTransaction) throws -> [(street: AreaID, day: LocalDay, last: Int)] {
        try tx.rows("SELECT street_id, day, last FROM case_number_counter").map { row in
            (street: try row.get("street_id"), day: try row.get("day"), last: try row.get("last"))
        }
    }

    // MARK: Strays

    static func strays(limit: Int, _ tx: ReadTransaction) throws -> [(table: String, id: UUIDValue)] {
        try tx.rows(
            """
            SELECT place, id FROM (
                SELECT 'step' AS place, s.subject_id AS id FROM step s
                WHERE (s.subject_kind = \(SubjectKind.report)
                        AND NOT EXISTS (SELECT 1 FROM report r WHERE r.id = s.subject_id))
                    OR (s.subject_kind = \(SubjectKind.caseFile)
                        AND NOT EXISTS (SELECT 1 FROM case_file c WHERE c.id = s.subject_id))
                    OR (s.subject_kind = \(SubjectKind.task)
                        AND NOT EXISTS (SELECT 1 FROM case_task t WHERE t.id = s.subject_id))
                UNION ALL SELECT 'report_scope', p.report_id FROM report_scope p
                WHERE NOT EXISTS (
                    SELECT 1 FROM report r WHERE r.id = p.report_id AND r.received_at = p.received_at)
                UNION ALL SELECT 'case_scope', p.case_id FROM case_scope p
                WHERE NOT EXISTS (SELECT 1 FROM case_file c WHERE c.id = p.case_id)
            ) AS stray LIMIT \(limit)
            """
        ).map { row in (table: try row.get("place"), id: try row.get("id")) }
    }
}
