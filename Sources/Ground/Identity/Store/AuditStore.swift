public import Domain
public import Storage

extension WriteTransaction {
    /// Writes an audit entry with the change that it tells of: both are committed, or neither.
    public func audit(_ entry: AuditEntry) throws {
        let fields = entry.fields.joined(separator: ",")
        try enqueue(
            """
            INSERT INTO audit_entry (id, at, origin, account_id, organisation_id, action, subject_kind, subject_id, fields)
            VALUES (\(entry.id), \(entry.at), \(entry.origin), \(entry.account), \(entry.organisation), \(entry.action),
                \(entry.subjectKind), \(entry.subject), \(fields))
            """)
    }
}

/// Reading the audit trail.
public enum AuditStore {
    /// The table as the audit chain seals it.
    static let table = AppendOnlyTable(
        "audit_entry",
        [
            .init("id", .id), .init("at", .int), .init("origin", .text), .init("account_id", .id),
            .init("organisation_id", .id), .init("action", .text), .init("subject_kind", .text),
            .init("subject_id", .id), .init("fields", .text),
        ])

    /// What of an entry is compared with the business tables, read without its types: it may have been tampered with.
    struct Brief: Sendable {
        let id: UUIDValue
        let action: String
        let account: UUIDValue?
        let subject: UUIDValue?
    }

    /// The next entries behind one, oldest first.
    static func brief(after id: UUIDValue, limit: Int, in tx: ReadTransaction) throws -> [Brief] {
        try tx.rows(
            """
            SELECT id, action, account_id, subject_id FROM audit_entry WHERE id > \(id) ORDER BY id LIMIT \(limit)
            """
        ).map { row in
            Brief(
                id: try row.get("id"), action: try row.get("action"), account: try row.get(optional: "account_id"),
                subject: try row.get(optional: "subject_id"))
        }
    }

    /// Which entries: all, those of one person, or those about one thing.
    public enum Filter: Sendable {
        case all
        case account(AccountID)
        case subject(UUIDValue)
    }

    /// Newest first.
    /// - Parameters:
    ///   - before: the last entry of the page before; `nil` for the first page.
    ///   - limit: entries a page.
    public static func list(
        _ filter: Filter, before: AuditID? = nil, limit: Int, in tx: ReadTransaction
    ) throws -> [AuditEntry] {
        let which: SQL =
            switch filter {
            case .all: "1 = 1"
            case .account(let account): "account_id = \(account)"
            case .subject(let subject): "subject_id = \(subject)"
            }
        let from: SQL = before.map { " AND id < \($0)" } ?? ""
        return try tx.rows(
            """
            SELECT id, at, origin, account_id, organisation_id, action, subject_kind, subject_id, fields
            FROM audit_entry WHERE \(which)\(from) ORDER BY id DESC LIMIT \(limit)
            """
        ).map(AuditEntry.init(row:))
    }
}
