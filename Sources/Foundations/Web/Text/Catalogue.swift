public import Foundation
import Logging

/// All texts of all modules in all languages.
public struct Catalogue: Sendable {
    private let texts: [Language: [String: Template]]

    /// A catalogue file that cannot be used.
    public struct Unusable: Error, CustomStringConvertible {
        public let description: String
    }

    /// A text cut at its placeholders once, when it is loaded.
    private struct Template: Sendable {
        let pieces: [(literal: String, argument: String?)]

        init(_ text: String) {
            var pieces: [(String, String?)] = []
            var rest = Substring(text)
            while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
                pieces.append((String(rest[..<open]), String(rest[rest.index(after: open)..<close])))
                rest = rest[rest.index(after: close)...]
            }
            pieces.append((String(rest), nil))
            self.pieces = pieces
        }
    }

    /// Loads `<folder>/zh-Hans.json` and `<folder>/en.json` of each folder: flat objects of key and text.
    /// - Throws: `Unusable` when a file is missing or broken, or when two folders hold the same key.
    public init(folders: [URL]) throws {
        var texts: [Language: [String: Template]] = [:]
        for language in Language.allCases {
            var all: [String: Template] = [:]
            for folder in folders {
                let file = folder.appending(path: "\(language.rawValue).json")
                let entries: [String: String]
                do {
                    entries = try JSONDecoder().decode([String: String].self, from: Data(contentsOf: file))
                } catch {
                    throw Unusable(description: "\(file.path): \(error)")
                }
                for (key, text) in entries {
                    guard all.updateValue(Template(text), forKey: key) == nil else {
                        throw Unusable(description: "\(file.path): \(key) stands in another file too")
                    }
                }
            }
            texts[language] = all
        }
        self.texts = texts
    }

    /// The text in that language; `⟦key⟧` when there is none, which tests look for.
    public func text(_ phrase: Phrase, in language: Language) -> String {
        guard let template = template(phrase, in: language) else { return "⟦\(phrase.key)⟧" }
        var result = ""
        for (literal, argument) in template.pieces {
            result += literal
            guard let argument else { continue }
            if argument == "n", let count = phrase.count {
                result += String(count)
            } else {
                result += phrase.arguments[argument] ?? "⟦\(argument)⟧"
            }
        }
        return result
    }

    /// The text as it stands in the catalogue, placeholders and all; `nil` when there is none.
    public func template(_ key: String, in language: Language) -> String? {
        texts[language]?[key]?.pieces.map { piece in
            piece.literal + (piece.argument.map { "{\($0)}" } ?? "")
        }.joined()
    }

    public func has(_ key: String, in language: Language) -> Bool {
        texts[language]?[key] != nil
    }

    private func template(_ phrase: Phrase, in language: Language) -> Template? {
        let table = texts[language] ?? [:]
        if let count = phrase.count, language == .english,
            let plural = table[phrase.key + (count == 1 ? ".one" : ".other")]
        {
            return plural
        }
        return table[phrase.key] ?? (phrase.count == nil ? nil : table[phrase.key + ".other"])
    }
}
