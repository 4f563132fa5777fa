public import Domain
public import Storage
import Web

/// The table of accounts. Only this module sees the password hashes in it.
public enum AccountStore {
    private static let columns: SQL = "id, login, name, state, locale, created_at"

    /// An account with what is needed to check its password.
    struct Credentials: Sendable {
        let account: Account
        let hash: PasswordHash
    }

    public static func account(_ id: AccountID, in tx: ReadTransaction) throws -> Account? {
        try tx.first("SELECT \(columns) FROM account WHERE id = \(id)").map(Account.init(row:))
    }

    public static func account(login: Login, in tx: ReadTransaction) throws -> Account? {
        try tx.first("SELECT \(columns) FROM account WHERE login = \(login.text)").map(Account.init(row:))
    }

    /// Those of these ids, in one statement.
    static func accounts(_ ids: some Sequence<AccountID>, in tx: ReadTransaction) throws -> [AccountID: Account] {
        let found = try tx.rows("SELECT \(columns) FROM account WHERE id \(in: ids)").map(Account.init(row:))
        return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The names of people for a page of history, in one statement.
    public static func names(of ids: some Sequence<AccountID>, in tx: ReadTransaction) throws -> [AccountID: String] {
        let rows = try tx.rows("SELECT id, name FROM account WHERE id \(in: ids)")
        return try rows.reduce(into: [:]) { names, row in names[try row.get("id")] = try row.get("name") }
    }

    /// Somebody who works for an organisation.
    public struct Colleague: Sendable, Hashable {
        public let id: AccountID
        public let name: String
    }

    /// The active people of an organisation, by name.
    public static func colleagues(
        of organisation: OrganisationID, at moment: Instant, in tx: ReadTransaction
    ) throws -> [Colleague] {
        try tx.rows(
            """
            SELECT DISTINCT a.id, a.name FROM account a JOIN assignment s ON s.account_id = a.id
            WHERE s.organisation_id = \(organisation) AND a.state = \(Account.State.active)
                AND s.valid_from <= \(moment) AND (s.valid_to IS NULL OR s.valid_to > \(moment))
            ORDER BY a.name, a.id
            """
        ).map { Colleague(id: try $0.get("id"), name: try $0.get("name")) }
    }

    static func credentials(login: Login, in tx: ReadTransaction) throws -> Credentials? {
        try tx.first("SELECT \(columns), password_hash FROM account WHERE login = \(login.text)").map(
            Credentials.init(row:))
    }

    static func credentials(_ id: AccountID, in tx: ReadTransaction) throws -> Credentials? {
        try tx.first("SELECT \(columns), password_hash FROM account WHERE id = \(id)").map(Credentials.init(row:))
    }

    /// The account, locked until the transaction ends.
    static func locked(_ id: AccountID, in tx: WriteTransaction) throws -> Credentials? {
        try tx.first("SELECT \(columns), password_hash FROM account WHERE id = \(id)\(SQL.forUpdate)")
            .map(Credentials.init(row:))
    }

    /// - Returns: false when the login is taken.
    static func insert(_ account: Account, _ hash: PasswordHash, in tx: WriteTransaction) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO account (id, login, name, password_hash, state, locale, created_at, password_set_at)
            VALUES (\(account.id), \(account.login.text), \(account.name), \(hash), \(account.state),
                \(account.language?.rawValue), \(account.createdAt), \(account.createdAt))
            ON CONFLICT (login) DO NOTHING
            """) == 1
    }

    /// Keeps the same password under a newer hash.
    static func renew(_ id: AccountID, _ hash: PasswordHash, in tx: WriteTransaction) throws {
        try tx.enqueue("UPDATE account SET password_hash = \(hash) WHERE id = \(id)")
    }

    static func setPassword(_ id: AccountID, _ hash: PasswordHash, at now: Instant, in tx: WriteTransaction) throws {
        try tx.enqueue("UPDATE account SET password_hash = \(hash), password_set_at = \(now) WHERE id = \(id)")
    }

    static func setState(_ id: AccountID, _ state: Account.State, in tx: WriteTransaction) throws {
        tx.outdate(SessionStore.mark)
        try tx.enqueue("UPDATE account SET state = \(state) WHERE id = \(id)")
    }
}

extension AccountStore.Credentials {
    fileprivate init(row: Row) throws {
        self.init(account: try Account(row: row), hash: try row.get("password_hash"))
    }
}

extension Account {
    fileprivate init(row: Row) throws {
        let text: String = try row.get("login")
        guard let login = Login(text) else { throw StorageError(.decoding, "an account's login is malformed") }
        let locale: String? = try row.get(optional: "locale")
        self.init(
            id: try row.get("id"), login: login, name: try row.get("name"), state: try row.get("state"),
            language: locale.flatMap(Language.init(rawValue:)), createdAt: try row.get("created_at"))
    }
}
