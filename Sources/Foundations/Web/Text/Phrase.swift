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

    /// The best of a browser's wishes (`Accept-Language`, RFC 9110 §12.5.4), Chinese when it names neither.
    public init(accepting header: String?) {
        var best: (language: Language, weight: Double)?
        for wish in (header ?? "").split(separator: ",") {
            let parts = wish.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            guard let tag = parts.first?.split(separator: "-").first, let language = Language(tag: tag) else {
                continue
            }
            var weight = 1.0
            if let quality = parts.dropFirst().first(where: { $0.hasPrefix("q=") }) {
                // Not a number: not a wish.
                guard let number = Double(quality.dropFirst(2)), number > 0 else { continue }
                weight = min(number, 1)
            }
            if weight > best?.weight ?? 0 { best = (language, weight) }
        }
        self = best?.language ?? .chinese
    }

    private init?(tag: Substring) {
        switch tag {
        case "zh": self = .chinese
        case "en": self = .english
        default: return nil
        }
    }
}
