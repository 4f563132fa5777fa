import Storage

/// The table of evidence: which file shows what, brought along by which step. Rows are added and never changed.
enum EvidenceMigrations {
    static let all = [
        Migration(
            "casework.040-evidence",
            """
            CREATE TABLE evidence (
                file_id {id} NOT NULL PRIMARY KEY,
                file_kind {text} NOT NULL,
                subject_kind {text} NOT NULL CHECK (subject_kind IN ('report', 'task')),
                subject_id {id} NOT NULL,
                step_id {id} NOT NULL,
                stage {text} NOT NULL CHECK (stage IN ('reported', 'before', 'after', 'checked')),
                position {int} NOT NULL,
                at {instant} NOT NULL
            ) {strict};
            CREATE INDEX evidence_subject ON evidence (subject_id);
            """)
    ]
}
