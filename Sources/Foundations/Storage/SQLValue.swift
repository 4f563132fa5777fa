public import Domain

/// The column types that both engines share.
public enum SQLType: Hashable, Sendable {
    /// A UUID: `BLOB` of 16 bytes on SQLite, `uuid` on PostgreSQL.
    case id
    case int
    case real
    case text
    case bytes
    case bool
}

/// One value on its way into or out of the database.
public enum SQLValue: Hashable, Sendable {
    /// Typed, because PostgreSQL wants to know what is absent.
    case null(SQLType)
    case id(UUIDValue)
    case int(Int64)
    case real(Double)
    case text(String)
    case bytes([UInt8])
    case bool(Bool)

    public var isNull: Bool {
        if case .null = self { true } else { false }
    }
}

/// A Swift value that has a place in a column.
public protocol SQLConvertible: Sendable {
    static var sqlType: SQLType { get }
    var sqlValue: SQLValue { get }
    /// `nil` when the value is of another type.
    init?(sqlValue: SQLValue)
}

extension String: SQLConvertible {
    public static var sqlType: SQLType { .text }
    public var sqlValue: SQLValue { .text(self) }
    public init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue else { return nil }
        self = text
    }
}

extension Int64: SQLConvertible {
    public static var sqlType: SQLType { .int }
    public var sqlValue: SQLValue { .int(self) }
    public init?(sqlValue: SQLValue) {
        guard case .int(let number) = sqlValue else { return nil }
        self = number
    }
}

extension Int: SQLConvertible {
    public static var sqlType: SQLType { .int }
    public var sqlValue: SQLValue { .int(Int64(self)) }
    public init?(sqlValue: SQLValue) {
        guard case .int(let number) = sqlValue else { return nil }
        self.init(exactly: number)
    }
}

extension Double: SQLConvertible {
    public static var sqlType: SQLType { .real }
    public var sqlValue: SQLValue { .real(self) }
    public init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .real(let number): self = number
        case .int(let number): self = Double(number)
        default: return nil
        }
    }
}

extension Bool: SQLConvertible {
    public static var sqlType: SQLType { .bool }
    public var sqlValue: SQLValue { .bool(self) }
    public init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .bool(let flag): self = flag
        case .int(let number): self = number != 0  // SQLite keeps 0 and 1
        default: return nil
        }
    }
}

extension Array: SQLConvertible where Element == UInt8 {
    public static var sqlType: SQLType { .bytes }
    public var sqlValue: SQLValue { .bytes(self) }
    public init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .bytes(let bytes): self = bytes
        case .id(let uuid): self = uuid.bytes  // SQLite cannot tell 16 bytes from an id
        default: return nil
        }
    }
}

extension UUIDValue: SQLConvertible {
    public static var sqlType: SQLType { .id }
    public var sqlValue: SQLValue { .id(self) }
    public init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .id(let uuid): self = uuid
        case .bytes(let bytes): self.init(bytes: bytes)  // SQLite keeps a BLOB
        default: return nil
        }
    }
}

extension ID: SQLConvertible {
    public static var sqlType: SQLType { .id }
    public var sqlValue: SQLValue { .id(uuid) }
    public init?(sqlValue: SQLValue) {
        guard let uuid = UUIDValue(sqlValue: sqlValue) else { return nil }
        self.init(uuid)
    }
}

extension Instant: SQLConvertible {
    public static var sqlType: SQLType { .int }
    public var sqlValue: SQLValue { .int(milliseconds) }
    public init?(sqlValue: SQLValue) {
        guard case .int(let number) = sqlValue else { return nil }
        self.init(milliseconds: number)
    }
}

extension LocalDay: SQLConvertible {
    public static var sqlType: SQLType { .int }
    public var sqlValue: SQLValue { .int(Int64(number)) }
    public init?(sqlValue: SQLValue) {
        guard case .int(let number) = sqlValue else { return nil }
        self.init(number: Int(number))
    }
}

/// Enums with a stable code keep that code: `enum TaskState: String, SQLConvertible`.
extension SQLConvertible where Self: RawRepresentable, RawValue: SQLConvertible {
    public static var sqlType: SQLType { RawValue.sqlType }
    public var sqlValue: SQLValue { rawValue.sqlValue }
    public init?(sqlValue: SQLValue) {
        guard let raw = RawValue(sqlValue: sqlValue) else { return nil }
        self.init(rawValue: raw)
    }
}
