public import Domain

/// A table whose rows are written once and never changed, and that has a column `id`: what an audit chain seals.
///
/// It is read by id and column by column, without the types of its module: a row that somebody has tampered with must
/// be found, and not fail to be read.
public struct AppendOnlyTable: Sendable {
    public struct Column: Sendable {
        public let name: StaticString
        public let type: SQLType

        public init(_ name: StaticString, _ type: SQLType) {
            self.name = name
            self.type = type
        }
    }

    public let name: StaticString
    /// All columns, in the order in which they are sealed. A new one goes to the end and may be NULL, so that the rows
    /// from before it keep their digests.
    public let columns: [Column]

    public init(_ name: StaticString, _ columns: [Column]) {
        self.name = name
        self.columns = columns
    }

    private var table: SQL { SQL(stringLiteral: name) }

    /// The next ids after one, in their order.
    public func ids(after: UUIDValue, limit: Int, in tx: ReadTransaction) throws -> [UUIDValue] {
        try tx.rows("SELECT id FROM \(table) WHERE id > \(after) ORDER BY id LIMIT \(limit)").map { try $0.get("id") }
    }

    /// Those of the rows that are there.
    public func rows(_ ids: [UUIDValue], in tx: ReadTransaction) throws -> [UUIDValue: Row] {
        guard !ids.isEmpty else { return [:] }
        var list: SQL = ""
        for (index, column) in columns.enumerated() {
            list = list + (index == 0 ? "" : ", ") + SQL(stringLiteral: column.name)
        }
        let rows = try tx.rows("SELECT \(list) FROM \(table) WHERE id \(in: ids)")
        return try rows.reduce(into: [:]) { found, row in found[try row.get("id")] = row }
    }

    /// The bytes that stand for a row, the same on both engines (docs/adr/009-audit-chain.md).
    ///
    /// The table's name, then for each column that is not NULL its name, a letter for its type, and its value. Lengths
    /// go before names, texts and bytes; all numbers are big-endian.
    public func canonicalBytes(of row: Row) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        bytes.appendShort(name.description)
        for (column, value) in zip(columns, row.values) where !value.isNull {
            bytes.appendShort(column.name.description)
            bytes.append(value, as: column.type)
        }
        return bytes
    }
}

extension [UInt8] {
    /// Eight bytes, the highest first.
    public mutating func appendNumber(_ number: Int64) {
        let bits = UInt64(bitPattern: number)
        for shift in stride(from: 56, through: 0, by: -8) { append(UInt8(truncatingIfNeeded: bits >> UInt64(shift))) }
    }

    /// A name with its length in one byte before it.
    public mutating func appendShort(_ text: String) {
        append(UInt8(clamping: text.utf8.count))
        append(contentsOf: text.utf8)
    }

    private mutating func appendLong(_ content: some Collection<UInt8>) {
        let count = UInt32(clamping: content.count)
        for shift in stride(from: 24, through: 0, by: -8) { append(UInt8(truncatingIfNeeded: count >> UInt32(shift))) }
        append(contentsOf: content)
    }

    /// SQLite cannot tell an id from bytes nor a flag from a number, so that the column's type decides where it can.
    fileprivate mutating func append(_ value: SQLValue, as type: SQLType) {
        func tag(_ letter: Character) { append(letter.asciiValue ?? 0) }
        switch (value, type) {
        case (.null, _): tag("-")
        case (.int(let number), .bool):
            tag("f")
            append(number == 0 ? 0 : 1)
        case (.bool(let flag), _):
            tag("f")
            append(flag ? 1 : 0)
        case (.id(let id), _):
            tag("u")
            append(contentsOf: id.bytes)
        case (.bytes(let content), .id) where content.count == 16:
            tag("u")
            append(contentsOf: content)
        case (.bytes(let content), _):
            tag("b")
            appendLong(content)
        case (.int(let number), _):
            tag("n")
            appendNumber(number)
        case (.real(let number), _):
            tag("r")
            appendNumber(Int64(bitPattern: number.bitPattern))
        case (.text(let text), _):
            tag("t")
            appendLong(text.utf8)
        }
    }
}
