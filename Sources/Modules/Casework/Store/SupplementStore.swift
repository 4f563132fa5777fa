import Domain
import Storage

/// What senders added when asked. Append-only, but for the erasure of a report's words.
enum SupplementStore {
    /// - Parameter words: the text as it came, sealed under the report's key; `nil` when that key is gone.
    static func append(_ supplement: Supplement, words: [UInt8]?, _ tx: WriteTransaction) throws {
        try tx.enqueue(
            """
            INSERT INTO supplement (id, report_id, at, text, words, account_id, version)
            VALUES (\(supplement.id), \(supplement.report), \(supplement.at), \(supplement.text), \(words),
                \(supplement.account), \(supplement.version))
            """)
    }

    /// All supplements of these reports, oldest first.
    static func all(of reports: [ReportID], _ tx: ReadTransaction) throws -> [Supplement] {
        guard !reports.isEmpty else { return [] }
        return try tx.rows(
            """
            SELECT id, report_id, at, text, account_id, version FROM supplement
            WHERE report_id \(in: reports) ORDER BY at, id
            """
        ).map { row in
            Supplement(
                id: try row.get("id"), report: try row.get("report_id"), at: try row.get("at"),
                text: try row.get("text"), account: try row.get(optional: "account_id"), version: try row.get("version")
            )
        }
    }

    /// A report's id and wrapped key by its code or id: what sealing takes. `nil` when there is no such report.
    static func key(_ speaking: Speaking, _ tx: ReadTransaction) throws -> (id: ReportID, sealed: [UInt8]?)? {
        let row: Row? =
            switch speaking {
            case .sender(let code): try tx.first("SELECT id, words_key FROM report WHERE tracking_code = \(code)")
            case .behalf(let id): try tx.first("SELECT id, words_key FROM report WHERE id = \(id)")
            }
        return try row.map { (try $0.get("id"), try $0.get(optional: "words_key")) }
    }
}
