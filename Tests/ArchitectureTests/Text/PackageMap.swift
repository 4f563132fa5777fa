/// The targets of Package.swift: name, folder, and the targets of this package that it depends on.
struct PackageMap {
    struct Target {
        let name: String
        let path: String
        let dependencies: Set<String>

        /// `Foundations`, `Ground`, `Modules`, `App`, `linli` or `Tests`.
        var layer: String {
            let parts = path.split(separator: "/").map(String.init)
            return parts.first == "Sources" ? parts[1] : parts[0]
        }
    }

    let targets: [Target]

    init(_ tree: SourceTree) {
        let manifest = SwiftText(path: "Package.swift", text: tree.files["Package.swift"] ?? "")
        var targets: [Target] = []
        for piece in PackageMap.calls(in: manifest) {
            var name: String?
            var path: String?
            var dependencies: Set<String> = []
            for literal in piece.literals {
                let before = manifest.before(literal)
                // `.product(name: "Crypto", package: "swift-crypto")` is somebody else's.
                if before.hasSuffix("package:") || before.hasSuffix(".product(name:") { continue }
                if before.hasSuffix("(name:"), name == nil {
                    name = literal.text
                } else if before.hasSuffix("path:") {
                    path = literal.text
                } else if before.hasSuffix("[") || before.hasSuffix(","), piece.isDependency(literal) {
                    dependencies.insert(literal.text)
                }
            }
            guard let name else { continue }
            let folder = piece.isTest ? "Tests/\(name)" : "Sources/\(name)"
            targets.append(Target(name: name, path: path ?? folder, dependencies: dependencies))
        }
        self.targets = targets
    }

    subscript(name: String) -> Target? {
        targets.first { $0.name == name }
    }

    /// The target that a file belongs to.
    func owner(of path: String) -> Target? {
        targets.first { path.hasPrefix($0.path + "/") }
    }

    private struct Call {
        let isTest: Bool
        let literals: [SwiftText.Literal]
        let dependencies: Range<Int>?

        func isDependency(_ literal: SwiftText.Literal) -> Bool {
            dependencies?.contains(literal.offset) ?? false
        }
    }

    private static func calls(in manifest: SwiftText) -> [Call] {
        let starts = [".target(", ".systemLibrary(", ".executableTarget(", ".testTarget("]
        var result: [Call] = []
        for start in starts {
            for offset in manifest.offsets(of: start) {
                let end = manifest.close(after: offset + start.count - 1)
                let range = offset..<end
                let list = manifest.offsets(of: "dependencies:", in: range).first.map {
                    $0..<manifest.close(after: $0 + "dependencies:".count)
                }
                result.append(
                    Call(
                        isTest: start == ".testTarget(",
                        literals: manifest.literals.filter { range.contains($0.offset) }, dependencies: list))
            }
        }
        return result
    }
}
