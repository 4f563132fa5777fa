import Foundation

/// The texts of all modules as they stand in `Sources/**/i18n*/<language>.json`.
struct CatalogueFiles {
    static let languages = ["zh-Hans", "en"]

    /// Text by key, for each language.
    private(set) var texts: [String: [String: String]] = [:]
    /// The file that a key stands in, for each language.
    private(set) var places: [String: [String: String]] = [:]
    /// The keys of each language without plural endings, which only some languages have.
    private(set) var stems: [String: Set<String>] = [:]
    /// All keys of all languages, without plural endings.
    private(set) var allStems: Set<String> = []
    /// What is wrong with the files themselves.
    private(set) var findings: [Finding] = []

    init(_ tree: SourceTree) {
        for (path, content) in tree.files.sorted(by: { $0.key < $1.key }) {
            let parts = path.split(separator: "/").map(String.init)
            guard path.hasPrefix("Sources/"), parts.count > 2, parts[parts.count - 2].hasPrefix("i18n"),
                let language = CatalogueFiles.languages.first(where: { parts.last == "\($0).json" })
            else { continue }
            guard let entries = try? JSONDecoder().decode([String: String].self, from: Data(content.utf8)) else {
                findings.append(Finding(path: path, line: 1, message: "is not a flat JSON object of texts"))
                continue
            }
            for (key, text) in entries {
                if let other = places[language]?[key] {
                    findings.append(Finding(path: path, line: 1, message: "\(key) stands in \(other) too"))
                }
                texts[language, default: [:]][key] = text
                places[language, default: [:]][key] = path
            }
        }
        for language in CatalogueFiles.languages { stems[language] = Set((texts[language] ?? [:]).keys.map(stem)) }
        allStems = stems.values.reduce(into: []) { $0.formUnion($1) }
    }

    /// A key without its plural ending: `x` for `x.one` and `x.other`. English tells the two apart, so a stem is one
    /// whose `x.one` is English; `story.other` alone is a key like any.
    private func stem(_ key: String) -> String {
        for ending in [".one", ".other"] where key.hasSuffix(ending) {
            let stem = String(key.dropLast(ending.count))
            if texts["en"]?[stem + ".one"] != nil { return stem }
        }
        return key
    }

    func place(of stem: String, _ language: String) -> String {
        let table = places[language] ?? [:]
        return table[stem] ?? table[stem + ".other"] ?? table[stem + ".one"] ?? "Sources"
    }

    /// The placeholders of a text and of its plural forms.
    func placeholders(_ stem: String, _ language: String) -> Set<String> {
        let table = texts[language] ?? [:]
        return [stem, stem + ".one", stem + ".other"].compactMap { table[$0] }.reduce(into: []) {
            $0.formUnion(CatalogueFiles.placeholders(in: $1))
        }
    }

    static func placeholders(in text: String) -> Set<String> {
        var names: Set<String> = []
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            names.insert(String(rest[rest.index(after: open)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        return names
    }
}
