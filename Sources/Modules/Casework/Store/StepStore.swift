import Domain
import Foundation
import Storage

/// The append-only history.
enum StepStore {
    static func append(_ step: Step, _ tx: WriteTransaction) throws {
        let detail = step.detail
        try tx.enqueue(
            """
            INSERT INTO step (id, subject_kind, subject_id, version, case_id, at, account_id, organisation_id, action,
                from_state, to_state, note, public_note, reason, ground, ground_reference, due_at, target_id,
                changes)
            VALUES (\(step.id), \(step.subject.kind), \(step.subject.id), \(step.version), \(step.caseID), \(step.at),
                \(step.account), \(step.organisation), \(step.action), \(step.from), \(step.to), \(detail.note),
                \(detail.publicNote), \(detail.reason), \(detail.ground), \(detail.groundReference), \(detail.dueAt),
                \(detail.target), \(try Self.encoded(detail.changes)))
            """)
    }

    private static let columns: SQL = """
        id, subject_kind, subject_id, version, case_id, at, account_id, organisation_id, action, from_state, to_state,
        note, public_note, reason, ground, ground_reference, due_at, target_id, changes
        """

    /// The history of one report, case or task in its own order.
    static func all(of subject: Subject, _ tx: ReadTransaction) throws -> [Step] {
        try tx.rows("SELECT \(columns) FROM step WHERE subject_id = \(subject.id) ORDER BY version").map(step)
    }

    /// The histories of several reports, cases and tasks, each in its own order.
    static func histories(of subjects: [UUIDValue], _ tx: ReadTransaction) throws -> [UUIDValue: [Step]] {
        guard !subjects.isEmpty else { return [:] }
        let rows = try tx.rows(
            "SELECT \(columns) FROM step WHERE subject_id \(in: subjects) ORDER BY subject_id, version")
        return Dictionary(grouping: try rows.map(step), by: \.subject.id)
    }

    /// Everything that happened to a case, its tasks and, since they joined, its reports; oldest first.
    static func all(of caseID: CaseID, _ tx: ReadTransaction) throws -> [Step] {
        try tx.rows("SELECT \(columns) FROM step WHERE case_id = \(caseID) ORDER BY at, id").map(step)
    }

    private static func encoded(_ changes: [FieldChange]) throws -> String? {
        changes.isEmpty ? nil : String(decoding: try JSONEncoder().encode(changes), as: UTF8.self)
    }

    private static func changes(_ text: String?) throws -> [FieldChange] {
        try text.map { try JSONDecoder().decode([FieldChange].self, from: Data($0.utf8)) } ?? []
    }

    private static func step(_ row: Row) throws -> Step {
        Step(
            id: try row.get("id"), subject: Subject(kind: try row.get("subject_kind"), id: try row.get("subject_id")),
            caseID: try row.get(optional: "case_id"), version: try row.get("version"), at: try row.get("at"),
            account: try row.get(optional: "account_id"), organisation: try row.get(optional: "organisation_id"),
            action: try row.get("action"), from: try row.get(optional: "from_state"), to: try row.get("to_state"),
            detail: StepDetail(
                note: try row.get(optional: "note"), publicNote: try row.get(optional: "public_note"),
                reason: try row.get(optional: "reason"), ground: try row.get(optional: "ground"),
                groundReference: try row.get(optional: "ground_reference"), dueAt: try row.get(optional: "due_at"),
                target: try row.get(optional: "target_id"), changes: try Self.changes(try row.get(optional: "changes")))
        )
    }
}
