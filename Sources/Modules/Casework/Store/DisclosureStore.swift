import Domain
import Module
public import Storage

/// Who opened personal data of which report, and the sealed values themselves.
enum DisclosureStore {
    static let action = "casework.report.disclose"

    static let table = AppendOnlyTable(
        "disclosure",
        [
            .init("id", .id), .init("report_id", .id), .init("at", .int), .init("account_id", .id),
            .init("organisation_id", .id), .init("role", .text), .init("field", .text), .init("purpose", .text),
            .init("reason", .text),
        ])

    /// What is opened: as it lies in the table.
    struct Sealed: Sendable {
        let words: [UInt8]
        /// `nil` once it was erased.
        let key: [UInt8]?
        let phone: [UInt8]?
    }

    static func sealed(_ id: ReportID, _ tx: ReadTransaction) throws -> Sealed? {
        try tx.first("SELECT words, words_key, phone FROM report WHERE id = \(id)").map { row in
            Sealed(
                words: try row.get("words"), key: try row.get(optional: "words_key"),
                phone: try row.get(optional: "phone"))
        }
    }

    static func insert(_ disclosure: Disclosure, _ tx: WriteTransaction) throws {
        try tx.enqueue(
            """
            INSERT INTO disclosure (id, report_id, at, account_id, organisation_id, role, field, purpose, reason)
            VALUES (\(disclosure.id), \(disclosure.report), \(disclosure.at), \(disclosure.account),
                \(disclosure.organisation), \(disclosure.role), \(disclosure.field), \(disclosure.purpose),
                \(disclosure.reason))
            """)
    }

    /// The disclosures of one report, newest first.
    static func all(of report: ReportID, limit: Int, _ tx: ReadTransaction) throws -> [Disclosure] {
        try tx.rows(
            """
            SELECT id, report_id, at, account_id, organisation_id, role, field, purpose, reason FROM disclosure
            WHERE report_id = \(report) ORDER BY id DESC LIMIT \(limit)
            """
        ).map { row in
            Disclosure(
                id: try row.get("id"), report: try row.get("report_id"), at: try row.get("at"),
                account: try row.get("account_id"), organisation: try row.get(optional: "organisation_id"),
                role: try row.get(optional: "role"), field: try row.get("field"), purpose: try row.get("purpose"),
                reason: try row.get(optional: "reason"))
        }
    }

    /// Each was written with an audit entry.
    static func owed(
        after: UUIDValue, through: UUIDValue, limit: Int, _ tx: ReadTransaction
    ) throws -> [CrossCheck.Owed] {
        try tx.rows(
            """
            SELECT id, report_id, account_id FROM disclosure
            WHERE id > \(after) AND id <= \(through) ORDER BY id LIMIT \(limit)
            """
        ).map { row in
            CrossCheck.Owed(
                id: try row.get("id"), action: action, account: try row.get("account_id"),
                subject: try row.get("report_id"))
        }
    }
}

extension DisclosurePurpose: SQLConvertible {}
extension DisclosedField: SQLConvertible {}
