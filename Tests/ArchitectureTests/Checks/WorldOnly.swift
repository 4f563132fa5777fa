/// Time, identifiers and randomness come from `World`, so that tests can hold them still; and nothing dies on purpose.
enum WorldOnly {
    /// Where the real clock and the real randomness are read, and why.
    static let doors: [String: String] = [
        "Sources/Foundations/Domain/World+Live.swift": "the one live World",
        "Sources/Foundations/Vault/KeyFile.swift": "the name of a temporary file",
        "Sources/Foundations/StoragePostgres/PostgresDatabase.swift": "how long a retry waits",
    ]

    static let forbidden: [(piece: String, reason: String)] = [
        ("Date()", "time comes from World.now()"),
        ("Date.now", "time comes from World.now()"),
        ("UUID()", "identifiers come from World.id()"),
        ("SystemRandomNumberGenerator", "randomness comes from World"),
        (".random(in:", "randomness comes from World"),
        ("try!", "a failure is thrown and mapped in one place"),
        ("fatalError(", "a failure is thrown and mapped in one place"),
    ]

    static func check(_ tree: SourceTree) -> [Finding] {
        tree.swift.filter { doors[$0.path] == nil }.flatMap { file in
            forbidden.flatMap { rule in
                file.offsets(of: rule.piece).map {
                    Finding(path: file.path, line: file.line(of: $0), message: "\(rule.piece): \(rule.reason)")
                }
            }
        }
    }
}
