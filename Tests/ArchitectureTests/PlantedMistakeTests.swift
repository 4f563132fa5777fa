import Testing

/// The test of the tests: each rule is shown a tree with one mistake and must find it.
@Suite("A planted mistake is found")
struct PlantedMistakeTests {
    /// Package.swift and the catalogues as they stand, without the sources: what is planted is all there is to find.
    let tree = SourceTree(
        SourceTree.repository.files.filter { $0.key == "Package.swift" || $0.key.hasSuffix(".json") })

    /// What a check says about the tree with a file added that it did not say before.
    private func news(
        _ check: (SourceTree) -> [Finding], _ path: String, _ text: String
    ) -> [Finding] {
        Array(Set(check(tree.planting(path, text))).subtracting(check(tree))).sorted { $0.line < $1.line }
    }

    @Test(
        "a forbidden import",
        arguments: [
            ("Sources/Foundations/Domain/Planted.swift", "import Storage"),
            ("Sources/Foundations/Storage/Planted.swift", "public import Web"),
            ("Sources/Ground/Areas/Planted.swift", "import Casework"),
            ("Sources/Modules/Casework/Planted.swift", "import StorageSQLite"),
            ("Sources/Modules/Casework/Planted.swift", "@testable import App"),
            ("Sources/linli/Planted.swift", "import struct Domain.Instant"),
        ])
    func forbiddenImport(path: String, line: String) {
        let found = news(Layers.check, path, "// import Nothing\n\(line)\n")
        #expect(found.map(\.line) == [2])
    }

    @Test("a forbidden dependency in Package.swift")
    func forbiddenDependency() {
        let manifest = tree.files["Package.swift"] ?? ""
        let planted = manifest.replacing(
            ".target(name: \"Domain\",", with: ".target(name: \"Domain\", dependencies: [\"Casework\"],",
            maxReplacements: 1)
        #expect(planted != manifest)
        #expect(
            news(Layers.check, "Package.swift", planted).contains {
                $0.message.contains("Domain may not depend on Casework")
            })
    }

    @Test("a module that imports another module")
    func moduleImportsModule() {
        let manifest = """
            let package = Package(targets: [
                .target(name: "Casework", dependencies: ["Registry"], path: "Sources/Modules/Casework"),
                .target(name: "Registry", path: "Sources/Modules/Registry"),
            ])
            """
        let tree = SourceTree([
            "Package.swift": manifest, "Sources/Modules/Casework/A.swift": "import Registry",
            "Sources/Modules/Registry/B.swift": "",
        ])
        #expect(
            Layers.check(tree).map(\.message) == [
                "Casework may not depend on Registry: modules meet in App/Wiring and by events"
            ])
    }

    @Test(
        "bare SQL",
        arguments: [
            "SELECT id FROM report", "INSERT INTO report (id) VALUES (1)", "UPDATE report SET state = 'x'",
            "DELETE FROM report",
            "CREATE TABLE report (id)",
        ])
    func bareSQL(statement: String) {
        let text = "// \(statement)\nlet query: SQL = \"\"\"\n    \(statement)\n    \"\"\"\n"
        #expect(news(BareSQL.check, "Sources/Modules/Casework/Planted.swift", text).map(\.line) == [2])
        #expect(news(BareSQL.check, "Sources/Modules/Casework/Store/PlantedStore.swift", text).isEmpty)
        #expect(news(BareSQL.check, "Sources/Modules/Casework/Migrations/Planted.swift", text).isEmpty)
    }

    @Test("an endpoint without access")
    func missingPermission() {
        let path = "Sources/Modules/Casework/Endpoints/PlantedEndpoints.swift"
        let with =
            "let all: [Endpoint] = [.json(.post, route, access: .holding(p), summary: \"Files\") { input, who in 1 }]"
        let without = "let all: [Endpoint] = [\n.json(.post, route, summary: \"Files\") { input, who in 1 }]"
        let named = "let one = Endpoint.page(route) { input, who in page }"
        #expect(news(Endpoints.check, path, with).isEmpty)
        #expect(news(Endpoints.check, path, without).map(\.line) == [2])
        #expect(news(Endpoints.check, path, named).map(\.line) == [1])
        #expect(news(Endpoints.check, path, "router.get(\"/planted\") { _, _ in }").count == 1)
    }

    @Test(
        "a text that is not in the catalogues",
        arguments: [
            "let title = Phrase(\"casework.planted-by-a-test\")",
            "view.t(\"casework.planted-by-a-test\")",
            "Row(label: \"casework.planted-by-a-test\")",
            "shell(url, \"casework.planted-by-a-test\", fields)",
            "Phrase.code(\"casework.planted-by-a-test\", state.rawValue)",
            "throw RuleViolation(.conflict, \"planted-by-a-test\")",
            "throw RuleViolation(\n.conflict, \"planted-by-a-test.\\(action)\", field: \"x\")",
            "let name = fields.text(\"planted-by-a-test\", 1...10)",
        ])
    func missingText(line: String) {
        let found = news(Catalogues.check, "Sources/Modules/Casework/Pages/Planted.swift", line)
        #expect(found.count == 1 && found[0].message.contains("planted-by-a-test"))
    }

    @Test("a text in one language only, and one that takes other values")
    func disagreement() {
        let folder = "Sources/Modules/Planted/Resources/i18n/"
        let planted = tree.planting(
            folder + "zh-Hans.json", #"{"planted.a": "甲{x}", "planted.b": "乙", "planted.c": "{n}件"}"#
        )
        .planting(
            folder + "en.json", #"{"planted.a": "a {y}", "planted.c.one": "one", "planted.c.other": "{n} of them"}"#)
        let found = Set(Catalogues.check(planted)).subtracting(Catalogues.check(tree))
        #expect(
            Set(found.map(\.message)) == [
                "planted.a takes [\"x\"] in zh-Hans and [\"y\"] in en", "planted.b is missing in en",
            ])
    }

    @Test("a text that nothing asks for")
    func unusedText() {
        let folder = "Sources/Modules/Planted/Resources/i18n/"
        let planted = tree.planting(folder + "zh-Hans.json", #"{"planted.a": "甲"}"#).planting(
            folder + "en.json", #"{"planted.a": "a"}"#)
        #expect(Catalogues.unused(planted).contains("planted.a"))
        #expect(
            !Catalogues.unused(planted.planting("Sources/App/Planted.swift", "Phrase(\"planted.a\")")).contains(
                "planted.a"))
    }

    @Test("Chinese text in a source, but not in a comment or in demo data")
    func chineseText() {
        let text = "// 报事\nlet word = \"报\\(x)事\"\n"
        #expect(news(ChineseText.check, "Sources/App/Planted.swift", text).map(\.line) == [2])
        #expect(news(ChineseText.check, "Sources/App/Demo/Planted.swift", text).isEmpty)
    }

    @Test(
        "a clock of one's own", arguments: ["let now = Date()", "let id = UUID()", "try! run()", "fatalError(\"no\")"])
    func ownClock(line: String) {
        #expect(news(WorldOnly.check, "Sources/App/Planted.swift", line).count == 1)
        #expect(news(WorldOnly.check, "Sources/App/Planted.swift", "// \(line)\nlet text = #\"\(line)\"#").isEmpty)
    }
}
