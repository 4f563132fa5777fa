/// A link to a page of this server: made by `RoutePath`, never from text of a person.
public struct URLPath: Sendable, Hashable {
    /// Visible ASCII characters; starts with exactly one slash, or with `#` for a place on the same page.
    public let text: String

    init(path: String, query: KeyValuePairs<String, String?>) {
        // An empty first place would make `//…`, which browsers read as a host.
        var text = "/" + path.drop { $0 == "/" }
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

    /// A way back that a request carried: taken only if it stays on this server (no scheme, no host, no `//`) and
    /// fits into a header and into 1,024 bytes.
    public init?(sameSite text: String) {
        guard text.hasPrefix("/"), !text.hasPrefix("//"), text.utf8.count <= 1024,
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

    /// A place on the same page that is named by a code.
    static func here(anchor: String) -> URLPath {
        URLPath(text: "#" + percentEncoded(anchor))
    }

    /// The same link with a place that is named by a code.
    func at(anchor: String) -> URLPath {
        URLPath(text: text + "#" + percentEncoded(anchor))
    }
}
