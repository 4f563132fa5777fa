import Domain
import Storage

/// A case as the store keeps it: with the count of all its changes, those of its tasks included.
struct StoredCase: Sendable {
    var caseFile: Case
    var revision: Int
}

/// Cases.
enum CaseStore {
    static func insert(_ caseFile: Case, revision: Int, _ tx: WriteTransaction) throws {
        try tx.enqueue(
            """
            INSERT INTO case_file (id, number, area_id, title, matter, state, opened_at, due_at, outcome,
                public_answer, version, revision)
            VALUES (\(caseFile.id), \(caseFile.number), \(caseFile.area), \(caseFile.title), \(caseFile.matter),
                \(caseFile.state), \(caseFile.openedAt), \(caseFile.dueAt), \(caseFile.outcome),
                \(caseFile.publicAnswer), \(caseFile.version), \(revision))
            """)
    }

    /// Writes what a verb changed. The caller holds the row's lock.
    static func update(_ caseFile: Case, revision: Int, _ tx: WriteTransaction) throws {
        try tx.enqueue(
            """
            UPDATE case_file SET number = \(caseFile.number), area_id = \(caseFile.area), title = \(caseFile.title),
                matter = \(caseFile.matter), state = \(caseFile.state), due_at = \(caseFile.dueAt),
                outcome = \(caseFile.outcome), public_answer = \(caseFile.publicAnswer),
                version = \(caseFile.version), revision = \(revision)
            WHERE id = \(caseFile.id)
            """)
    }

    private static let columns: SQL = """
        c.id, c.number, c.area_id, c.title, c.matter, c.state, c.opened_at, c.due_at, c.outcome, c.public_answer,
        c.version, c.revision
        """

    static func find(_ id: CaseID, _ tx: ReadTransaction) throws -> StoredCase? {
        try tx.first("SELECT \(columns) FROM case_file c WHERE c.id = \(id)").map(stored)
    }

    /// Several cases in one statement, in no order.
    static func all(_ ids: [CaseID], _ tx: ReadTransaction) throws -> [Case] {
        guard !ids.isEmpty else { return [] }
        return try tx.rows("SELECT \(columns) FROM case_file c WHERE c.id \(in: ids)").map { try stored($0).caseFile }
    }

    /// Cases in the order of their ids, so many behind the given one.
    static func behind(_ after: CaseID?, limit: Int, _ tx: ReadTransaction) throws -> [StoredCase] {
        let from: SQL = after.map { " WHERE c.id > \($0)" } ?? ""
        return try tx.rows("SELECT \(columns) FROM case_file c\(from) ORDER BY c.id LIMIT \(limit)").map(stored)
    }

    /// Locks the case: every verb on it or on its tasks passes here, one after the other.
    static func lock(_ id: CaseID, _ tx: WriteTransaction) throws -> StoredCase? {
        try tx.first("SELECT \(columns) FROM case_file c WHERE c.id = \(id)\(SQL.forUpdate)").map(stored)
    }

    static func find(_ number: CaseNumber, _ tx: ReadTransaction) throws -> StoredCase? {
        try tx.first("SELECT \(columns) FROM case_file c WHERE c.number = \(number)").map(stored)
    }

    /// A case in a list.
    struct Entry {
        let stored: StoredCase
        let mark: PageMark
        let queue: Queue
        let clock: CaseClock
    }

    /// The open cases of one scope, nearest deadline first; those without a deadline last.
    static func open(
        in scope: Scope, queue: Queue?, due: (after: Instant, until: Instant)? = nil, after: PageMark?, limit: Int,
        _ tx: ReadTransaction
    ) throws -> [Entry] {
        let inQueue: SQL = queue.map { " AND s.queue = \($0)" } ?? ""
        let within: SQL = due.map { " AND s.due > \($0.after) AND s.due <= \($0.until) AND s.queue <> 'none'" } ?? ""
        let from: SQL = after.map { " AND (s.due, s.case_id) > (\($0.at), \($0.id))" } ?? ""
        return try tx.rows(
            """
            SELECT \(columns), s.due AS mark_due, s.queue AS scope_queue, l.provisional, l.paused_at
            FROM case_scope s JOIN case_file c ON c.id = s.case_id
                LEFT JOIN case_limit l ON l.subject_id = c.id AND l.stage = 'whole' AND l.finished_at IS NULL
                    AND l.cancelled_at IS NULL
            WHERE s.scope = \(scope.id) AND s.open = 1\(inQueue)\(within)\(from)
            ORDER BY s.due, s.case_id LIMIT \(limit)
            """
        ).map { row in
            let stored = try stored(row)
            let mark = PageMark(at: try row.get("mark_due"), id: stored.caseFile.id.uuid)
            let clock = CaseClock(
                isProvisional: try row.get(optional: "provisional", as: Int.self) == 1,
                isPaused: try row.get(optional: "paused_at", as: Instant.self) != nil)
            return Entry(stored: stored, mark: mark, queue: try row.get("scope_queue"), clock: clock)
        }
    }

    /// The next running number of the street's day. Its row stays locked until COMMIT, so this comes last.
    static func nextNumber(street: AreaID, day: LocalDay, _ tx: WriteTransaction) throws -> Int {
        let row = try tx.first(
            """
            INSERT INTO case_number_counter (street_id, day, last) VALUES (\(street), \(day), 1)
            ON CONFLICT (street_id, day) DO UPDATE SET last = case_number_counter.last + 1
            RETURNING last
            """)
        guard let row else { throw StorageError(.decoding, "the counter gave no number") }
        return try row.get("last")
    }

    private static func stored(_ row: Row) throws -> StoredCase {
        StoredCase(
            caseFile: Case(
                id: try row.get("id"), openedAt: try row.get("opened_at"), area: try row.get("area_id"),
                title: try row.get("title"), matter: try row.get(optional: "matter"),
                number: try row.get(optional: "number"), state: try row.get("state"),
                dueAt: try row.get(optional: "due_at"), outcome: try row.get(optional: "outcome"),
                publicAnswer: try row.get(optional: "public_answer"), version: try row.get("version")),
            revision: try row.get("revision"))
    }
}
