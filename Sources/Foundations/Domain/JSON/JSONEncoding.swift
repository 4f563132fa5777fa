/// What a value writes itself to.
struct JSONEncoding: Encoder {
    let output: JSONOutput
    /// The objects and arrays around the value.
    let depth: Int

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy _: Key.Type) -> KeyedEncodingContainer<Key> {
        // Asked again, as by a class after its superclass, it is the same object.
        if output.depth == depth { output.beginObject() }
        return KeyedEncodingContainer(JSONObject<Key>(output: output, depth: depth + 1))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if output.depth == depth { output.beginArray() }
        return JSONArray(output: output, depth: depth + 1)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension JSONEncoding: SingleValueEncodingContainer {
    func encodeNil() { output.append("null") }
    func encode(_ value: Bool) { output.append(value ? "true" : "false") }
    func encode(_ value: String) { output.append(quoted: value) }
    func encode(_ value: Double) throws { try output.append(value) }
    func encode(_ value: Float) throws { try output.append(Double(value)) }
    func encode(_ value: Int) { output.append(String(value)) }
    func encode(_ value: Int8) { output.append(String(value)) }
    func encode(_ value: Int16) { output.append(String(value)) }
    func encode(_ value: Int32) { output.append(String(value)) }
    func encode(_ value: Int64) { output.append(String(value)) }
    func encode(_ value: UInt) { output.append(String(value)) }
    func encode(_ value: UInt8) { output.append(String(value)) }
    func encode(_ value: UInt16) { output.append(String(value)) }
    func encode(_ value: UInt32) { output.append(String(value)) }
    func encode(_ value: UInt64) { output.append(String(value)) }
    func encode(_ value: some Encodable) throws { try value.encode(to: self) }
}

/// The members of an object.
private struct JSONObject<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let output: JSONOutput
    let depth: Int

    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) {
        output.next(at: depth, key: key)
        output.append("null")
    }

    func encode(_ value: String, forKey key: Key) {
        output.next(at: depth, key: key)
        output.append(quoted: value)
    }

    func encode(_ value: some Encodable, forKey key: Key) throws {
        output.next(at: depth, key: key)
        try output.append(value)
    }

    func nestedContainer<Inner: CodingKey>(keyedBy _: Inner.Type, forKey key: Key) -> KeyedEncodingContainer<Inner> {
        output.next(at: depth, key: key)
        return JSONEncoding(output: output, depth: depth).container(keyedBy: Inner.self)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        output.next(at: depth, key: key)
        return JSONEncoding(output: output, depth: depth).unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        output.next(at: depth, key: SuperKey())
        return JSONEncoding(output: output, depth: depth)
    }

    func superEncoder(forKey key: Key) -> any Encoder {
        output.next(at: depth, key: key)
        return JSONEncoding(output: output, depth: depth)
    }
}

/// The elements of an array.
private struct JSONArray: UnkeyedEncodingContainer {
    let output: JSONOutput
    let depth: Int
    private(set) var count = 0

    init(output: JSONOutput, depth: Int) {
        self.output = output
        self.depth = depth
    }

    var codingPath: [any CodingKey] { [] }

    private mutating func next() {
        output.next(at: depth)
        count += 1
    }

    mutating func encodeNil() {
        next()
        output.append("null")
    }

    mutating func encode(_ value: String) {
        next()
        output.append(quoted: value)
    }

    mutating func encode(_ value: some Encodable) throws {
        next()
        try output.append(value)
    }

    mutating func nestedContainer<Inner: CodingKey>(keyedBy _: Inner.Type) -> KeyedEncodingContainer<Inner> {
        next()
        return JSONEncoding(output: output, depth: depth).container(keyedBy: Inner.self)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        next()
        return JSONEncoding(output: output, depth: depth).unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder {
        next()
        return JSONEncoding(output: output, depth: depth)
    }
}

/// The key that `superEncoder()` is said to use.
private struct SuperKey: CodingKey {
    var stringValue: String { "super" }
    var intValue: Int? { nil }

    init() {}
    init?(stringValue: String) { nil }
    init?(intValue: Int) { nil }
}
