import Domain
import Storage

/// What lies over cases and tasks.
enum OverlayStore {
    static func insert(_ overlay: Overlay, _ tx: WriteTransaction) throws {
        try tx.enqueue(
            """
            INSERT INTO overlay (id, kind, subject_kind, subject_id, case_id, reason, requested_at, requested_by,
                requested_for, state, granted_by, began_at, until_at, ended_at, version)
            VALUES (\(overlay.id), \(overlay.kind), \(overlay.subject.kind), \(overlay.subject.id), \(overlay.caseID),
                \(overlay.reason), \(overlay.requestedAt), \(overlay.requestedBy), \(overlay.requestedFor),
                \(overlay.state), \(overlay.grantedBy), \(overlay.beganAt), \(overlay.until), \(overlay.endedAt),
                \(overlay.version))
            """)
    }

    /// Writes what changed. The caller holds the case's lock.
    static func update(_ overlay: Overlay, _ tx: WriteTransaction) throws {
        try tx.enqueue(
            """
            UPDATE overlay SET state = \(overlay.state), granted_by = \(overlay.grantedBy),
                began_at = \(overlay.beganAt), ended_at = \(overlay.endedAt), version = \(overlay.version)
            WHERE id = \(overlay.id)
            """)
    }

    private static let columns: SQL = """
        id, kind, subject_kind, subject_id, case_id, reason, requested_at, requested_by, requested_for, state,
        granted_by, began_at, until_at, ended_at, version
        """

    static func find(_ id: OverlayID, _ tx: ReadTransaction) throws -> Overlay? {
        try tx.first("SELECT \(columns) FROM overlay WHERE id = \(id)").map(overlay)
    }

    /// Everything that has lain over a case and its tasks, in the order of asking.
    static func all(of caseID: CaseID, _ tx: ReadTransaction) throws -> [Overlay] {
        try tx.rows("SELECT \(columns) FROM overlay WHERE case_id = \(caseID) ORDER BY requested_at, id").map(overlay)
    }

    private static func overlay(_ row: Row) throws -> Overlay {
        Overlay(
            id: try row.get("id"), kind: try row.get("kind"),
            subject: Subject(kind: try row.get("subject_kind"), id: try row.get("subject_id")),
            caseID: try row.get(optional: "case_id"), reason: try row.get("reason"),
            requestedAt: try row.get("requested_at"), requestedBy: try row.get(optional: "requested_by"),
            requestedFor: try row.get(optional: "requested_for"), state: try row.get("state"),
            grantedBy: try row.get(optional: "granted_by"), beganAt: try row.get(optional: "began_at"),
            until: try row.get(optional: "until_at"), endedAt: try row.get(optional: "ended_at"),
            version: try row.get("version"))
    }
}
