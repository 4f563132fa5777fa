import Domain
import Testing

@Suite("Citizen ids")
struct CitizenIDTests {
    let today = LocalDay(number: 20_775)

    @Test("the standard's own example is read: birthday, sex, division")
    func example() throws {
        let id = try CitizenID(typed: "11010519491231002X", today: today)
        #expect(id.birthday.description == "1949-12-31")
        #expect(id.sex == .female)
        #expect(id.division == "110105")
        #expect(id.mask == "1101**********002X")
        #expect(id.age(on: try #require(LocalDay("2026-12-30"))) == 76)
        #expect(id.age(on: try #require(LocalDay("2026-12-31"))) == 77)
    }

    @Test("fifteen digits become eighteen")
    func short() throws {
        #expect(try CitizenID(typed: "110105491231002", today: today).number == "11010519491231002X")
    }

    @Test(
        "gaps, full width and a small x are taken as meant",
        arguments: ["110105 19491231 002x", "１１０１０５１９４９１２３１００２Ｘ", "110105-19491231-002X"])
    func tolerant(text: String) throws {
        #expect(try CitizenID(typed: text, today: today).number == "11010519491231002X")
    }

    @Test(
        "each mistake has its own code and names the field",
        arguments: [
            ("1101051949123100", "citizen-id.length"), ("11010519491231002X1", "citizen-id.length"),
            ("", "citizen-id.length"),
            ("1101051949123100AX", "citizen-id.characters"), ("110105X9491231002X", "citizen-id.characters"),
            ("99010519491231002X", "citizen-id.division"), ("110105194902300021", "citizen-id.birthday"),
            ("110105204912310021", "citizen-id.birthday"), ("110105194912310021", "citizen-id.mistyped"),
        ])
    func mistakes(text: String, code: String) {
        let violation = #expect(throws: RuleViolation.self) { try CitizenID(typed: text, today: today, field: "id") }
        #expect(violation?.code == code)
        #expect(violation?.field == "id")
    }

    @Test("every single wrong digit is found")
    func everyTypo() throws {
        let right = Array("330203199003071234".dropLast())
        let id = try #require(
            (0...10).lazy.map { String(right) + ($0 == 10 ? "X" : String($0)) }
                .first { (try? CitizenID(typed: $0, today: today)) != nil })
        for position in 0..<18 {
            for digit in 0...9 {
                var changed = Array(id)
                guard changed[position] != Character(String(digit)) else { continue }
                changed[position] = Character(String(digit))
                #expect(throws: RuleViolation.self) { try CitizenID(typed: String(changed), today: today) }
            }
        }
    }

    @Test("printing shows the mask only")
    func masked() throws {
        let id = try CitizenID(typed: "11010519491231002X", today: today)
        var dumped = ""
        dump(id, to: &dumped)
        for text in ["\(id)", String(reflecting: id), "\(id.masked)", dumped] {
            #expect(!text.contains("19491231"), "\(text)")
        }
        #expect(id.masked.disclosed() == id.number)
    }
}

@Suite("Credit codes")
struct CreditCodeTests {
    @Test("real codes of well-known organisations are read", arguments: ["91350100M000100Y43", "91110000600037341L"])
    func right(code: String) throws {
        #expect(try CreditCode(typed: code).code == code)
        #expect(try CreditCode(typed: code.lowercased()).code == code)
    }

    @Test("division and organisation code are read out")
    func parts() throws {
        let code = try CreditCode(typed: "9135 0100 M000 100Y 43")
        #expect(code.division == "350100")
        #expect(code.organisationCode == "M000100Y4")
    }

    @Test(
        "each mistake has its own code",
        arguments: [
            ("91350100M000100Y4", "credit-code.length"), ("91350100M000100Y433", "credit-code.length"),
            ("91350100I000100Y43", "credit-code.characters"), ("9135A100M000100Y43", "credit-code.characters"),
            ("91350100M000100Y44", "credit-code.mistyped"), ("91350100M000101Y43", "credit-code.mistyped"),
        ])
    func mistakes(text: String, code: String) {
        let violation = #expect(throws: RuleViolation.self) { try CreditCode(typed: text, field: "creditCode") }
        #expect(violation?.code == code)
        #expect(violation?.field == "creditCode")
    }
}

@Suite("Division codes")
struct DivisionCodeTests {
    @Test(
        "levels and parents follow the digits",
        arguments: [
            ("330000", DivisionCode.Level.province, nil), ("330200", .city, "330000"), ("330203", .county, "330200"),
            ("330203001", .street, "330203"), ("330203001002", .community, "330203001"),
            ("330203000", .county, "330200"),
            ("441900003", .street, "441900"),
        ] as [(String, DivisionCode.Level, String?)])
    func levels(text: String, level: DivisionCode.Level, parent: String?) throws {
        let code = try DivisionCode(text)
        #expect(code.level == level)
        #expect(code.parent?.digits == parent)
    }

    @Test("a division contains itself and what lies below it")
    func contains() throws {
        let chain = try ["330000", "330200", "330203", "330203001", "330203001002"].map { try DivisionCode($0) }
        for (upperIndex, upper) in chain.enumerated() {
            for (lowerIndex, lower) in chain.enumerated() {
                #expect(upper.contains(lower) == (upperIndex <= lowerIndex))
            }
        }
        #expect(try !DivisionCode("330203001").contains(DivisionCode("330203010")))
    }

    @Test(
        "what is no code is refused",
        arguments: ["", "33", "3302031", "990000", "33020a", "330003", "330000001", "330203000001", "３３０２０３"])
    func refused(text: String) {
        #expect(throws: RuleViolation(.invalid, "division-code.invalid")) { try DivisionCode(text) }
    }
}
