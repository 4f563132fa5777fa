import Domain
import Testing

@testable import Casework

@Suite("Opening personal data")
struct DisclosureRuleTests {
    private func disclosing(
        _ purpose: DisclosurePurpose, reason: String? = nil, number: CaseNumber? = nil, by act: Act = Sample.act()
    ) throws(RuleViolations) -> Disclosure {
        try Sample.report().disclosing(
            .phone, for: purpose, reason: reason, number: number, id: Sample.id(900), role: "seat", by: act)
    }

    private func codes(_ body: () throws -> Disclosure) -> [String] {
        do {
            _ = try body()
            return []
        } catch let violations as RuleViolations {
            return violations.all.map { "\($0.field ?? "-"): \($0.code)" }
        } catch {
            return ["\(error)"]
        }
    }

    @Test("handling names the case; without a number another purpose is needed")
    func handling() throws {
        let number = try #require(CaseNumber("QH26-1118-999"))
        #expect(try disclosing(.handling, reason: "我自己的话", number: number).reason == number.description)
        #expect(codes { try disclosing(.handling) } == ["purpose: disclosure.no-number"])
    }

    @Test("another purpose needs words; ids and phones in them are masked")
    func other() throws {
        #expect(codes { try disclosing(.other) } == ["reason: input.missing"])
        #expect(codes { try disclosing(.other, reason: "  ") } == ["reason: input.missing"])
        #expect(
            codes { try disclosing(.other, reason: String(repeating: "长", count: 201)) } == ["reason: input.too-long"])
        let reason = try disclosing(.other, reason: "核对13800138000的登记").reason
        #expect(reason?.contains("13800138000") == false && reason?.contains("核对") == true)
    }

    @Test("calls and visits may go without words", arguments: [DisclosurePurpose.callback, .visit])
    func plain(purpose: DisclosurePurpose) throws {
        let disclosure = try disclosing(purpose)
        #expect(disclosure.reason == nil && disclosure.role == "seat" && disclosure.account == Sample.dispatcher)
    }

    @Test("nobody without an account opens anything", arguments: DisclosurePurpose.allCases)
    func anonymous(purpose: DisclosurePurpose) {
        #expect(codes { try disclosing(purpose, reason: "x", by: Sample.resident) } == ["-: forbidden"])
    }
}
