/// A statement or a part of one. Interpolation binds a value; text can only come from source code,
/// because literal segments are `StaticString`.
///
/// ```swift
/// let query: SQL = "SELECT id FROM report WHERE state = \(state) AND id \(in: ids)"
/// ```
public struct SQL: Sendable, ExpressibleByStringInterpolation {
    enum Segment: Sendable {
        case text(StaticString)
        case value(SQLValue)
        case list([SQLValue], SQLType)
        case perDialect(sqlite: SQL, postgres: SQL)
    }

    var segments: [Segment]

    public init(stringLiteral text: StaticString) {
        segments = [.text(text)]
    }

    public init(stringInterpolation: StringInterpolation) {
        segments = stringInterpolation.segments
    }

    init(segments: [Segment]) {
        self.segments = segments
    }

    public static func + (left: SQL, right: SQL) -> SQL {
        SQL(segments: left.segments + right.segments)
    }

    /// A part that differs between the engines. Used for the few real differences only.
    public static func perDialect(sqlite: SQL, postgres: SQL) -> SQL {
        SQL(segments: [.perDialect(sqlite: sqlite, postgres: postgres)])
    }

    /// Locks the rows read until the transaction ends. SQLite has one writer and needs no lock.
    public static let forUpdate = SQL.perDialect(sqlite: "", postgres: " FOR UPDATE")
    /// Locks the rows read and leaves out rows that somebody else has locked.
    public static let forUpdateSkipLocked = SQL.perDialect(sqlite: "", postgres: " FOR UPDATE SKIP LOCKED")

    public struct StringInterpolation: StringInterpolationProtocol {
        var segments: [Segment] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            segments.reserveCapacity(interpolationCount * 2 + 1)
        }

        public mutating func appendLiteral(_ literal: StaticString) {
            if literal.utf8CodeUnitCount > 0 { segments.append(.text(literal)) }
        }

        public mutating func appendInterpolation<Value: SQLConvertible>(_ value: Value) {
            segments.append(.value(value.sqlValue))
        }

        public mutating func appendInterpolation<Value: SQLConvertible>(_ value: Value?) {
            segments.append(.value(value?.sqlValue ?? .null(Value.sqlType)))
        }

        /// `column \(in: values)`: true when the column equals one of them. An empty list is never true.
        public mutating func appendInterpolation<Value: SQLConvertible>(in values: some Sequence<Value>) {
            segments.append(.list(values.map(\.sqlValue), Value.sqlType))
        }

        public mutating func appendInterpolation(_ fragment: SQL) {
            segments.append(contentsOf: fragment.segments)
        }
    }
}

/// Which engine a statement is written for.
public enum Dialect: Hashable, Sendable {
    case sqlite
    case postgres
}

/// A statement as an engine takes it: text with placeholders, and the values in their order.
public struct Statement: Sendable {
    public let text: String
    public let values: [Parameter]

    /// A bound value. A list is one parameter (an array) on PostgreSQL; SQLite gets its elements one by one.
    public enum Parameter: Sendable {
        case value(SQLValue)
        case array([SQLValue], of: SQLType)
    }
}

extension SQL {
    /// Writes the statement for an engine.
    ///
    /// On SQLite a list becomes `IN (?, ?, …)`, padded with repeats of its last element to the next power of two,
    /// so that a handful of prepared statements serves lists of all lengths. On PostgreSQL it is `= ANY($n)`.
    public func statement(for dialect: Dialect) -> Statement {
        var writer = StatementWriter(dialect: dialect, segments: segments.count)
        writer.append(self)
        return Statement(text: String(decoding: writer.text, as: UTF8.self), values: writer.values)
    }
}

/// Puts text and values of a statement together. The text is bytes until it is whole: appending to a `String` bit by bit
/// took longer than running a small statement.
private struct StatementWriter {
    let dialect: Dialect
    private(set) var text: [UInt8] = []
    private(set) var values: [Statement.Parameter] = []

    init(dialect: Dialect, segments: Int) {
        self.dialect = dialect
        text.reserveCapacity(512)
        values.reserveCapacity(segments / 2 + 1)
    }

    mutating func append(_ sql: SQL) {
        for segment in sql.segments {
            switch segment {
            case .text(let literal): write(literal)
            case .perDialect(let sqlite, let postgres): append(dialect == .sqlite ? sqlite : postgres)
            case .value(let value):
                values.append(.value(value))
                appendPlaceholder()
            case .list(let elements, let type): append(elements, of: type)
            }
        }
    }

    private mutating func append(_ elements: [SQLValue], of type: SQLType) {
        switch dialect {
        case .postgres:
            values.append(.array(elements, of: type))
            write("= ANY(")
            appendPlaceholder()
            write(")")
        case .sqlite:
            let elements = elements.isEmpty ? [.null(type)] : elements
            var count = 1
            while count < elements.count { count *= 2 }
            write("IN (?")
            for _ in 1..<count { write(", ?") }
            write(")")
            for index in 0..<count { values.append(.value(elements[min(index, elements.count - 1)])) }
        }
    }

    /// Of the value appended last.
    private mutating func appendPlaceholder() {
        switch dialect {
        case .sqlite: write("?")
        case .postgres:
            write("$")
            text.append(contentsOf: String(values.count).utf8)
        }
    }

    private mutating func write(_ literal: StaticString) {
        literal.withUTF8Buffer { text.append(contentsOf: $0) }
    }
}
