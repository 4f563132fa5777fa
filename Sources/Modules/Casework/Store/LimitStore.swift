import Domain
import Storage

/// Limits and what became of them.
enum LimitStore {
    static func insert(_ limit: Limit, _ tx: WriteTransaction) throws {
        try tx.enqueue(
            """
            INSERT INTO case_limit (id, stage, subject_kind, subject_id, case_id, organisation_id, began_at, amount, unit,
                set_due, due_at, warn_at, table_version, provisional, generation, pauses, paused_at, warned_at,
                missed_at, finished_at, cancelled_at, standing, version)
            VALUES (\(limit.id), \(limit.stage), \(limit.subject.kind), \(limit.subject.id), \(limit.caseID),
                \(limit.organisation), \(limit.beganAt), \(limit.amount?.count), \(limit.amount?.unit),
                \(limit.setDue), \(limit.dueAt), \(limit.warnAt), \(limit.tableVersion),
                \(limit.isProvisional ? 1 : 0), \(limit.generation), \(written(limit.pauses)), \(limit.pausedAt),
                \(limit.warnedAt), \(limit.missedAt), \(limit.finishedAt), \(limit.cancelledAt), \(limit.standing),
                \(limit.version))
            """)
    }

    /// Writes what changed. The caller holds the lock of the case, or of the report that has none.
    static func update(_ limit: Limit, _ tx: WriteTransaction) throws {
        try tx.enqueue(
            """
            UPDATE case_limit SET case_id = \(limit.caseID), amount = \(limit.amount?.count), unit = \(limit.amount?.unit),
                set_due = \(limit.setDue), due_at = \(limit.dueAt), warn_at = \(limit.warnAt),
                table_version = \(limit.tableVersion), provisional = \(limit.isProvisional ? 1 : 0),
                generation = \(limit.generation), pauses = \(written(limit.pauses)), paused_at = \(limit.pausedAt),
                warned_at = \(limit.warnedAt), missed_at = \(limit.missedAt), finished_at = \(limit.finishedAt),
                cancelled_at = \(limit.cancelledAt), standing = \(limit.standing), version = \(limit.version)
            WHERE id = \(limit.id)
            """)
    }

    private static let columns: SQL = """
        id, stage, subject_kind, subject_id, case_id, organisation_id, began_at, amount, unit, set_due, due_at, warn_at,
        table_version, provisional, generation, pauses, paused_at, warned_at, missed_at, finished_at, cancelled_at,
        standing, version
        """

    static func find(_ id: LimitID, _ tx: ReadTransaction) throws -> Limit? {
        try tx.first("SELECT \(columns) FROM case_limit WHERE id = \(id)").map(limit)
    }

    /// All limits of a case and of its tasks, in the order of their beginning.
    static func all(of caseID: CaseID, _ tx: ReadTransaction) throws -> [Limit] {
        try tx.rows("SELECT \(columns) FROM case_limit WHERE case_id = \(caseID) ORDER BY began_at, id").map(limit)
    }

    /// The limits of one report, case or task, in the order of their generations.
    static func all(of subject: Subject, _ tx: ReadTransaction) throws -> [Limit] {
        try tx.rows("SELECT \(columns) FROM case_limit WHERE subject_id = \(subject.id) ORDER BY stage, generation")
            .map(limit)
    }

    /// The last limit of each of these subjects that has one.
    static func latest(of subjects: [Subject], _ tx: ReadTransaction) throws -> [Subject: Limit] {
        guard !subjects.isEmpty else { return [:] }
        let rows = try tx.rows(
            "SELECT \(columns) FROM case_limit WHERE subject_id \(in: subjects.map(\.id)) ORDER BY generation")
        return try rows.map(limit).reduce(into: [:]) { found, limit in found[limit.subject] = limit }
    }

    /// Open limits that were computed past the coverage of another table than this, after one of them.
    static func provisional(
        notBy version: String, after id: LimitID?, limit count: Int, _ tx: ReadTransaction
    ) throws -> [Limit] {
        let from: SQL = id.map { " AND id > \($0)" } ?? ""
        return try tx.rows(
            """
            SELECT \(columns) FROM case_limit
            WHERE provisional = 1 AND finished_at IS NULL AND cancelled_at IS NULL AND table_version <> \(version)\(from)
            ORDER BY id LIMIT \(count)
            """
        ).map(limit)
    }

    /// Reports after this one that nobody has decided about and whose clock has no row yet, in the order of coming in.
    static func unwatchedReports(
        after: ReportID, before: ReportID, limit: Int, _ tx: ReadTransaction
    ) throws -> [ReportID] {
        try tx.rows(
            """
            SELECT id FROM report
            WHERE id > \(after) AND id < \(before) AND state = \(ReportState.received)
                AND NOT EXISTS (SELECT 1 FROM case_limit WHERE subject_id = report.id)
            ORDER BY id LIMIT \(limit)
            """
        ).map { try $0.get("id") }
    }

    private static func written(_ pauses: [Limit.ClosedPause]) -> String {
        pauses.map { "\($0.from.milliseconds)-\($0.to.milliseconds)" }.joined(separator: " ")
    }

    private static func pauses(_ text: String) throws -> [Limit.ClosedPause] {
        try text.split(separator: " ").map { part in
            let ends = part.split(separator: "-").compactMap { Int64($0) }
            guard ends.count == 2 else { throw StorageError(.decoding, "a pause reads \(part)") }
            return Limit.ClosedPause(from: Instant(milliseconds: ends[0]), to: Instant(milliseconds: ends[1]))
        }
    }

    private static func limit(_ row: Row) throws -> Limit {
        var amount: LimitAmount?
        if let count: Int = try row.get(optional: "amount") { amount = LimitAmount(count, try row.get("unit")) }
        return Limit(
            id: try row.get("id"), stage: try row.get("stage"),
            subject: Subject(kind: try row.get("subject_kind"), id: try row.get("subject_id")),
            caseID: try row.get(optional: "case_id"), organisation: try row.get(optional: "organisation_id"),
            beganAt: try row.get("began_at"), amount: amount, setDue: try row.get(optional: "set_due"),
            dueAt: try row.get("due_at"), warnAt: try row.get("warn_at"), tableVersion: try row.get("table_version"),
            isProvisional: try row.get("provisional", as: Int.self) == 1, generation: try row.get("generation"),
            pauses: try pauses(try row.get("pauses")), pausedAt: try row.get(optional: "paused_at"),
            warnedAt: try row.get(optional: "warned_at"), missedAt: try row.get(optional: "missed_at"),
            finishedAt: try row.get(optional: "finished_at"), cancelledAt: try row.get(optional: "cancelled_at"),
            standing: try row.get(optional: "standing"), version: try row.get("version"))
    }
}
