import Domain
import Storage

/// What somebody with the database's password can do to the trail.
enum Tampering {
    /// One cell of a table.
    struct Target: CustomStringConvertible, Sendable {
        let table: AppendOnlyTable
        let key: UUIDValue
        let column: AppendOnlyTable.Column
        let value: SQLValue

        var description: String { "\(table.name).\(column.name) of \(key)" }
    }

    /// Seals have a number and no id.
    static let seals = AppendOnlyTable(
        "audit_seal",
        [
            .init("number", .int), .init("source", .text), .init("record_id", .id), .init("digest", .bytes),
            .init("link", .bytes),
        ])
    static let head = AppendOnlyTable(
        "audit_head",
        [
            .init("number", .int), .init("link", .bytes), .init("at", .int), .init("key_id", .int),
            .init("signature", .bytes),
        ])

    private static func name(_ table: AppendOnlyTable) -> SQL { SQL(stringLiteral: table.name) }

    private static func row(_ target: Target, _ key: UUIDValue) -> SQL {
        switch target.table.name.description {
        case "audit_seal": "number = \(Int64(key.low))"
        case "audit_head": "chain = 1"
        default: "id = \(key)"
        }
    }

    /// Every cell of a table.
    static func targets(_ table: AppendOnlyTable, _ database: any Database) async throws -> [Target] {
        try await database.read { tx in
            try tx.rows("SELECT * FROM \(name(table))").flatMap { row -> [Target] in
                let key: UUIDValue =
                    switch table.name.description {
                    case "audit_head": UUIDValue(high: 0, low: 1)
                    // A step and its entry share an id, and each has a seal.
                    case "audit_seal": UUIDValue(high: 0, low: UInt64(try row.get("number", as: Int64.self)))
                    default: try row.get("id")
                    }
                return table.columns.compactMap { column in
                    guard let index = row.columns.names.firstIndex(of: column.name.description) else { return nil }
                    return Target(table: table, key: key, column: column, value: row.values[index])
                }
            }
        }
    }

    /// Changes the cell.
    /// - Returns: what puts it back.
    static func change(_ target: Target, _ database: any Database) async throws -> (@Sendable () async throws -> Void)?
    {
        let old = binding(target.value, target.column)
        let new = changed(target)
        let column = SQL(stringLiteral: target.column.name)
        var newKey = target.key
        if case .id(let id) = new, target.column.name.description == "id" { newKey = id }
        if case .int(let number) = new, target.table.name.description == "audit_seal" {
            newKey = UUIDValue(high: 0, low: UInt64(number))
        }
        let (before, after) = (row(target, target.key), row(target, newKey))
        let set = bound(new)
        do {
            let count = try await database.write { tx in
                try tx.execute("UPDATE \(name(target.table)) SET \(column) = \(set) WHERE \(before)")
            }
            guard count == 1 else { return nil }
        } catch let error as StorageError where error.kind == .constraint {
            // The database itself refuses it: a report that is not there.
            return nil
        }
        return {
            try await database.write { tx in
                _ = try tx.execute("UPDATE \(name(target.table)) SET \(column) = \(bound(old)) WHERE \(after)")
            }
        }
    }

    /// SQLite gives ids back as bytes.
    private static func binding(_ value: SQLValue, _ column: AppendOnlyTable.Column) -> SQLValue {
        if case .bytes(let bytes) = value, column.type == .id, let id = UUIDValue(bytes: bytes) { return .id(id) }
        if case .null = value { return .null(column.type) }
        return value
    }

    private static func bound(_ value: SQLValue) -> SQL {
        switch value {
        case .null(.id): "\(nil as UUIDValue?)"
        case .null(.int): "\(nil as Int64?)"
        case .null: "\(nil as String?)"
        case .id(let id): "\(id)"
        case .int(let number): "\(number)"
        case .text(let text): "\(text)"
        case .bytes(let bytes): "\(bytes)"
        case .bool(let flag): "\(flag)"
        case .real(let number): "\(number)"
        }
    }

    /// Another value that the table's constraints allow: one bit or one letter apart, or something where nothing was.
    private static func changed(_ target: Target) -> SQLValue {
        switch binding(target.value, target.column) {
        case .null(.id): .id(UUIDValue(high: 7, low: 7))
        case .null(.int): .int(7)
        case .null: .text("x")
        case .id(let id): .id(UUIDValue(high: id.high, low: id.low ^ 1))
        // Numbers and versions may not stand twice.
        case .int(let number): .int(number ^ 0x1000)
        case .text(let text) where target.column.name.description == "origin":
            .text(text == "person" ? "visitor" : "person")
        case .text(let text): .text(text.isEmpty ? "x" : text.dropLast() + (text.last == "x" ? "y" : "x"))
        case .bytes(let bytes): .bytes(bytes.dropLast() + [(bytes.last ?? 0) ^ 1])
        case .bool(let flag): .bool(!flag)
        case .real(let number): .real(number + 1)
        }
    }

    /// Removes a step or an audit entry.
    /// - Returns: what puts it back.
    static func remove(
        _ id: UUIDValue, fromSteps: Bool, _ database: any Database
    ) async throws -> @Sendable () async throws -> Void {
        try await database.write { tx in
            if fromSteps {
                try tx.execute("CREATE TABLE IF NOT EXISTS kept_step AS SELECT * FROM step WHERE 1 = 0")
                try tx.execute("INSERT INTO kept_step SELECT * FROM step WHERE id = \(id)")
                try tx.execute("DELETE FROM step WHERE id = \(id)")
            } else {
                try tx.execute("CREATE TABLE IF NOT EXISTS kept_entry AS SELECT * FROM audit_entry WHERE 1 = 0")
                try tx.execute("INSERT INTO kept_entry SELECT * FROM audit_entry WHERE id = \(id)")
                try tx.execute("DELETE FROM audit_entry WHERE id = \(id)")
            }
        }
        return {
            try await database.write { tx in
                if fromSteps {
                    try tx.execute("INSERT INTO step SELECT * FROM kept_step")
                    try tx.execute("DELETE FROM kept_step")
                } else {
                    try tx.execute("INSERT INTO audit_entry SELECT * FROM kept_entry")
                    try tx.execute("DELETE FROM kept_entry")
                }
            }
        }
    }
}
