/// Markup as an interpolated value: literal segments come from source code, interpolated text is escaped.
///
/// ```swift
/// let row: HTML = """
///   <li><a href="\(url)">\(title)</a></li>
///   """
/// ```
/// Attributes are always quoted in the literal. `Masked` values have no interpolation that shows them in clear.
public struct HTML: Sendable, ExpressibleByStringInterpolation {
    public private(set) var bytes: [UInt8]

    public init() {
        bytes = []
    }

    public init(stringLiteral text: StaticString) {
        bytes = []
        append(literal: text)
    }

    public init(stringInterpolation: StringInterpolation) {
        bytes = stringInterpolation.markup.bytes
    }

    /// Text with everything escaped.
    public init(text: String) {
        bytes = []
        append(escaping: text)
    }

    public var isEmpty: Bool { bytes.isEmpty }

    public var string: String { String(decoding: bytes, as: UTF8.self) }

    public static func + (left: HTML, right: HTML) -> HTML {
        var result = left
        result.bytes.append(contentsOf: right.bytes)
        return result
    }

    public static func += (left: inout HTML, right: HTML) {
        left.bytes.append(contentsOf: right.bytes)
    }

    mutating func append(literal: StaticString) {
        precondition(literal.hasPointerRepresentation, "a single scalar is no markup")
        literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Escapes for text and for quoted attribute values alike.
    mutating func append(escaping text: String) {
        var text = text
        text.withUTF8 { characters in
            // What lies between two escapes is copied as a whole.
            var start = 0
            for index in characters.indices {
                guard let entity = HTML.entity(characters[index]) else { continue }
                bytes.append(contentsOf: characters[start..<index])
                entity.withUTF8Buffer { bytes.append(contentsOf: $0) }
                start = index + 1
            }
            bytes.append(contentsOf: characters[start...])
        }
    }

    private static func entity(_ byte: UInt8) -> StaticString? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        var markup = HTML()

        public init(literalCapacity: Int, interpolationCount: Int) {
            markup.bytes.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        public mutating func appendLiteral(_ literal: StaticString) {
            if literal.utf8CodeUnitCount > 0 { markup.append(literal: literal) }
        }

        public mutating func appendInterpolation(_ text: String) {
            assert(!endsInURLAttribute, "a URL attribute takes a URLPath, not text")
            markup.append(escaping: text)
        }

        public mutating func appendInterpolation(_ text: Substring) {
            appendInterpolation(String(text))
        }

        public mutating func appendInterpolation(_ number: some BinaryInteger) {
            markup.append(escaping: String(number))
        }

        public mutating func appendInterpolation(_ markup: HTML) {
            self.markup += markup
        }

        public mutating func appendInterpolation(_ parts: some Sequence<HTML>) {
            for part in parts { markup += part }
        }

        /// A link within Linli.
        public mutating func appendInterpolation(_ url: URLPath) {
            markup.append(escaping: url.text)
        }

        /// A telephone link, `tel:…`: digits only.
        public mutating func appendInterpolation(telephone number: String) {
            markup.append(escaping: "tel:" + number.filter { $0.isASCII && ($0.isNumber || $0 == "+") })
        }

        /// Present only if there is something: `\(optional)`.
        public mutating func appendInterpolation(_ markup: HTML?) {
            if let markup { self.markup += markup }
        }

        /// A literal piece that depends on a condition: `<input\(" checked", if: chosen)>`.
        public mutating func appendInterpolation(_ literal: StaticString, if condition: Bool) {
            if condition { markup.append(literal: literal) }
        }

        private var endsInURLAttribute: Bool {
            let end = markup.bytes.suffix(9)
            return ["href=\"", "src=\"", "action=\""].contains {
                end.elementsEqual($0.utf8) || end.suffix($0.utf8.count).elementsEqual($0.utf8)
            }
        }
    }
}
