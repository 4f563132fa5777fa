import Domain
import Files
public import Storage

extension EvidenceStage: SQLConvertible {}

/// SQL of the table of evidence.
enum EvidenceStore {
    static func append(_ evidence: Evidence, position: Int, _ tx: WriteTransaction) throws {
        try tx.enqueue(
            """
            INSERT INTO evidence (file_id, file_kind, subject_kind, subject_id, step_id, stage, position, at)
            VALUES (\(evidence.file), \(evidence.kind), \(evidence.subject.kind), \(evidence.subject.id),
                \(evidence.step), \(evidence.stage), \(position), \(evidence.at))
            """)
    }

    /// What belongs to these reports and tasks, oldest first.
    static func all(of subjects: [UUIDValue], _ tx: ReadTransaction) throws -> [Evidence] {
        guard !subjects.isEmpty else { return [] }
        return try tx.rows(
            """
            SELECT file_id, file_kind, subject_kind, subject_id, step_id, stage, at FROM evidence
            WHERE subject_id \(in: subjects) ORDER BY at, step_id, position
            """
        ).map { row in
            Evidence(
                file: try row.get("file_id"), kind: try row.get("file_kind"),
                subject: Subject(kind: try row.get("subject_kind"), id: try row.get("subject_id")),
                step: try row.get("step_id"), stage: try row.get("stage"), at: try row.get("at"))
        }
    }
}
