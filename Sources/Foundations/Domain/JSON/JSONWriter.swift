/// Writes a value as JSON (RFC 8259) in one go, its members in the order in which its type names them.
///
/// `JSONEncoder` first builds a tree of objects and dictionaries of everything and sorts it; of a list of a hundred cases
/// it took nearly half of the time.
public enum JSONWriter {
    /// The document in UTF-8.
    /// - Throws: `EncodingError` for a number that is infinite or none, and whatever the value's own `encode` throws.
    public static func bytes(of value: some Encodable) throws -> [UInt8] {
        let output = JSONOutput()
        try output.append(value)
        return output.bytes
    }

    /// The document as a text.
    public static func text(of value: some Encodable) throws -> String {
        String(decoding: try bytes(of: value), as: UTF8.self)
    }
}

/// The document so far, with the objects and arrays that are still open.
///
/// Containers keep no bytes of their own: each knows how many were open when it was made, and whatever was opened inside
/// it is closed as soon as it goes on.
final class JSONOutput {
    private(set) var bytes: [UInt8] = []
    private var open: [Open] = []

    private struct Open {
        let end: UInt8
        var isEmpty = true
    }

    init() {
        bytes.reserveCapacity(512)
    }

    var depth: Int { open.count }

    // MARK: Values

    func append<Value: Encodable>(_ value: Value) throws {
        let start = bytes.count
        let depth = open.count
        try value.encode(to: JSONEncoding(output: self, depth: depth))
        close(to: depth)
        // A value that says nothing of itself is an object without members.
        if bytes.count == start { append("{}") }
    }

    func append(_ text: String) {
        var text = text
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    func append(quoted text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { text in
            var start = 0
            for (index, byte) in text.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
                bytes.append(contentsOf: text[start..<index])
                append(escaped: byte)
                start = index + 1
            }
            bytes.append(contentsOf: text[start...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    func append(_ number: Double) throws {
        guard number.isFinite else {
            throw EncodingError.invalidValue(
                number, EncodingError.Context(codingPath: [], debugDescription: "JSON has no \(number)"))
        }
        let text = number.description
        append(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
    }

    private func append(escaped byte: UInt8) {
        switch byte {
        case 0x22: append("\\\"")
        case 0x5C: append("\\\\")
        case 0x0A: append("\\n")
        case 0x0D: append("\\r")
        case 0x09: append("\\t")
        default: append(byte < 0x10 ? "\\u000\(String(byte, radix: 16))" : "\\u00\(String(byte, radix: 16))")
        }
    }

    // MARK: Objects and arrays

    func beginObject() { begin("{", end: "}") }
    func beginArray() { begin("[", end: "]") }

    private func begin(_ start: Unicode.Scalar, end: Unicode.Scalar) {
        bytes.append(UInt8(ascii: start))
        open.append(Open(end: UInt8(ascii: end)))
    }

    /// Makes room for the next element of the object or array that was opened as number `depth`.
    func next(at depth: Int) {
        close(to: depth)
        precondition(open.count == depth, "a container is written to after its end")
        if open[depth - 1].isEmpty { open[depth - 1].isEmpty = false } else { bytes.append(UInt8(ascii: ",")) }
    }

    func next(at depth: Int, key: some CodingKey) {
        next(at: depth)
        append(quoted: key.stringValue)
        bytes.append(UInt8(ascii: ":"))
    }

    func close(to depth: Int) {
        while open.count > depth { bytes.append(open.removeLast().end) }
    }
}
