/// Reads JSON by RFC 8259, and nothing that is only nearly JSON.
///
/// `JSONDecoder` wants to know the types beforehand. A `JSONValue` has to guess them, each wrong guess is an error made
/// and thrown away, and a report of four hundred characters took as long to read as to store.
struct JSONReader {
    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func document() throws(RequestRefused) -> JSONValue {
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw .badJSON }
        return value
    }

    private mutating func value() throws(RequestRefused) -> JSONValue {
        skipSpace()
        guard let first = next else { throw .badJSON }
        switch first {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return .object(try nested { reader throws(RequestRefused) in try reader.members() })
        case UInt8(ascii: "["): return .array(try nested { reader throws(RequestRefused) in try reader.elements() })
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: throw .badJSON
        }
    }

    // MARK: Objects and arrays

    private mutating func nested<Value>(
        _ read: (inout JSONReader) throws(RequestRefused) -> Value
    ) throws(RequestRefused) -> Value {
        depth += 1
        guard depth <= JSONValue.maximumDepth else { throw .badJSON }
        defer { depth -= 1 }
        position += 1
        return try read(&self)
    }

    private mutating func members() throws(RequestRefused) -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        skipSpace()
        if take(UInt8(ascii: "}")) { return members }
        repeat {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw .badJSON }
            let name = try string()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw .badJSON }
            // Of two values for one name, one would be lost without anybody being told.
            guard members.updateValue(try value(), forKey: name) == nil else { throw .badJSON }
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "}")) else { throw .badJSON }
        return members
    }

    private mutating func elements() throws(RequestRefused) -> [JSONValue] {
        var elements: [JSONValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return elements }
        repeat {
            elements.append(try value())
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(UInt8(ascii: "]")) else { throw .badJSON }
        return elements
    }

    // MARK: Strings

    /// Most strings hold no escapes and are taken over in one piece.
    private mutating func string() throws(RequestRefused) -> String {
        position += 1
        let start = position
        while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
        if next == UInt8(ascii: "\"") {
            defer { position += 1 }
            return try text(bytes[start..<position])
        }
        var content = Array(bytes[start..<position])
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return try text(content[...])
            case UInt8(ascii: "\\"): try escape(into: &content)
            case ..<0x20: throw .badJSON
            default: content.append(byte)
            }
        }
        throw .badJSON
    }

    private func text(_ utf8: ArraySlice<UInt8>) throws(RequestRefused) -> String {
        guard let text = String(validating: utf8, as: UTF8.self) else { throw .badJSON }
        return text
    }

    private mutating func escape(into content: inout [UInt8]) throws(RequestRefused) {
        guard let byte = next else { throw .badJSON }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
        case UInt8(ascii: "b"): content.append(0x08)
        case UInt8(ascii: "f"): content.append(0x0C)
        case UInt8(ascii: "n"): content.append(0x0A)
        case UInt8(ascii: "r"): content.append(0x0D)
        case UInt8(ascii: "t"): content.append(0x09)
        case UInt8(ascii: "u"): content.append(contentsOf: try scalar().utf8)
        default: throw .badJSON
        }
    }

    /// The character behind `\u`, of two halves when it lies above U+FFFF. Half a pair is no character.
    private mutating func scalar() throws(RequestRefused) -> Unicode.Scalar {
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard (0xD800..<0xDC00).contains(first), take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
            throw .badJSON
        }
        let second = try codeUnit()
        guard (0xDC00..<0xE000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw .badJSON }
        return scalar
    }

    private mutating func codeUnit() throws(RequestRefused) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw .badJSON }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }

    // MARK: Numbers and words

    private mutating func number() throws(RequestRefused) -> JSONValue {
        let start = position
        var isWhole = true
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) {
            isWhole = false
            try digits()
        }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            isWhole = false
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole, let integer = Int64(text) { return .integer(integer) }
        guard let number = Double(text), number.isFinite else { throw .badJSON }
        return .number(number)
    }

    /// At least one.
    private mutating func digits() throws(RequestRefused) {
        let start = position
        while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        guard position > start else { throw .badJSON }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(RequestRefused) -> JSONValue {
        let end = position + word.utf8CodeUnitCount
        guard end <= bytes.count, word.withUTF8Buffer({ bytes[position..<end].elementsEqual($0) }) else {
            throw .badJSON
        }
        position = end
        return value
    }

    // MARK: Bytes

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }
}
