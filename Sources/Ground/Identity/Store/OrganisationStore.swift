public import Domain
public import Storage
public import Web

/// The table of organisations.
public enum OrganisationStore {
    private static let columns: SQL = "id, code, kind, name_zh, name_en, area_id, valid_from, valid_to"

    public static func organisation(_ id: OrganisationID, in tx: ReadTransaction) throws -> Organisation? {
        try tx.first("SELECT \(columns) FROM organisation WHERE id = \(id)").map(Organisation.init(row:))
    }

    public static func organisation(code: String, in tx: ReadTransaction) throws -> Organisation? {
        try tx.first("SELECT \(columns) FROM organisation WHERE code = \(code)").map(Organisation.init(row:))
    }

    /// Those of these ids, ended ones too, in one statement.
    public static func organisations(
        _ ids: some Sequence<OrganisationID>, in tx: ReadTransaction
    ) throws -> [OrganisationID: Organisation] {
        let found = try tx.rows("SELECT \(columns) FROM organisation WHERE id \(in: ids)").map(Organisation.init(row:))
        return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Their names, in one statement; ended ones too.
    public static func names(
        of ids: some Sequence<OrganisationID>, in tx: ReadTransaction
    ) throws -> [OrganisationID: LocalizedName] {
        try organisations(ids, in: tx).mapValues(\.name)
    }

    /// All in force at that moment, by code.
    /// - Parameters:
    ///   - code: only those behind it; the next page of a list.
    ///   - limit: so many at most; `nil` for all.
    public static func valid(
        at moment: Instant, after code: String? = nil, limit: Int? = nil, in tx: ReadTransaction
    ) throws -> [Organisation] {
        let from: SQL = code.map { " AND code > \($0)" } ?? ""
        let most: SQL = limit.map { " LIMIT \($0)" } ?? ""
        return try tx.rows(
            """
            SELECT \(columns) FROM organisation
            WHERE valid_from <= \(moment) AND (valid_to IS NULL OR valid_to > \(moment))\(from) ORDER BY code\(most)
            """
        ).map(Organisation.init(row:))
    }

    /// - Returns: false when the code is taken.
    static func insert(_ organisation: Organisation, in tx: WriteTransaction) throws -> Bool {
        try tx.execute(
            """
            INSERT INTO organisation (id, code, kind, name_zh, name_en, area_id, valid_from, valid_to)
            VALUES (\(organisation.id), \(organisation.code), \(organisation.kind), \(organisation.name.chinese),
                \(organisation.name.english), \(organisation.area), \(organisation.validFrom), \(organisation.validTo))
            ON CONFLICT (code) DO NOTHING
            """) == 1
    }
}

extension Organisation {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row.get("id"), code: try row.get("code"), kind: try row.get("kind"),
            name: LocalizedName(chinese: try row.get("name_zh"), english: try row.get("name_en")),
            area: try row.get("area_id"), validFrom: try row.get("valid_from"),
            validTo: try row.get(optional: "valid_to"))
    }
}
