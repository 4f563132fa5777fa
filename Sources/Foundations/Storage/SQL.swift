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
        var text = ""
        text.reserveCapacity(256)
        var values: [Statement.Parameter] = []
        append(to: &text, &values, for: dialect)
        return Statement(text: text, values: values)
    }

    private func append(to text: inout String, _ values: inout [Statement.Parameter], for dialect: Dialect) {
        for segment in segments {
            switch segment {
            case .text(let literal):
                literal.withUTF8Buffer { text += String(decoding: $0, as: UTF8.self) }
            case .perDialect(let sqlite, let postgres):
                (dialect == .sqlite ? sqlite : postgres).append(to: &text, &values, for: dialect)
            case .value(let value):
                values.append(.value(value))
                text += dialect == .sqlite ? "?" : "$\(values.count)"
            case .list(let elements, let type):
                switch dialect {
                case .postgres:
                    values.append(.array(elements, of: type))
                    text += "= ANY($\(values.count))"
                case .sqlite:
                    let elements = elements.isEmpty ? [.null(type)] : elements
                    var count = 1
                    while count < elements.count { count *= 2 }
                    text += "IN (?" + String(repeating: ", ?", count: count - 1) + ")"
                    for index in 0..<count { values.append(.value(elements[min(index, elements.count - 1)])) }
                }
            }
        }
    }
}
