import Domain
import Module
import Storage

/// What the audit chain and its verification read of casework, without its types: it may have been tampered with.
enum TrailStore {
    /// The history as the audit chain seals it: every column of every step.
    static let steps = AppendOnlyTable(
        "step",
        [
            .init("id", .id), .init("subject_kind", .text), .init("subject_id", .id), .init("version", .int),
            .init("case_id", .id), .init("at", .int), .init("account_id", .id), .init("organisation_id", .id),
            .init("action", .text), .init("from_state", .text), .init("to_state", .text), .init("note", .text),
            .init("public_note", .text), .init("reason", .text), .init("ground", .text),
            .init("ground_reference", .text), .init("due_at", .int), .init("target_id", .id), .init("changes", .text),
        ])

    /// Steps of people with an account, by id: each was written with an audit entry.
    static func owed(
        after: UUIDValue, through: UUIDValue, limit: Int, _ tx: ReadTransaction
    ) throws -> [CrossCheck.Owed] {
        try tx.rows(
            """
            SELECT id, subject_kind, subject_id, action, account_id FROM step
            WHERE id > \(after) AND id <= \(through) AND account_id IS NOT NULL ORDER BY id LIMIT \(limit)
            """
        ).map { row in
            CrossCheck.Owed(
                id: try row.get("id"), action: History.action(try row.get("subject_kind"), try row.get("action")),
                account: try row.get("account_id"), subject: try row.get("subject_id"))
        }
    }

    /// Something with a history: where it stands, and where its history ends.
    struct Standing: Sendable {
        let id: UUIDValue
        let state: String
        let version: Int
        let steps: Int
        let lastVersion: Int?
        let lastState: String?
    }

    /// The next of a kind, by id.
    static func standings(
        of kind: SubjectKind, after: UUIDValue, limit: Int, _ tx: ReadTransaction
    ) throws -> [Standing] {
        let subjects: SQL
        switch kind {
        case .report: subjects = "report"
        case .caseFile: subjects = "case_file"
        case .task: subjects = "case_task"
        case .overlay: subjects = "overlay"
        // A limit that supervision has noted nothing about has no history.
        case .limit:
            subjects = "(SELECT id, standing AS state, version FROM case_limit WHERE version > 0)"
        }
        return try tx.rows(
            """
            SELECT s.id, s.state, s.version,
                (SELECT count(*) FROM step c WHERE c.subject_id = s.id) AS steps,
                (SELECT max(version) FROM step m WHERE m.subject_id = s.id) AS last_version,
                (SELECT to_state FROM step l WHERE l.subject_id = s.id ORDER BY l.version DESC LIMIT 1) AS last_state
            FROM \(subjects) s WHERE s.id > \(after) ORDER BY s.id LIMIT \(limit)
            """
        ).map { row in
            Standing(
                id: try row.get("id"), state: try row.get("state"), version: try row.get("version"),
                steps: try row.get("steps"), lastVersion: try row.get(optional: "last_version"),
                lastState: try row.get(optional: "last_state"))
        }
    }

    /// The next steps whose report, case, task or limit is not there.
    static func orphan(_ tx: ReadTransaction) throws -> UUIDValue? {
        try tx.first(
            """
            SELECT id FROM step t WHERE
                subject_kind = 'report' AND NOT EXISTS (SELECT 1 FROM report r WHERE r.id = t.subject_id)
                OR subject_kind = 'case' AND NOT EXISTS (SELECT 1 FROM case_file f WHERE f.id = t.subject_id)
                OR subject_kind = 'task' AND NOT EXISTS (SELECT 1 FROM case_task k WHERE k.id = t.subject_id)
                OR subject_kind = 'overlay' AND NOT EXISTS (SELECT 1 FROM overlay o WHERE o.id = t.subject_id)
                OR subject_kind = 'limit' AND NOT EXISTS (SELECT 1 FROM case_limit l WHERE l.id = t.subject_id)
            LIMIT 1
            """
        )?.get("id")
    }
}
