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

/// Reading the audit trail, newest first.
public enum AuditStore {
    /// Which entries: all, those of one person, or those about one thing.
    public enum Filter: Sendable {
        case all
        case account(AccountID)
        case subject(UUIDValue)
    }

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
