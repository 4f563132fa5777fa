import Storage

/// Rows on their way into one table, many to a statement.
struct TableRows {
    private static let rowsPerStatement = 50

    private let head: SQL
    private var rows: [SQL] = []
    private(set) var count = 0
    private(set) var statements: [SQL] = []

    /// - Parameter head: `INSERT INTO … (…) VALUES `.
    init(_ head: SQL) {
        self.head = head
    }

    /// - Parameter row: `(…, …)`.
    mutating func add(_ row: SQL) {
        rows.append(row)
        count += 1
        if rows.count == Self.rowsPerStatement { flush() }
    }

    /// The last rows go one by one, so that the engine sees two statements only.
    mutating func finish() {
        let rest = rows
        rows = []
        for row in rest {
            rows = [row]
            flush()
        }
    }

    private mutating func flush() {
        var text = SQL.StringInterpolation(literalCapacity: 0, interpolationCount: rows.count * 12)
        text.appendInterpolation(head)
        for (index, row) in rows.enumerated() {
            if index > 0 { text.appendLiteral(", ") }
            text.appendInterpolation(row)
        }
        statements.append(SQL(stringInterpolation: text))
        rows = []
    }
}
