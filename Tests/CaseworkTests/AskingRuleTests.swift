import Casework
import Domain
import Testing

@Suite("Rules of asking the sender")
struct AskingRuleTests {
    @Test("only a received report is asked about, only an asked one supplemented", arguments: ReportState.allCases)
    func states(state: ReportState) {
        let report = Sample.report(state)
        #expect(
            findings { _ = try report.asking("哪一盏？", by: Sample.act()) }
                == (state == .received ? [] : ["report.not-now"]))
        #expect(
            findings { _ = try report.supplementing("最北边那盏", id: Sample.id(800), by: Sample.resident) }
                == (state == .asked ? [] : ["report.not-now"]))
    }

    @Test("the question is told to the sender, redacted, and puts the report aside")
    func asked() throws {
        let change = try Sample.report(.received).asking("打13812345678问的", note: "没说几幢", by: Sample.act())
        #expect(change.value.state == .asked && change.value.queue == .supplement)
        #expect(change.step.detail == StepDetail(note: "没说几幢", publicNote: "打****问的"))
        #expect(Report.question([change.step]) == change.step)
        #expect(
            findings { _ = try Sample.report(.received).asking(" ", by: Sample.act()) }
                == ["input.missing @question"])
    }

    @Test("what is added is kept beside the report's own words, redacted")
    func supplemented() throws {
        let report = Sample.report(.asked)
        let (change, supplement) = try report.supplementing(
            "最北边那盏，13812345678", id: Sample.id(800), by: Sample.resident)
        #expect(change.value.state == .received && change.value.queue == .accept)
        #expect(change.value.text == report.text)
        #expect(supplement.text == "最北边那盏，****" && supplement.version == change.value.version)
        #expect(supplement.account == nil)
        for (text, found) in [
            (" ", "input.missing @more"), (String(repeating: "字", count: 10_001), "input.too-long @more"),
        ] {
            #expect(
                findings { _ = try report.supplementing(text, id: Sample.id(800), by: Sample.resident) } == [found])
        }
    }
}
