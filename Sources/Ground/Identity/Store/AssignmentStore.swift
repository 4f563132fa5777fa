public import Domain
public import Storage

/// The table of assignments.
public enum AssignmentStore {
    private static let columns: SQL = "id, account_id, role, organisation_id, area_id, valid_from, valid_to"

    /// All that an account has had and has, oldest first.
    public static func assignments(of account: AccountID, in tx: ReadTransaction) throws -> [Assignment] {
        try tx.rows("SELECT \(columns) FROM assignment WHERE account_id = \(account) ORDER BY id").map(
            Assignment.init(row:))
    }

    /// All that several accounts have had and have, in one statement.
    static func assignments(
        of accounts: some Sequence<AccountID>, in tx: ReadTransaction
    ) throws -> [AccountID: [Assignment]] {
        Dictionary(
            grouping: try tx.rows("SELECT \(columns) FROM assignment WHERE account_id \(in: accounts) ORDER BY id").map(
                Assignment.init(row:)), by: \.account)
    }

    static func assignment(_ id: AssignmentID, in tx: ReadTransaction) throws -> Assignment? {
        try tx.first("SELECT \(columns) FROM assignment WHERE id = \(id)").map(Assignment.init(row:))
    }

    static func insert(_ assignment: Assignment, in tx: WriteTransaction) throws {
        tx.outdate(SessionStore.mark)
        try tx.enqueue(
            """
            INSERT INTO assignment (id, account_id, role, organisation_id, area_id, valid_from, valid_to)
            VALUES (\(assignment.id), \(assignment.account), \(assignment.role), \(assignment.organisation),
                \(assignment.area), \(assignment.validFrom), \(assignment.validTo))
            """)
    }

    /// - Returns: false when it has ended by then already.
    static func end(_ id: AssignmentID, at moment: Instant, in tx: WriteTransaction) throws -> Bool {
        tx.outdate(SessionStore.mark)
        return try tx.execute(
            "UPDATE assignment SET valid_to = \(moment) WHERE id = \(id) AND (valid_to IS NULL OR valid_to > \(moment))"
        ) == 1
    }

    /// Codes of roles that assignments name, for the check at start.
    public static func roles(in tx: ReadTransaction) throws -> Set<String> {
        Set(try tx.rows("SELECT DISTINCT role FROM assignment").map { try $0.get("role") })
    }
}

extension Assignment {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.get("id"), account: try row.get("account_id"), role: try row.get("role"),
            organisation: try row.get("organisation_id"), area: try row.get("area_id"),
            validFrom: try row.get("valid_from"), validTo: try row.get(optional: "valid_to"))
    }
}
