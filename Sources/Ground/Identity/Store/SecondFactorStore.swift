import Domain
import Storage

/// The tables of second factors and recovery codes.
enum SecondFactorStore {
    struct Factor: Sendable {
        /// Sealed by the vault.
        let secret: [UInt8]
        let begunAt: Instant
        /// `nil` until the first code was typed: it does not count yet.
        let confirmedAt: Instant?
        let lastStep: Int64
    }

    static func factor(of account: AccountID, in tx: ReadTransaction) throws -> Factor? {
        try tx.first(
            """
            SELECT secret, begun_at, confirmed_at, last_step FROM account_second_factor WHERE account_id = \(account)
            """
        ).map { row in
            Factor(
                secret: try row.get("secret"), begunAt: try row.get("begun_at"),
                confirmedAt: try row.get(optional: "confirmed_at"), lastStep: try row.get("last_step"))
        }
    }

    /// Begins anew; a confirmed one stays as it is.
    /// - Returns: false when there is a confirmed one.
    static func begin(_ secret: [UInt8], of account: AccountID, at now: Instant, in tx: WriteTransaction) throws -> Bool
    {
        try tx.execute(
            """
            INSERT INTO account_second_factor (account_id, secret, begun_at, last_step)
            VALUES (\(account), \(secret), \(now), 0)
            ON CONFLICT (account_id) DO UPDATE SET secret = excluded.secret, begun_at = excluded.begun_at
            WHERE account_second_factor.confirmed_at IS NULL
            """) == 1
    }

    static func confirm(_ account: AccountID, step: Int64, at now: Instant, in tx: WriteTransaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE account_second_factor SET confirmed_at = \(now), last_step = \(step)
            WHERE account_id = \(account) AND confirmed_at IS NULL
            """) == 1
    }

    /// - Returns: false when a code of that step, or of a later one, was used already.
    static func use(step: Int64, of account: AccountID, in tx: WriteTransaction) throws -> Bool {
        try tx.execute(
            """
            UPDATE account_second_factor SET last_step = \(step) WHERE account_id = \(account) AND last_step < \(step)
            """) == 1
    }

    /// - Returns: false when there was none.
    static func remove(of account: AccountID, in tx: WriteTransaction) throws -> Bool {
        try tx.enqueue("DELETE FROM account_recovery_code WHERE account_id = \(account)")
        return try tx.execute("DELETE FROM account_second_factor WHERE account_id = \(account)") == 1
    }

    static func replaceRecoveryCodes(of account: AccountID, _ hashes: [[UInt8]], in tx: WriteTransaction) throws {
        try tx.enqueue("DELETE FROM account_recovery_code WHERE account_id = \(account)")
        for hash in hashes {
            try tx.enqueue("INSERT INTO account_recovery_code (account_id, hash) VALUES (\(account), \(hash))")
        }
    }

    /// - Returns: false when there is no such code any more.
    static func useRecoveryCode(_ hash: [UInt8], of account: AccountID, in tx: WriteTransaction) throws -> Bool {
        try tx.execute("DELETE FROM account_recovery_code WHERE account_id = \(account) AND hash = \(hash)") == 1
    }

    static func recoveryCodesLeft(of account: AccountID, in tx: ReadTransaction) throws -> Int {
        try tx.first("SELECT count(*) AS n FROM account_recovery_code WHERE account_id = \(account)")?.get("n") ?? 0
    }
}
