public import Domain

/// The kind of a JSON value, as much of it as answers of Linli need.
public indirect enum Schema: Sendable, Hashable {
    public enum Format: String, Sendable, Hashable {
        /// A moment in ISO 8601 with its offset.
        case moment = "date-time"
        case day = "date"
        case uuid
    }

    case text(Format?)
    /// One of these texts.
    case choice([String])
    case integer
    case number
    case flag
    case list(of: Schema)
    /// An object whose member names are data.
    case map(of: Schema)
    /// An object with known members, by the name of its shape.
    case shape(String)
}

/// An object with known members.
public struct Shape: Sendable, Hashable {
    public struct Member: Sendable, Hashable {
        public let name: String
        public let schema: Schema
        /// Absent when there is nothing to say; never `null`.
        public let isOptional: Bool
    }

    public let name: String
    /// In the order of the source.
    public let members: [Member]
}

/// What an endpoint answers. Its shape is read from the type itself, by the decoder that the compiler writes beside the
/// encoder: neither can name a member that the other does not know.
///
/// Write `JSONAnswer` for the outermost type and `Codable, Sendable` for what stands inside. A text whose name is `at`
/// or ends in `At` is a moment, one that ends in `On` a day.
public protocol JSONAnswer: Codable, Sendable {}

/// A type that is no object in JSON and says what it is instead.
public protocol SchemaGiving: Decodable {
    static func schema(in reading: ShapeReading) throws -> Schema
    /// Any value: reading a shape makes one of each type.
    static func sample(in reading: ShapeReading) throws -> Self
}

extension String: SchemaGiving {
    public static func schema(in _: ShapeReading) -> Schema { .text(nil) }
    public static func sample(in _: ShapeReading) -> String { "" }
}

extension Bool: SchemaGiving {
    public static func schema(in _: ShapeReading) -> Schema { .flag }
    public static func sample(in _: ShapeReading) -> Bool { false }
}

extension Int: SchemaGiving {
    public static func schema(in _: ShapeReading) -> Schema { .integer }
    public static func sample(in _: ShapeReading) -> Int { 0 }
}

extension Int64: SchemaGiving {
    public static func schema(in _: ShapeReading) -> Schema { .integer }
    public static func sample(in _: ShapeReading) -> Int64 { 0 }
}

extension Double: SchemaGiving {
    public static func schema(in _: ShapeReading) -> Schema { .number }
    public static func sample(in _: ShapeReading) -> Double { 0 }
}

extension UUIDValue: SchemaGiving {
    public static func schema(in _: ShapeReading) -> Schema { .text(.uuid) }
    public static func sample(in _: ShapeReading) -> UUIDValue { UUIDValue(high: 0, low: 0) }
}

extension ID: SchemaGiving {
    public static func schema(in _: ShapeReading) -> Schema { .text(.uuid) }
    public static func sample(in _: ShapeReading) -> ID { ID(UUIDValue(high: 0, low: 0)) }
}

extension Array: SchemaGiving where Element: Decodable {
    public static func schema(in reading: ShapeReading) throws -> Schema {
        .list(of: try reading.read(Element.self).schema)
    }
    public static func sample(in _: ShapeReading) -> [Element] { [] }
}

extension Dictionary: SchemaGiving where Key == String, Value: Decodable {
    public static func schema(in reading: ShapeReading) throws -> Schema {
        .map(of: try reading.read(Value.self).schema)
    }
    public static func sample(in _: ShapeReading) -> [String: Value] { [:] }
}
