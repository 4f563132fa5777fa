import Domain
import Testing

@testable import Casework

@Suite("Tracking codes")
struct TrackingCodeTests {
    @Test("codes have twelve digits in groups of four and are read back in every spelling")
    func spellings() throws {
        var chance = SeededChance("tracking codes")
        for _ in 0..<2000 {
            let code = TrackingCode(random: chance.next())
            #expect(code.digits.utf8.count == 12)
            #expect(code.digits.first != "0")
            #expect(code.description.split(separator: " ").map(\.count) == [4, 4, 4])
            let wide = String(code.digits.unicodeScalars.map { Character(Unicode.Scalar($0.value + 0xFEE0) ?? $0) })
            for spelling in [
                code.digits, code.description, " \(code.description)　", wide,
                code.description.replacing(" ", with: "-"), code.description.replacing(" ", with: "－"),
            ] {
                #expect(try TrackingCode(typed: spelling) == code, "\(spelling)")
            }
            #expect(TrackingCode(digits: code.digits) == code)
        }
    }

    @Test("every single wrong digit and every exchange of neighbours is found")
    func typos() {
        var chance = SeededChance("typos")
        for _ in 0..<100 {
            let right = Array(TrackingCode(random: chance.next()).digits.utf8)
            for position in 0..<12 {
                for digit in UInt8(ascii: "0")...UInt8(ascii: "9") where digit != right[position] {
                    var wrong = right
                    wrong[position] = digit
                    expectMistyped(wrong)
                }
                if position < 11, right[position] != right[position + 1] {
                    var wrong = right
                    wrong.swapAt(position, position + 1)
                    expectMistyped(wrong)
                }
            }
        }
    }

    private func expectMistyped(_ digits: [UInt8]) {
        let text = String(decoding: digits, as: UTF8.self)
        do {
            _ = try TrackingCode(typed: text)
            Issue.record("\(text) was taken")
        } catch {
            if error != RuleViolation(.invalid, "tracking-code.mistyped", field: "code") {
                Issue.record("\(text): \(error)")
            }
        }
        if TrackingCode(digits: text) != nil { Issue.record("\(text) was read") }
    }

    @Test("the check digit is Damm's: 572 takes 4")
    func published() {
        // The example that publications of the algorithm use.
        #expect(TrackingCode.checkDigit(of: [5, 7, 2]) == 4)
    }

    @Test(
        "what cannot be a code says why",
        arguments: [
            ("", "tracking-code.length"), ("12345678901", "tracking-code.length"),
            ("1234567890123", "tracking-code.length"),
            (String(repeating: "1", count: 10_000), "tracking-code.length"),
            ("1234 5678 901a", "tracking-code.characters"),
            ("'; DROP TABLE", "tracking-code.characters"), ("012345678901", "tracking-code.mistyped"),
        ])
    func refused(text: String, code: String) {
        #expect(throws: RuleViolation(.invalid, code, field: "code")) { try TrackingCode(typed: text) }
    }
}

@Suite("Case numbers")
struct CaseNumberTests {
    private let day = LocalDay(number: 20_775)

    @Test("QH26-1118-026 is the 26th case of 18 November 2026 in QH")
    func format() throws {
        #expect(day.description == "2026-11-18")
        let number = try #require(CaseNumber(street: "QH", day: day, running: 26))
        #expect(number.description == "QH26-1118-026")
        #expect(CaseNumber(street: "QH", day: day, running: 1000)?.description == "QH26-1118-1000")
    }

    @Test("random numbers are read back, also in small letters and full width")
    func roundTrip() throws {
        var chance = SeededChance("case numbers")
        for _ in 0..<2000 {
            let letters = (0..<Int.random(in: 2...4, using: &chance)).map { _ in
                Character(Unicode.Scalar(UInt8.random(in: 65...90, using: &chance)))
            }
            let number = try #require(
                CaseNumber(
                    street: String(letters), day: LocalDay(number: Int.random(in: 10_957...47_000, using: &chance)),
                    running: Int.random(in: 1...20_000, using: &chance)))
            let wide = String(
                number.description.unicodeScalars.map { Character(Unicode.Scalar($0.value + 0xFEE0) ?? $0) })
            for text in [
                number.description, number.description.lowercased(), wide, number.description.replacing("-", with: " "),
            ] {
                #expect(CaseNumber(text) == number, "\(text), seed \(chance.seed)")
            }
        }
    }

    @Test(
        "what is no number is refused",
        arguments: [
            "", "QH26", "QH26-1118", "Q26-1118-026", "QHABC26-1118-026", "QH26-1118-26", "QH26-1318-026",
            "QH26-0230-001",
            "QH2026-1118-026", "QH26-1118-000", "QH26-1118-0261234", "QH26-1118-026-1", "26-1118-026", "清河26-1118-026",
            "QH26-1118-+26",
        ])
    func refused(text: String) {
        #expect(CaseNumber(text) == nil)
    }

    @Test("numbers sort by street and then in the order of filing, also past 999")
    func order() throws {
        let earlier = try #require(CaseNumber("QH26-1118-999"))
        let later = try #require(CaseNumber("QH26-1118-1000"))
        let nextDay = try #require(CaseNumber("QH26-1119-001"))
        #expect(earlier < later && later < nextDay)
    }

    @Test("a street has two to four capital letters, a running number begins at one")
    func limits() {
        #expect(CaseNumber(street: "qh", day: day, running: 1) == nil)
        #expect(CaseNumber(street: "Q", day: day, running: 1) == nil)
        #expect(CaseNumber(street: "QH", day: day, running: 0) == nil)
        #expect(CaseNumber(street: "QH", day: LocalDay(number: 0), running: 1) == nil)
    }
}
