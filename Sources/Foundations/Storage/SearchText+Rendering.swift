extension SearchText {
    /// The tokens as FTS5 takes them for its `ascii` tokenizer: between spaces.
    static func sqliteDocument(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count * 7 / 3 + 16)
        scan(text) { token in
            for scalar in token { bytes.append(contentsOf: scalar.utf8) }
            bytes.append(UInt8(ascii: " "))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The tokens as a literal of PostgreSQL's `tsvector`, which no parser changes: `'电梯':1 '梯坏':2`.
    /// Positions end at 16383; what stands behind is found, but phrases there are not told from mere neighbours.
    static func postgresDocument(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count * 5 + 16)
        var position = 0
        scan(text) { token in
            position += 1
            bytes.append(UInt8(ascii: "'"))
            for scalar in token { bytes.append(contentsOf: scalar.utf8) }
            bytes.append(UInt8(ascii: "'"))
            bytes.append(UInt8(ascii: ":"))
            append(min(position, 16383), to: &bytes)
            bytes.append(UInt8(ascii: " "))
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The digits of a position, without a text for each: a report has hundreds.
    private static func append(_ position: Int, to bytes: inout [UInt8]) {
        var unit = 1
        while unit * 10 <= position { unit *= 10 }
        while unit > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(position / unit % 10))
            unit /= 10
        }
    }

    /// One word of what a person typed, as a phrase.
    private struct Phrase {
        var tokens: [String] = []
        /// The last token is only the beginning of one.
        var endsInPrefix = false
    }

    /// What a person typed: words between spaces, all of which must occur.
    private static func phrases(of query: String) -> [Phrase] {
        query.split(whereSeparator: \.isWhitespace).prefix(16).compactMap { word in
            var phrase = Phrase()
            scan(String(word)) { phrase.tokens.append(String(String.UnicodeScalarView($0))) }
            var lastRun = (kind: Kind.gap, count: 0)
            runs(of: String(word)) { lastRun = ($0, $1.count) }
            if lastRun.kind == .ideograph {
                // The text may go on behind the last character: of several the pairs suffice, of one it is a beginning.
                if lastRun.count > 1 { phrase.tokens.removeLast() } else { phrase.endsInPrefix = true }
            }
            return phrase.tokens.isEmpty ? nil : phrase
        }
    }

    /// A query in the language of FTS5; `nil` when nothing in it can be searched for.
    static func sqliteQuery(_ query: String) -> String? {
        let phrases = phrases(of: query).map { phrase in
            "\"\(phrase.tokens.joined(separator: " "))\"" + (phrase.endsInPrefix ? " *" : "")
        }
        return phrases.isEmpty ? nil : phrases.joined(separator: " AND ")
    }

    /// A query as a literal of PostgreSQL's `tsquery`; `nil` when nothing in it can be searched for.
    static func postgresQuery(_ query: String) -> String? {
        let phrases = phrases(of: query).map { phrase in
            let tokens = phrase.tokens.map { "'\($0)'" }.joined(separator: " <-> ")
            return "(\(tokens)\(phrase.endsInPrefix ? ":*" : ""))"
        }
        return phrases.isEmpty ? nil : phrases.joined(separator: " & ")
    }
}
