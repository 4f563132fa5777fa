/// SQL stands in `*Store.swift`, in migrations and in the storage foundations, and nowhere else.
enum BareSQL {
    static func check(_ tree: SourceTree) -> [Finding] {
        tree.swift.filter { !mayHoldSQL($0.path) }.flatMap { file in
            file.literals.compactMap { literal in
                guard let word = statement(in: literal.text) else { return nil }
                return Finding(path: file.path, line: literal.line, message: "\(word) outside a store or migration")
            }
        }
    }

    static func mayHoldSQL(_ path: String) -> Bool {
        path.hasPrefix("Sources/Foundations/Storage") || path.contains("/Migrations/") || path.hasSuffix("Store.swift")
    }

    /// The statement that a text begins or contains; SQL is written in capitals here.
    static func statement(in text: String) -> String? {
        let words = text.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == SwiftText.hole) }.map(String.init)
        for (index, word) in words.enumerated() {
            let next = index + 1 < words.count ? words[index + 1] : ""
            let afterNext = index + 2 < words.count ? words[index + 2] : ""
            switch word {
            case "SELECT" where index + 1 < words.count || words.count == 1: return "SELECT"
            case "INSERT" where next == "INTO" || next == "OR": return "INSERT INTO"
            case "DELETE" where next == "FROM": return "DELETE FROM"
            case "UPDATE" where afterNext == "SET": return "UPDATE … SET"
            case "CREATE" where ["TABLE", "INDEX", "UNIQUE", "VIRTUAL"].contains(next): return "CREATE \(next)"
            case "ALTER" where next == "TABLE", "DROP" where next == "TABLE": return "\(word) TABLE"
            default: continue
            }
        }
        return nil
    }
}
