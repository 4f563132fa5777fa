import Domain
import Storage

/// Tries to ask reporters. Append-only.
enum CallbackStore {
    static func append(_ callback: Callback, _ tx: WriteTransaction) throws {
        try tx.enqueue(
            """
            INSERT INTO callback (id, case_id, report_id, at, means, solved, satisfaction, note, account_id,
                organisation_id, version)
            VALUES (\(callback.id), \(callback.caseID), \(callback.report), \(callback.at), \(callback.means),
                \(callback.said?.isSolved), \(callback.said?.satisfaction), \(callback.note), \(callback.account),
                \(callback.organisation), \(callback.version))
            """)
    }

    /// All tries of a case, oldest first.
    static func all(of caseID: CaseID, _ tx: ReadTransaction) throws -> [Callback] {
        try tx.rows(
            """
            SELECT id, case_id, report_id, at, means, solved, satisfaction, note, account_id, organisation_id, version
            FROM callback WHERE case_id = \(caseID) ORDER BY version
            """
        ).map { row in
            let solved: Bool? = try row.get(optional: "solved")
            let satisfaction: Satisfaction? = try row.get(optional: "satisfaction")
            return Callback(
                id: try row.get("id"), caseID: try row.get("case_id"), report: try row.get("report_id"),
                at: try row.get("at"), means: try row.get("means"),
                said: solved.map { Said(isSolved: $0, satisfaction: satisfaction) },
                note: try row.get(optional: "note"),
                account: try row.get(optional: "account_id"), organisation: try row.get(optional: "organisation_id"),
                version: try row.get("version"))
        }
    }

    /// The version of the case when its work was last finished; 0 when it never was.
    static func finished(_ caseID: CaseID, _ tx: ReadTransaction) throws -> Int {
        let row = try tx.first(
            """
            SELECT max(version) AS version FROM step
            WHERE subject_id = \(caseID) AND action = \(CaseAction.finish.rawValue)
            """)
        return try row?.get(optional: "version") ?? 0
    }

    /// The masked numbers of a case's reports whose senders left one.
    static func numbers(of caseID: CaseID, _ tx: ReadTransaction) throws -> [ReportID: String] {
        try tx.rows("SELECT id, phone_mask FROM report WHERE case_id = \(caseID) AND phone IS NOT NULL")
            .reduce(into: [:]) { masks, row in masks[try row.get("id")] = try row.get(optional: "phone_mask") ?? "" }
    }
}
