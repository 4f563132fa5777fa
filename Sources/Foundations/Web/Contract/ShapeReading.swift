/// Finds out what a type looks like in JSON: runs its decoder on a document that has every member.
public final class ShapeReading {
    /// A type that cannot be described, and what to do about it.
    public struct Unreadable: Error, CustomStringConvertible {
        public let description: String
    }

    /// Every shape that was met, by name.
    public private(set) var shapes: [String: Shape] = [:]
    private var types: [String: any Any.Type] = [:]
    private var underWay: Set<String> = []

    public init() {}

    /// The schema of a type and a value of it; shapes that it consists of are added to `shapes`.
    /// - Throws: `Unreadable`.
    public func read<Value: Decodable>(_ type: Value.Type) throws -> (schema: Schema, sample: Value) {
        if let giving = type as? any SchemaGiving.Type {
            return (try giving.schema(in: self), try ShapeReading.cast(giving.sample(in: self), to: type))
        }
        if let enumeration = type as? any CaseIterable.Type {
            let cases = ShapeReading.cases(enumeration)
            let codes = cases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
            if let first = cases.first, !codes.isEmpty {
                return (.choice(codes), try ShapeReading.cast(first, to: type))
            }
        }
        return try readObject(type)
    }

    private static func cases<All: CaseIterable>(_: All.Type) -> [Any] { Array(All.allCases) }

    private static func cast<Value>(_ value: Any, to type: Value.Type) throws -> Value {
        guard let value = value as? Value else {
            throw Unreadable(description: "\(type) gives a sample of another type")
        }
        return value
    }

    private func readObject<Value: Decodable>(_ type: Value.Type) throws -> (Schema, Value) {
        let name = ShapeReading.name(of: type)
        guard underWay.insert(name).inserted else {
            throw Unreadable(description: "\(type) holds itself; extend it with SchemaGiving")
        }
        defer { underWay.remove(name) }
        let members = ShapeMembers(reading: self, owner: "\(type)")
        let sample = try type.init(from: ShapeDecoder(members: members))
        if let other = types[name], other != type {
            throw Unreadable(description: "\(type) and \(other) are both called \(name); rename one")
        }
        types[name] = type
        shapes[name] = Shape(name: name, members: members.all)
        return (.shape(name), sample)
    }

    /// `CaseJSON.Part` → `CasePart`, `ListJSON<ReportJSON>` → `ReportList`.
    static func name(of type: Any.Type) -> String {
        var full = String(reflecting: type)
        // Types inside a file are told apart by where they lie in memory.
        while let open = full.firstRange(of: "(unknown context at "),
            let close = full[open.upperBound...].firstRange(of: ").")
        {
            full.removeSubrange(open.lowerBound..<close.upperBound)
        }
        var parts = full.split { "<>, ".contains($0) }.map(part)
        // What a generic type holds comes first: a list of reports is a report list.
        if parts.count > 1 { parts.append(parts.removeFirst()) }
        return parts.joined()
    }

    /// The name of one type without module, place of declaration and the endings that only Swift needs.
    private static func part(_ text: Substring) -> String {
        text.split(separator: ".").dropFirst().filter { !$0.hasSuffix("API") }.map { word in
            word.hasSuffix("JSON") ? String(word.dropLast(4)) : String(word)
        }.joined()
    }
}

/// The members that a decoder asks for.
final class ShapeMembers {
    let reading: ShapeReading
    let owner: String
    private(set) var all: [Shape.Member] = []
    private var optional: Set<String> = []

    init(reading: ShapeReading, owner: String) {
        self.reading = reading
        self.owner = owner
    }

    /// The decoder has asked whether the member is `null`: it would do without.
    func mayBeAbsent(_ name: String) {
        optional.insert(name)
    }

    func value<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
        let (schema, sample) = try reading.read(type)
        all.append(
            Shape.Member(
                name: name, schema: ShapeMembers.sharpened(schema, name), isOptional: optional.contains(name)))
        return sample
    }

    /// Moments and days are texts in Swift; their names tell them.
    private static func sharpened(_ schema: Schema, _ name: String) -> Schema {
        guard schema == .text(nil) else { return schema }
        if name == "at" || name.hasSuffix("At") { return .text(.moment) }
        return name.hasSuffix("On") ? .text(.day) : schema
    }
}

/// Gives every member that it is asked for.
private struct ShapeDecoder: Decoder {
    let members: ShapeMembers
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy _: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(ShapeContainer<Key>(members: members))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw isNoObject }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { throw isNoObject }

    private var isNoObject: ShapeReading.Unreadable {
        .init(description: "\(members.owner) is no object in JSON; make it CaseIterable or extend it with SchemaGiving")
    }
}

private struct ShapeContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let members: ShapeMembers
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    func contains(_: Key) -> Bool { true }

    func decodeNil(forKey key: Key) -> Bool {
        members.mayBeAbsent(key.stringValue)
        return false
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try members.value(type, key.stringValue)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy _: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { throw byHand(key) }
    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw byHand(key) }
    func superDecoder() throws -> any Decoder { throw byHand(nil) }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw byHand(key) }

    private func byHand(_ key: Key?) -> ShapeReading.Unreadable {
        .init(
            description:
                "\(members.owner).\(key?.stringValue ?? "super") is decoded by hand; leave that to the compiler")
    }
}

// The protocol asks for each simple type by name.
extension ShapeContainer {
    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try members.value(type, key.stringValue) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try members.value(type, key.stringValue) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try members.value(type, key.stringValue) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try members.value(type, key.stringValue) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try members.value(type, key.stringValue) }
    func decode(_: Float.Type, forKey key: Key) throws -> Float { throw other(Float.self, key) }
    func decode(_: Int8.Type, forKey key: Key) throws -> Int8 { throw other(Int8.self, key) }
    func decode(_: Int16.Type, forKey key: Key) throws -> Int16 { throw other(Int16.self, key) }
    func decode(_: Int32.Type, forKey key: Key) throws -> Int32 { throw other(Int32.self, key) }
    func decode(_: UInt.Type, forKey key: Key) throws -> UInt { throw other(UInt.self, key) }
    func decode(_: UInt8.Type, forKey key: Key) throws -> UInt8 { throw other(UInt8.self, key) }
    func decode(_: UInt16.Type, forKey key: Key) throws -> UInt16 { throw other(UInt16.self, key) }
    func decode(_: UInt32.Type, forKey key: Key) throws -> UInt32 { throw other(UInt32.self, key) }
    func decode(_: UInt64.Type, forKey key: Key) throws -> UInt64 { throw other(UInt64.self, key) }

    private func other(_ type: Any.Type, _ key: Key) -> ShapeReading.Unreadable {
        .init(description: "\(members.owner).\(key.stringValue) is a \(type); answers have Int, Int64 and Double")
    }
}
