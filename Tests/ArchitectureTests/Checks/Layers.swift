/// Who may stand on whom: `Domain ← Storage ← Web ← Ground ← Modules ← App`.
enum Layers {
    /// Inside Foundations every edge is named. What is not named is forbidden.
    static let foundations: [String: Set<String>] = [
        "Domain": [],
        "Storage": ["Domain"],
        "CLibpq": [],
        "StorageSQLite": ["Domain", "Storage"],
        "StoragePostgres": ["CLibpq", "Domain", "Storage"],
        "Vault": ["Domain"],
        "Web": ["Domain", "Storage"],
    ]
    /// Only App and tests choose an engine.
    static let drivers: Set<String> = ["StorageSQLite", "StoragePostgres", "CLibpq"]

    static func check(_ tree: SourceTree) -> [Finding] {
        let map = PackageMap(tree)
        return forbiddenDependencies(map) + undeclaredImports(tree, map)
    }

    private static func forbiddenDependencies(_ map: PackageMap) -> [Finding] {
        map.targets.flatMap { target in
            target.dependencies.sorted().compactMap { name in
                guard let needed = map[name], let reason = objection(target, needed) else { return nil }
                return Finding(
                    path: "Package.swift", line: 1, message: "\(target.name) may not depend on \(name): \(reason)")
            }
        }
    }

    /// Why the edge is forbidden; `nil` when it is allowed.
    private static func objection(_ target: PackageMap.Target, _ needed: PackageMap.Target) -> String? {
        if target.layer == "Tests" { return nil }
        if needed.layer == "Tests" { return "nothing depends on tests" }
        if needed.layer == "linli" { return "nothing depends on the executable" }
        switch target.layer {
        case "Foundations":
            guard let allowed = foundations[target.name] else {
                return "a new target of Foundations is named in Layers.swift first"
            }
            return allowed.contains(needed.name) ? nil : "Foundations stand on \(allowed.sorted()) here"
        case "Ground", "Modules":
            if drivers.contains(needed.name) { return "only App chooses an engine" }
            if needed.layer == "App" { return "App is the top" }
            if target.layer == "Ground" { return needed.layer == "Modules" ? "Ground does not know modules" : nil }
            return needed.layer == "Modules" ? "modules meet in App/Wiring and by events" : nil
        case "App":
            return nil
        case "linli":
            return needed.name == "App" ? nil : "the executable only calls App"
        default:
            return "a new layer is named in Layers.swift first"
        }
    }

    /// A target imports only what it declares: SwiftPM alone would let it import what its dependencies bring along.
    private static func undeclaredImports(_ tree: SourceTree, _ map: PackageMap) -> [Finding] {
        let own = Set(map.targets.map(\.name))
        return tree.swift.flatMap { file -> [Finding] in
            guard let target = map.owner(of: file.path) else {
                return [Finding(path: file.path, line: 1, message: "belongs to no target of Package.swift")]
            }
            return imports(of: file).compactMap { imported in
                guard own.contains(imported.module), imported.module != target.name else { return nil }
                if target.dependencies.contains(imported.module) { return nil }
                return Finding(
                    path: file.path, line: imported.line,
                    message: "\(target.name) imports \(imported.module), which Package.swift does not declare for it")
            }
        }
    }

    private static func imports(of file: SwiftText) -> [(module: String, line: Int)] {
        file.lines.compactMap { line in
            let words = line.text.split(whereSeparator: \.isWhitespace)
            guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
                words[..<place].allSatisfy({
                    $0.hasPrefix("@") || ["public", "package", "internal", "private", "fileprivate"].contains($0)
                })
            else { return nil }
            // `import struct Foundation.Data` names the module behind a kind.
            let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
            let name = kinds.contains(words[place + 1]) && place + 2 < words.count ? words[place + 2] : words[place + 1]
            return (String(name.prefix { $0 != "." }), line.number)
        }
    }
}
