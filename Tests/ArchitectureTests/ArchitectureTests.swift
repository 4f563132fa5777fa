import Testing

/// The rules of docs/architecture.md, asked of the repository as it stands.
@Suite("The house keeps its rules")
struct ArchitectureTests {
    let tree = SourceTree.repository

    @Test("the tree was read")
    func treeIsThere() {
        #expect(tree.swift.count > 30)
        #expect(PackageMap(tree)["Domain"]?.path == "Sources/Foundations/Domain")
        #expect(PackageMap(tree)["Casework"]?.dependencies.contains("Identity") == true)
    }

    @Test("every target stands on the layers beneath it only")
    func layers() {
        expectNothing(Layers.check(tree))
    }

    @Test("SQL stands in stores and migrations only")
    func sql() {
        expectNothing(BareSQL.check(tree))
    }

    @Test("every endpoint names who may call it")
    func endpoints() {
        expectNothing(Endpoints.check(tree))
    }

    @Test("every text is there in both languages with the same values")
    func catalogues() {
        expectNothing(Catalogues.check(tree))
    }

    @Test("Swift sources hold no Chinese text")
    func chineseText() {
        expectNothing(ChineseText.check(tree))
    }

    @Test("time, identifiers and randomness come from World, and nothing dies on purpose")
    func world() {
        expectNothing(WorldOnly.check(tree))
    }

    @Test("texts that nothing asks for are listed")
    func unusedTexts() {
        let unused = Catalogues.unused(tree)
        if !unused.isEmpty { print("Texts that no source names (\(unused.count)):", unused.joined(separator: " ")) }
    }

    private func expectNothing(_ findings: [Finding], sourceLocation: SourceLocation = #_sourceLocation) {
        for finding in findings { Issue.record("\(finding)", sourceLocation: sourceLocation) }
    }
}
