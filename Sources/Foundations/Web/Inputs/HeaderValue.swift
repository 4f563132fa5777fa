/// A header's value with parameters: `form-data; name="words"`, `text/html; charset=utf-8` (RFC 9110 §5.6.6).
struct HeaderValue: Hashable, Sendable {
    /// What stands before the first semicolon, in lower case.
    let value: String
    /// By name in lower case.
    let parameters: [String: String]

    /// `nil` when it is broken: a parameter without a value, twice the same parameter, a quote that does not end,
    /// control characters, or bytes that are not UTF-8.
    ///
    /// In a quoted text `\"` and `\\` stand for the quote and the backslash, as curl and mail programs write them. Any
    /// other backslash stands for itself, because browsers send file names with backslashes as they are.
    init?(_ bytes: some Collection<UInt8>) {
        var reader = Reader(Array(bytes))
        guard let value = reader.plain(until: UInt8(ascii: ";")), !value.isEmpty else { return nil }
        var parameters: [String: String] = [:]
        while reader.skip(UInt8(ascii: ";")) {
            reader.skipSpaces()
            guard let next = reader.next, next != UInt8(ascii: ";") else { continue }
            guard let name = reader.token()?.lowercased(), reader.skip(UInt8(ascii: "=")),
                let text = reader.next == UInt8(ascii: "\"") ? reader.quoted() : reader.token(),
                parameters.updateValue(text, forKey: name) == nil
            else { return nil }
            reader.skipSpaces()
        }
        guard reader.next == nil else { return nil }
        self.value = value.lowercased()
        self.parameters = parameters
    }

    init?(_ text: String?) {
        guard let text else { return nil }
        self.init(text.utf8)
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
        }

        var next: UInt8? { position < bytes.count ? bytes[position] : nil }

        mutating func skip(_ byte: UInt8) -> Bool {
            guard next == byte else { return false }
            position += 1
            return true
        }

        mutating func skipSpaces() {
            while let byte = next, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { position += 1 }
        }

        /// Visible ASCII up to `end`, without the spaces around it.
        mutating func plain(until end: UInt8) -> String? {
            skipSpaces()
            let start = position
            while let byte = next, byte > 0x20, byte < 0x7F, byte != end { position += 1 }
            let text = String(decoding: bytes[start..<position], as: UTF8.self)
            skipSpaces()
            return next == nil || next == end ? text : nil
        }

        mutating func token() -> String? {
            let start = position
            while let byte = next, isTokenCharacter(byte) { position += 1 }
            return position > start ? String(decoding: bytes[start..<position], as: UTF8.self) : nil
        }

        mutating func quoted() -> String? {
            guard skip(UInt8(ascii: "\"")) else { return nil }
            var text: [UInt8] = []
            while let byte = next {
                position += 1
                switch byte {
                case UInt8(ascii: "\""):
                    return String(validating: text, as: UTF8.self)
                case UInt8(ascii: "\\") where next == UInt8(ascii: "\"") || next == UInt8(ascii: "\\"):
                    text.append(bytes[position])
                    position += 1
                case 0..<0x20, 0x7F:
                    return nil
                default:
                    text.append(byte)
                }
            }
            return nil
        }
    }
}

/// RFC 9110 §5.6.2.
func isTokenCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
    default:
        "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
}
