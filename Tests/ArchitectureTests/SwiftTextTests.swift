import Testing

@Suite("Reading Swift as text")
struct SwiftTextTests {
    @Test("comments are dropped, literals are kept apart, lines are counted")
    func cuts() {
        let file = SwiftText(
            path: "A.swift",
            text: #"""
                let a = "one" // "not this"
                /* "nor /* this */ one" */ let b = "two \(f("three", x)) four"
                let c = """
                    five \
                    six
                    """; let d = "seven \" eight"
                let e = #"nine \(not a hole) "ten""#
                """#)
        #expect(file.literals.map(\.line) == [1, 2, 2, 3, 6, 7])
        #expect(file.literals[1].text == "two \(SwiftText.hole) four")
        #expect(file.literals[2].text == "three")
        #expect(file.literals[4].text == #"seven \" eight"#)
        #expect(file.literals[5].text == #"nine \(not a hole) "ten""#)
        #expect(file.lines.map(\.text)[1] == #" let b = ""f("", x)"#)
        #expect(file.before(file.literals[2]).hasSuffix("letb=\"\"f("))
    }

    @Test("placeholders are found")
    func placeholders() {
        #expect(CatalogueFiles.placeholders(in: "剩{days}天，{n}件") == ["days", "n"])
        #expect(CatalogueFiles.placeholders(in: "nothing") == [])
    }
}
