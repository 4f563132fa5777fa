/// A text in the catalogues with the values for its placeholders. The key is a literal, so that a test can find it.
public struct Phrase: Sendable, Hashable, ExpressibleByStringLiteral {
    public let key: String
    public let arguments: [String: String]
    /// Chooses between `key.one` and `key.other` in languages that tell them apart.
    public let count: Int?

    public init(stringLiteral key: StaticString) {
        self.init(key.description, arguments: [:], count: nil)
    }

    public init(_ key: StaticString, _ arguments: [String: String] = [:], count: Int? = nil) {
        self.init(key.description, arguments: arguments, count: count)
    }

    /// A key put together from a fixed prefix and a code of the domain: `casework.task.state` + `offered`.
    public static func code(_ prefix: String, _ code: String, _ arguments: [String: String] = [:]) -> Phrase {
        Phrase("\(prefix).\(code)", arguments: arguments, count: nil)
    }

    init(_ key: String, arguments: [String: String], count: Int?) {
        self.key = key
        self.arguments = arguments
        self.count = count
    }
}

/// The languages of Linli.
public enum Language: String, Sendable, CaseIterable {
    case chinese = "zh-Hans"
    case english = "en"

    /// The best of a browser's wishes (`Accept-Language`), Chinese when it names neither.
    public init(accepting header: String?) {
        for part in (header ?? "").split(separator: ",") {
            let tag = part.split(separator: ";").first?.filter { $0 != " " }.lowercased() ?? ""
            if tag.hasPrefix("zh") { self = .chinese; return }
            if tag.hasPrefix("en") { self = .english; return }
        }
        self = .chinese
    }
}
