import Domain
import Storage

/// What senders say of answers. Append-only.
enum RatingStore {
    static func append(_ rating: Rating, _ tx: WriteTransaction) throws {
        try tx.enqueue(
            """
            INSERT INTO rating (id, report_id, case_id, at, contacted, solved, satisfaction, words, version)
            VALUES (\(rating.id), \(rating.report), \(rating.caseID), \(rating.at), \(rating.wasContacted),
                \(rating.said.isSolved), \(rating.said.satisfaction), \(rating.words), \(rating.version))
            """)
    }

    private static let columns: SQL = "id, report_id, case_id, at, contacted, solved, satisfaction, words, version"

    /// All ratings of a report, oldest first.
    static func all(of report: ReportID, _ tx: ReadTransaction) throws -> [Rating] {
        try tx.rows("SELECT \(columns) FROM rating WHERE report_id = \(report) ORDER BY version").map(rating)
    }

    /// All ratings of a case, oldest first.
    static func all(of caseID: CaseID, _ tx: ReadTransaction) throws -> [Rating] {
        try tx.rows("SELECT \(columns) FROM rating WHERE case_id = \(caseID) ORDER BY at, id").map(rating)
    }

    private static func rating(_ row: Row) throws -> Rating {
        Rating(
            id: try row.get("id"), report: try row.get("report_id"), caseID: try row.get(optional: "case_id"),
            at: try row.get("at"), wasContacted: try row.get(optional: "contacted"),
            said: Said(isSolved: try row.get("solved"), satisfaction: try row.get("satisfaction")),
            words: try row.get(optional: "words"), version: try row.get("version"))
    }
}

/// Senders' objections and what became of them.
enum ObjectionStore {
    static func insert(_ objection: Objection, _ tx: WriteTransaction) throws {
        try tx.enqueue(
            """
            INSERT INTO objection (id, report_id, contested, at, words, version)
            VALUES (\(objection.id), \(objection.report), \(objection.contested), \(objection.at), \(objection.words),
                \(objection.version))
            """)
    }

    /// Ends the waiting objection of each of these reports, if it has one. The caller holds the reports' locks.
    static func decide(_ reports: [ReportID], _ decision: Objection.Decision, _ tx: WriteTransaction) throws {
        guard !reports.isEmpty else { return }
        try tx.enqueue(
            """
            UPDATE objection SET ruling = \(decision.ruling), decided_at = \(decision.at),
                public_note = \(decision.publicNote), decided_by = \(decision.account),
                decided_for = \(decision.organisation)
            WHERE report_id \(in: reports) AND decided_at IS NULL
            """)
    }

    /// All objections of these reports, oldest first.
    static func all(of reports: [ReportID], _ tx: ReadTransaction) throws -> [Objection] {
        guard !reports.isEmpty else { return [] }
        return try tx.rows(
            """
            SELECT id, report_id, contested, at, words, version, ruling, decided_at, public_note, decided_by, decided_for
            FROM objection WHERE report_id \(in: reports) ORDER BY at, id
            """
        ).map { row in
            var decision: Objection.Decision?
            if let ruling: ObjectionRuling = try row.get(optional: "ruling") {
                decision = Objection.Decision(
                    ruling: ruling, at: try row.get("decided_at"), publicNote: try row.get(optional: "public_note"),
                    account: try row.get(optional: "decided_by"),
                    organisation: try row.get(optional: "decided_for"))
            }
            return Objection(
                id: try row.get("id"), report: try row.get("report_id"), contested: try row.get("contested"),
                at: try row.get("at"), words: try row.get("words"), version: try row.get("version"), decision: decision)
        }
    }
}
