import Foundation

/// The files of the repository as text, so that a checker can be shown a tree with a planted mistake.
struct SourceTree: Sendable {
    /// Text by path from the root, such as `Sources/App/Wiring.swift`.
    private(set) var files: [String: String]
    /// The product's own Swift files, read once.
    private(set) var swift: [SwiftText]

    init(_ files: [String: String]) {
        self.files = files
        self.swift = files.filter { SourceTree.isSource($0.key) }.sorted { $0.key < $1.key }
            .map { SwiftText(path: $0.key, text: $0.value) }
    }

    /// The real tree: Package.swift and all Swift and catalogue files under Sources and Tests.
    static let repository: SourceTree = {
        var files: [String: String] = [:]
        let root = repositoryRoot
        files["Package.swift"] = try? String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
        for folder in ["Sources", "Tests"] {
            let names = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
            while let name = names?.nextObject() as? String {
                guard name.hasSuffix(".swift") || name.hasSuffix(".json") else { continue }
                let path = "\(folder)/\(name)"
                files[path] = try? String(contentsOf: root.appending(path: path), encoding: .utf8)
            }
        }
        return SourceTree(files)
    }()

    private static var repositoryRoot: URL {
        URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    }

    /// The same tree with one file added or replaced.
    func planting(_ path: String, _ text: String) -> SourceTree {
        var tree = self
        tree.files[path] = text
        tree.swift.removeAll { $0.path == path }
        if SourceTree.isSource(path) { tree.swift.append(SwiftText(path: path, text: text)) }
        return tree
    }

    private static func isSource(_ path: String) -> Bool {
        path.hasPrefix("Sources/") && path.hasSuffix(".swift")
    }
}

/// What a checker has to say about one place.
struct Finding: Hashable, Sendable, CustomStringConvertible {
    let path: String
    let line: Int
    let message: String

    var description: String { "\(path):\(line): \(message)" }
}
