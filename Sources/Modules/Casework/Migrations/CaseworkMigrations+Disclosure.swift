import Storage

extension CaseworkMigrations {
    /// Append-only, like steps. Tells that something was opened, never what stood in it.
    static let disclosures = Migration(
        "casework.050-disclosure",
        """
        CREATE TABLE disclosure (
            id {id} PRIMARY KEY,
            report_id {id} NOT NULL REFERENCES report (id),
            at {instant} NOT NULL,
            account_id {id} NOT NULL,
            organisation_id {id},
            role {text},
            field {text} NOT NULL,
            purpose {text} NOT NULL,
            reason {text}
        ) {strict};
        CREATE INDEX disclosure_report ON disclosure (report_id, id);
        """)
}
