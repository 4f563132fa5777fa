import Foundation

@testable import Casework
@testable import Web

/// Goes through all pages as somebody, from link to link.
struct Crawl: Sendable {
    let street: TestStreet

    struct Visit: Sendable {
        let path: String
        let status: Int
        let text: String
    }

    /// Every page that can be reached from the starts; links that differ only in what they select count.
    /// - Parameter limit: the most pages.
    func pages(
        from starts: [String], as person: Person?, language: Language, limit: Int = 150
    ) async throws -> [Visit] {
        var waiting = starts
        var seen = Set(starts)
        var visits: [Visit] = []
        while !waiting.isEmpty, visits.count < limit {
            let path = waiting.removeFirst()
            let reply = try await street.page(path, as: person, language: language)
            visits.append(Visit(path: path, status: reply.status, text: reply.text))
            for link in Self.links(in: reply.text) where seen.insert(link).inserted { waiting.append(link) }
        }
        return visits
    }

    private static func links(in page: String) -> [String] {
        page.matches(of: /href="(\/[^"]*)"/).map { String($0.1).replacing("&amp;", with: "&") }
            .map { $0.split(separator: "#", omittingEmptySubsequences: false).first.map(String.init) ?? $0 }
            .filter { !$0.hasPrefix("/static/") && !$0.hasPrefix("//") }
    }
}

/// The words of a page that a person sees or hears: text between tags, and the attributes that are read out.
struct PageWords: Sendable {
    let texts: [String]

    init(_ markup: String) {
        var body = markup
        for element in ["script", "style"] {
            body = body.replacing(try! Regex("(?s)<\(element)[^>]*>.*?</\(element)>"), with: " ")
        }
        var texts: [String] = []
        for match in body.matches(of: /(?:aria-label|title|placeholder|alt|data-confirm)="([^"]*)"/) {
            texts.append(String(match.1))
        }
        for part in body.replacing(/(?s)<!--.*?-->/, with: " ").replacing(/(?s)<[^>]*>/, with: "\u{1}").split(
            separator: "\u{1}")
        {
            texts.append(String(part))
        }
        self.texts = texts.map(Self.unescaped).filter { !$0.allSatisfy(\.isWhitespace) }
    }

    private static func unescaped(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }

    /// What stands outside of `«…»`, with letters in it.
    func leftovers(allowing data: [String]) -> [String] {
        texts.compactMap { Self.leftover($0, allowing: data, Set(data)) }
    }

    /// - Parameter whole: the same data, for the many texts that are one of them and nothing else.
    static func leftover(_ text: String, allowing data: [String], _ whole: Set<String>) -> String? {
        var depth = 0
        var rest = ""
        for character in text {
            switch character {
            case "«": depth += 1
            case "»": depth = max(0, depth - 1)
            default: if depth == 0, !character.isNumber { rest.append(character) }
            }
        }
        rest = rest.trimmingCharacters(in: .whitespacesAndNewlines)
        guard rest.contains(where: \.isLetter), !whole.contains(rest) else { return nil }
        for known in data where rest.contains(known) { rest = rest.replacing(known, with: "") }
        return rest.contains(where: \.isLetter) ? rest.trimmingCharacters(in: .whitespacesAndNewlines) : nil
    }
}
