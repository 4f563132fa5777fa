/// Every text that the sources ask for is there in both languages and takes the same values.
enum Catalogues {
    /// Keys that are made at run time and that no literal names: `prefix.<code>`, each with the place that makes it.
    /// `Phrase.code("prefix", …)` registers its prefix by itself.
    static let madeAtRunTime: [String: String] = [
        "problem": "Problem.title, from the code of a rule violation",
        "problem-advice": "ErrorPage, from the status or the code",
        "field": "Catalogue.text, from the name of a refused field",
    ]

    /// Text fields that nobody sees or types, and that are repaired rather than refused.
    static let hiddenFields: Set<String> = ["next"]

    static func check(_ tree: SourceTree) -> [Finding] {
        let catalogues = CatalogueFiles(tree)
        return catalogues.findings + disagreements(catalogues) + missing(tree, catalogues)
    }

    /// Keys of one language only, and placeholders of one language only.
    private static func disagreements(_ catalogues: CatalogueFiles) -> [Finding] {
        catalogues.allStems.sorted().flatMap { stem -> [Finding] in
            let lacking = CatalogueFiles.languages.filter { catalogues.stems[$0]?.contains(stem) != true }
            if !lacking.isEmpty {
                let other = CatalogueFiles.languages.first { !lacking.contains($0) } ?? "en"
                return lacking.map {
                    Finding(path: catalogues.place(of: stem, other), line: 1, message: "\(stem) is missing in \($0)")
                }
            }
            let sets = CatalogueFiles.languages.map { catalogues.placeholders(stem, $0).subtracting(["n"]) }
            guard sets[0] != sets[1] else { return [] }
            return [
                Finding(
                    path: catalogues.place(of: stem, "en"), line: 1,
                    message: "\(stem) takes \(sets[0].sorted()) in zh-Hans and \(sets[1].sorted()) in en")
            ]
        }
    }

    private static func missing(_ tree: SourceTree, _ catalogues: CatalogueFiles) -> [Finding] {
        let stems = catalogues.allStems
        return tree.swift.flatMap { file in
            file.literals.compactMap { literal -> Finding? in
                guard let use = CatalogueUse(file, literal) else { return nil }
                guard !use.isMet(by: stems) else { return nil }
                return Finding(path: file.path, line: literal.line, message: "no text for \(use)")
            }
        }
    }

    /// Keys that nothing asks for. A list to look at, not a failure: a key may be on its way.
    static func unused(_ tree: SourceTree) -> [String] {
        let catalogues = CatalogueFiles(tree)
        // A literal names its key, or a family of keys: `static let family = "casework.task.state"`.
        var asked = Set(madeAtRunTime.keys)
        for file in tree.swift {
            for literal in file.literals { asked.insert(literal.text) }
        }
        return catalogues.allStems.filter { stem in
            !asked.contains(stem)
                && !stem.indices.contains { stem[$0] == "." && asked.contains(String(stem[..<$0])) }
        }.sorted()
    }
}

/// How a literal in the sources asks for a text.
enum CatalogueUse: CustomStringConvertible {
    /// `Phrase("key")`, `view.t("key")`, `label: "key"`, and whatever looks like a key of its module in a page.
    case key(String)
    /// `Phrase.code("prefix", code)`: the prefix must have texts.
    case prefix(String)
    /// The code of a refusal, shown by `problem.<code>`. With a hole it must have texts before the hole.
    case problem(String)
    /// A form's field, named to the person by `field.<name>`.
    case field(String)

    init?(_ file: SwiftText, _ literal: SwiftText.Literal) {
        // `Phrase.code` itself puts a key together.
        if file.path == "Sources/Foundations/Web/Text/Phrase.swift" { return nil }
        let before = file.before(literal)
        func follows(_ endings: String...) -> Bool { endings.contains(where: before.hasSuffix) }

        if follows("Phrase.code(") || (follows(".code(") && CatalogueUse.looksLikeKey(literal.text)) {
            // `.code("\(Ground.family).…", …)`: only the compiler knows what stands in the hole.
            guard !literal.text.contains(SwiftText.hole) else { return nil }
            self = .prefix(literal.text)
        } else if follows("Phrase(", "view.t(", ".phrase(") {
            self = .key(literal.text)
        } else if CatalogueUse.isRefusalCode(before, file.path) {
            self = .problem(literal.text)
        } else if CatalogueUse.readsField(before), !file.path.hasPrefix("Sources/Foundations/") {
            self = .field(literal.text)
        } else if follows("label:", "title:", ":Phrase=") || file.path.contains("/Pages/"),
            CatalogueUse.looksLikeKey(literal.text), CatalogueUse.isOfModule(literal.text, file.path)
        {
            self = .key(literal.text)
        } else {
            return nil
        }
    }

    func isMet(by stems: Set<String>) -> Bool {
        switch self {
        case .key(let key): stems.contains(key)
        case .prefix(let prefix):
            Catalogues.madeAtRunTime[prefix] != nil || stems.contains { $0.hasPrefix(prefix + ".") }
        case .field(let name): Catalogues.hiddenFields.contains(name) || stems.contains("field." + name)
        case .problem(let code):
            if let hole = code.firstIndex(of: SwiftText.hole) {
                stems.contains { $0.hasPrefix("problem." + code[..<hole]) }
            } else {
                stems.contains("problem." + code)
            }
        }
    }

    var description: String {
        switch self {
        case .key(let key): key
        case .prefix(let prefix): "\(prefix).…"
        case .problem(let code): "problem.\(code)"
        case .field(let name): "field.\(name)"
        }
    }

    /// `RuleViolation(.conflict, "…"`, `RequestRefused(status: .x, code: "…"`, and in Web's fields `refuse(name, "…"`.
    private static func isRefusalCode(_ before: String, _ path: String) -> Bool {
        if before.hasSuffix("code:") { return before.contains("RequestRefused(status:") }
        let inFields = path.hasPrefix("Sources/Foundations/Web/Inputs/")
        guard
            let open = before.range(of: "RuleViolation(", backwards: true)
                ?? (inFields ? before.range(of: "refuse(", backwards: true) : nil)
        else { return false }
        let between = before[open...]
        return between.hasSuffix(",") && between.filter { $0 == "," }.count == 1 && !between.contains("\"")
    }

    /// What a person types or picks. Identifiers and flags stand in hidden fields, links and boxes.
    private static func readsField(_ before: String) -> Bool {
        let readers = [
            "text", "optionalText", "choice", "optionalChoice", "integer", "optionalInteger", "optionalInstant",
            "instant",
        ]
        return readers.contains { before.hasSuffix("fields.\($0)(") }
    }

    /// A module's keys begin with its name; all may use those of Web.
    private static func isOfModule(_ key: String, _ path: String) -> Bool {
        let module = path.split(separator: "/").dropFirst(2).first?.lowercased() ?? ""
        return key.hasPrefix("web.") || key.hasPrefix(module + ".")
    }

    private static func looksLikeKey(_ text: String) -> Bool {
        text.contains(".") && text.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "." || $0 == "-" }
    }
}

extension String {
    /// Where `piece` ends, searched from the end.
    fileprivate func range(of piece: String, backwards: Bool) -> String.Index? {
        var end = endIndex
        while end > startIndex {
            if self[..<end].hasSuffix(piece) { return end }
            end = index(before: end)
        }
        return nil
    }
}
