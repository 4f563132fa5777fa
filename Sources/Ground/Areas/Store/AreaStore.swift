public import Domain
public import Storage
import Web

/// The table of areas. Requests ask `AreaDirectory`; this is for filling it and for changing the tree.
public enum AreaStore {
    private static let columns: SQL =
        "id, parent_id, code, name_zh, name_en, letters, valid_from, valid_to, successor_id"

    public static func area(_ id: AreaID, in tx: ReadTransaction) throws -> Area? {
        try tx.first("SELECT \(columns) FROM area WHERE id = \(id)").map(Area.init(row:))
    }

    public static func areas(_ ids: some Sequence<AreaID>, in tx: ReadTransaction) throws -> [Area] {
        try tx.rows("SELECT \(columns) FROM area WHERE id \(in: ids) ORDER BY code, id").map(Area.init(row:))
    }

    /// The areas of these codes that have not ended.
    public static func current(codes: some Sequence<AreaCode>, in tx: ReadTransaction) throws -> [Area] {
        let codes = codes.map(\.digits)
        return try tx.rows(
            "SELECT \(columns) FROM area WHERE code \(in: codes) AND valid_to IS NULL ORDER BY code"
        ).map(Area.init(row:))
    }

    /// All that have had this path, the one in force first.
    public static func areas(path: String, in tx: ReadTransaction) throws -> [Area] {
        try tx.rows(
            "SELECT \(columns) FROM area WHERE path = \(path) ORDER BY CASE WHEN valid_to IS NULL THEN 0 ELSE 1 END, valid_from DESC"
        ).map(Area.init(row:))
    }

    public static func children(of id: AreaID, in tx: ReadTransaction) throws -> [Area] {
        try tx.rows("SELECT \(columns) FROM area WHERE parent_id = \(id) ORDER BY code, id").map(Area.init(row:))
    }

    /// The areas above, nearest first, in one statement.
    public static func ancestors(of id: AreaID, in tx: ReadTransaction) throws -> [Area] {
        try tx.rows(
            """
            WITH RECURSIVE above (id, parent_id, code, name_zh, name_en, letters, valid_from, valid_to, successor_id) AS (
                SELECT p.id, p.parent_id, p.code, p.name_zh, p.name_en, p.letters, p.valid_from, p.valid_to, p.successor_id
                FROM area c JOIN area p ON p.id = c.parent_id WHERE c.id = \(id)
                UNION ALL
                SELECT p.id, p.parent_id, p.code, p.name_zh, p.name_en, p.letters, p.valid_from, p.valid_to, p.successor_id
                FROM above c JOIN area p ON p.id = c.parent_id
            )
            SELECT \(columns) FROM above ORDER BY code DESC
            """
        ).map(Area.init(row:))
    }

    public static func all(in tx: ReadTransaction) throws -> [Area] {
        try tx.rows("SELECT \(columns) FROM area").map(Area.init(row:))
    }

    public static func revision(in tx: ReadTransaction) throws -> Int64 {
        guard let row = try tx.first("SELECT revision FROM area_revision WHERE id = 1") else { return 0 }
        return try row.get("revision")
    }

    /// Keeps other writers of the tree out until the transaction ends. The first statement of every change.
    static func lock(in tx: WriteTransaction) throws {
        _ = try tx.first("SELECT revision FROM area_revision WHERE id = 1\(SQL.forUpdate)")
    }

    /// Tells all nodes to read the tree again.
    static func markChanged(in tx: WriteTransaction) throws {
        try tx.enqueue("UPDATE area_revision SET revision = revision + 1 WHERE id = 1")
    }

    static func insert(_ area: Area, in tx: WriteTransaction) throws {
        try tx.enqueue(
            """
            INSERT INTO area (id, parent_id, level, code, path, name_zh, name_en, letters, valid_from, valid_to, successor_id)
            VALUES (\(area.id), \(area.parent), \(area.level), \(area.code.digits), \(area.path), \(area.name.chinese),
                \(area.name.english), \(area.letters), \(area.validFrom), \(area.validTo), \(area.successor))
            """)
    }

    /// Corrects names and letters of an area in force.
    static func rename(_ id: AreaID, to name: LocalizedName, letters: String?, in tx: WriteTransaction) throws {
        try tx.enqueue(
            """
            UPDATE area SET name_zh = \(name.chinese), name_en = \(name.english), letters = \(letters) WHERE id = \(id)
            """)
    }
}

extension Area {
    fileprivate init(row: Row) throws {
        let code: String = try row.get("code")
        guard let division = AreaCode(code) else {
            throw StorageError(.decoding, "area code \(code) has a wrong length")
        }
        self.init(
            id: try row.get("id"), parent: try row.get(optional: "parent_id"), code: division,
            name: LocalizedName(chinese: try row.get("name_zh"), english: try row.get("name_en")),
            letters: try row.get(optional: "letters"), validFrom: try row.get("valid_from"),
            validTo: try row.get(optional: "valid_to"), successor: try row.get(optional: "successor_id"))
    }
}
