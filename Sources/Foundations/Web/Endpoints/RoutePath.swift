/// The path of an endpoint with named places: `/follow/{code}`.
/// The same value registers the route and makes its links, so that a link cannot drift.
public struct RoutePath: Sendable, Hashable, ExpressibleByStringLiteral {
    public let pattern: String

    public init(stringLiteral pattern: StaticString) {
        self.pattern = pattern.description
    }

    /// The names between braces, in their order.
    public var parameterNames: [String] {
        pattern.split(separator: "/").filter { $0.hasPrefix("{") && $0.hasSuffix("}") }
            .map { String($0.dropFirst().dropLast()) }
    }

    /// The link with its places filled in order and an optional query. Absent query values are left out.
    public func url(_ parameters: (any CustomStringConvertible)..., query: KeyValuePairs<String, String?> = [:]) -> URLPath {
        var remaining = parameters[...]
        let segments = pattern.split(separator: "/", omittingEmptySubsequences: false).map { segment -> String in
            guard segment.hasPrefix("{") else { return String(segment) }
            precondition(!remaining.isEmpty, "too few parameters for \(pattern)")
            return percentEncoded(remaining.removeFirst().description)
        }
        precondition(remaining.isEmpty, "too many parameters for \(pattern)")
        return URLPath(path: segments.joined(separator: "/"), query: query)
    }
}

/// A link to a page of this server: made by `RoutePath`, never from text of a person.
public struct URLPath: Sendable, Hashable {
    public let text: String

    init(path: String, query: KeyValuePairs<String, String?>) {
        var text = path
        var separator = "?"
        for (name, value) in query {
            guard let value else { continue }
            text += separator + percentEncoded(name) + "=" + percentEncoded(value)
            separator = "&"
        }
        self.text = text
    }

    private init(text: String) {
        self.text = text
    }

    /// A way back that a form carried: taken only if it stays on this server (no scheme, no host, no `//`).
    public init?(sameSite text: String) {
        guard text.hasPrefix("/"), !text.hasPrefix("//"), !text.hasPrefix("/\\"), text.utf8.count <= 1024,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
        else { return nil }
        self.text = text
    }

    /// A place on the same page: `#case`.
    public static func here(_ fragment: StaticString) -> URLPath {
        URLPath(text: "#" + fragment.description)
    }

    /// The same link with a place on the page: `#case`.
    public func at(_ fragment: StaticString) -> URLPath {
        URLPath(text: text + "#" + fragment.description)
    }
}

/// Everything but RFC 3986's unreserved characters becomes `%XX`.
func percentEncoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            result.unicodeScalars.append(Unicode.Scalar(byte))
        default:
            let digits = String(byte, radix: 16, uppercase: true)
            result += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
        }
    }
    return result
}

/// Reads `%XX` and, in forms and queries, `+`; `nil` when the bytes are not UTF-8.
func percentDecoded(_ text: some StringProtocol, plusIsSpace: Bool) -> String? {
    var bytes: [UInt8] = []
    var iterator = text.utf8.makeIterator()
    while let byte = iterator.next() {
        switch byte {
        case UInt8(ascii: "%"):
            guard let high = iterator.next(), let low = iterator.next(),
                let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
        case UInt8(ascii: "+") where plusIsSpace:
            bytes.append(UInt8(ascii: " "))
        default:
            bytes.append(byte)
        }
    }
    return String(validating: bytes, as: UTF8.self)
}
