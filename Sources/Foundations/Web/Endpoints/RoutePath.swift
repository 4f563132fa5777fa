/// The path of an endpoint with named places: `/follow/{code}`.
/// The same value registers the route and makes its links, so that a link cannot drift.
public struct RoutePath: Sendable, Hashable, ExpressibleByStringLiteral {
    public let pattern: String
    /// The pattern cut at its slashes; the first one is what stands before the leading slash: nothing.
    private let segments: [Segment]

    private enum Segment: Sendable, Hashable {
        case fixed(String)
        case place(String)
    }

    public init(stringLiteral pattern: StaticString) {
        self.pattern = pattern.description
        self.segments = pattern.description.split(separator: "/", omittingEmptySubsequences: false).map { segment in
            segment.hasPrefix("{") && segment.hasSuffix("}")
                ? .place(String(segment.dropFirst().dropLast())) : .fixed(String(segment))
        }
        precondition(
            self.pattern.hasPrefix("/") && (self.pattern == "/" || !self.pattern.hasSuffix("/")),
            "a path starts with a slash and does not end with one: \(pattern)")
    }

    /// The names between braces, in their order.
    public var parameterNames: [String] { places.map(\.name) }

    /// The named places with the names under which the router keeps what stood there.
    var places: [(name: String, routerName: String)] {
        segments.enumerated().compactMap { index, segment in
            guard case .place(let name) = segment else { return nil }
            return (name, String(index))
        }
    }

    /// The pattern for the router. A place is called by its position, so that `/cases/{id}` and `/cases/{case}/tasks`
    /// are one branch: the router refuses two names for one place.
    var routerPattern: String {
        segments.enumerated().map { index, segment in
            switch segment {
            case .fixed(let text): text
            case .place: "{\(index)}"
            }
        }.joined(separator: "/")
    }

    /// Whether a request's path (not decoded) would lead here.
    func matches(_ path: some StringProtocol) -> Bool {
        let given = path.split(separator: "/", omittingEmptySubsequences: false)
        guard given.count == segments.count else { return false }
        return zip(segments, given).allSatisfy { segment, text in
            switch segment {
            case .fixed(let fixed): fixed == text
            case .place: !text.isEmpty
            }
        }
    }

    /// The link with its places filled in order and an optional query. Absent query values are left out.
    public func url(
        _ parameters: (any CustomStringConvertible)..., query: KeyValuePairs<String, String?> = [:]
    ) -> URLPath {
        var remaining = parameters[...]
        let filled = segments.map { segment -> String in
            switch segment {
            case .fixed(let text): return text
            case .place:
                precondition(!remaining.isEmpty, "too few parameters for \(pattern)")
                return percentEncoded(remaining.removeFirst().description)
            }
        }
        precondition(remaining.isEmpty, "too many parameters for \(pattern)")
        return URLPath(path: filled.joined(separator: "/"), query: query)
    }
}
