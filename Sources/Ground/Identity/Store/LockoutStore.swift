import Domain
import Storage

/// The table of failures and locks, one row an account.
enum LockoutStore {
    static func lockout(of account: AccountID, in tx: ReadTransaction) throws -> Lockout? {
        try tx.first(
            """
            SELECT failures, since, locked_at, locked_until, released_at FROM account_lockout
            WHERE account_id = \(account)
            """
        ).map(Lockout.init(row:))
    }

    /// The caller holds the account's lock.
    static func put(_ lockout: Lockout, of account: AccountID, in tx: WriteTransaction) throws {
        try tx.enqueue(
            """
            INSERT INTO account_lockout (account_id, failures, since, locked_at, locked_until, released_at)
            VALUES (\(account), \(lockout.failures), \(lockout.since), \(lockout.lockedAt), \(lockout.lockedUntil),
                \(lockout.releasedAt))
            ON CONFLICT (account_id) DO UPDATE SET failures = excluded.failures, since = excluded.since,
                locked_at = excluded.locked_at, locked_until = excluded.locked_until, released_at = excluded.released_at
            """)
    }

    /// Accounts that were locked, the last ones first.
    static func locked(limit: Int, in tx: ReadTransaction) throws -> [(account: AccountID, lockout: Lockout)] {
        try tx.rows(
            """
            SELECT account_id, failures, since, locked_at, locked_until, released_at FROM account_lockout
            WHERE locked_at IS NOT NULL ORDER BY locked_at DESC LIMIT \(limit)
            """
        ).map { (try $0.get("account_id"), try Lockout(row: $0)) }
    }
}

extension Lockout {
    fileprivate init(row: Row) throws {
        self.init(
            failures: try row.get("failures"), since: try row.get("since"),
            lockedAt: try row.get(optional: "locked_at"),
            lockedUntil: try row.get(optional: "locked_until"), releasedAt: try row.get(optional: "released_at"))
    }
}
