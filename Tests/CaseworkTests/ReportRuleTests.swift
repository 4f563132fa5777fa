import Casework
import Domain
import Testing

@Suite("Rules of reports")
struct ReportRuleTests {
    private func submit(_ draft: ReportDraft, by act: Act = Sample.resident) throws -> Change<Report> {
        try Report.submitting(
            draft, id: Sample.id(300), trackingCode: TrackingCode(random: 7), catalogues: Sample.catalogues, by: act)
    }

    @Test("a report is received with its first step")
    func submitted() throws {
        let change = try submit(Sample.draft())
        #expect(change.value.state == .received)
        #expect(change.value.version == 1)
        #expect(change.value.caseID == nil)
        #expect(change.value.receivedAt == Sample.moment)
        #expect(change.step.subject == .report(change.value.id))
        #expect(change.step.action == "submit")
        #expect(change.step.from == nil)
        #expect(change.step.to == "received")
        #expect(change.step.account == nil)
        #expect(change.step.actionKey == "casework.report.action.submit")
        #expect(try ReportState.machine.fold([change.step]) == .received)
    }

    @Test("title, text and place are redacted")
    func redacted() throws {
        var draft = Sample.draft("找我13812345678", title: "张三330203199003071234")
        draft.place = "浙B12345旁"
        let report = try submit(draft).value
        #expect(report.title == "张三****")
        #expect(report.text == "找我****")
        #expect(report.place == "****旁")
    }

    @Test("without a title the first words of the redacted text stand for it")
    func title() throws {
        #expect(try submit(Sample.draft("灯坏了\n三天", title: nil)).value.title == "灯坏了")
        #expect(try submit(Sample.draft("找13812345678", title: "  ")).value.title == "找****")
        let long = try submit(Sample.draft(String(repeating: "灯", count: 50), title: nil)).value.title
        #expect(long == String(repeating: "灯", count: 29) + "…")
    }

    @Test("control characters and turned writing are taken off, line ends kept")
    func cleaned() throws {
        let report = try submit(Sample.draft("\u{FEFF} a\u{0}b\u{202E}c\r\nd\re\t \n")).value
        #expect(report.text == "abc\nd\ne")
    }

    @Test(
        "empty and overlong texts are refused and name their field",
        arguments: [
            ("", nil, nil, ["input.missing @text"]), (" \n\u{0}", nil, nil, ["input.missing @text"]),
            (String(repeating: "字", count: 10_001), nil, nil, ["input.too-long @text"]),
            ("好", String(repeating: "字", count: 101), nil, ["input.too-long @title"]),
            (
                "", String(repeating: "字", count: 101), String(repeating: "字", count: 201),
                ["input.too-long @title", "input.missing @text", "input.too-long @place"]
            ),
            (String(repeating: "字", count: 10_000), String(repeating: "字", count: 100), nil, []),
        ] as [(String, String?, String?, [String])])
    func texts(text: String, title: String?, place: String?, expected: [String]) {
        var draft = Sample.draft(text, title: title)
        draft.place = place
        #expect(findings { _ = try submit(draft) } == expected)
    }

    @Test("an unknown hint is refused, a known one of any catalogue kept")
    func hint() throws {
        var draft = Sample.draft()
        draft.hint = Sample.unknownMatter
        #expect(findings { _ = try submit(draft) } == ["matter.unknown @hint"])
        for hint in [
            Sample.lamp, MatterReference("citizen-demands/demand/03"), MatterReference("gbt47678.5-2026/matter/06"),
        ] {
            draft.hint = hint
            #expect(try submit(draft).value.hint == hint)
        }
    }

    @Test("an import keeps the source's time and name; a time to come is refused")
    func imported() throws {
        var draft = Sample.draft()
        draft.external = ExternalReference(source: "hotline", id: "24")
        draft.receivedAt = Sample.moment.advanced(bySeconds: -86_400)
        let change = try submit(draft)
        #expect(change.value.receivedAt == draft.receivedAt)
        #expect(change.step.at == Sample.moment)
        #expect(change.value.external?.id == "24")
        draft.receivedAt = Sample.moment.advanced(bySeconds: 301)
        #expect(findings { _ = try submit(draft) } == ["report.from-the-future @receivedAt"])
    }

    @Test(
        "acceptance opens a case that begins where the verification says",
        arguments: [
            (Verification.onSpot, CaseState.toVerify, "register"), (.phone, .toFile, "register-verified"),
            (.material, .toFile, "register-verified"), (.needless, .toFile, "register-verified"),
        ])
    func accepted(verification: Verification, state: CaseState, action: String) throws {
        let result = try Sample.report().accepting(
            as: NewCase(id: Sample.caseID, verification: verification), catalogues: Sample.catalogues, by: Sample.act())
        #expect(result.report.state == .accepted)
        #expect(result.report.caseID == Sample.caseID)
        #expect(result.report.version == 2)
        #expect(result.caseFile.state == state)
        #expect(result.caseFile.version == 1)
        #expect(result.caseFile.matter == Sample.lamp)
        #expect(result.caseFile.title == "路灯不亮")
        #expect(result.caseFile.number == nil)
        #expect(result.steps.map(\.action) == ["accept", action])
        #expect(result.steps.allSatisfy { $0.caseID == Sample.caseID && $0.account == Sample.dispatcher })
        #expect(try CaseState.machine.fold([result.steps[1]]) == state)
    }

    @Test("only a patrol has seen the place: the resident's report cannot be accepted as patrol's")
    func patrol() throws {
        let new = NewCase(id: Sample.caseID, verification: .patrol)
        #expect(
            findings { _ = try Sample.report().accepting(as: new, catalogues: Sample.catalogues, by: Sample.act()) }
                == ["case.not-patrol @verification"])
        for channel in Channel.allCases where channel.isPatrol {
            let result = try Sample.report(channel: channel)
                .accepting(as: new, catalogues: Sample.catalogues, by: Sample.act())
            #expect(result.caseFile.state == .toFile)
        }
    }

    @Test("accepting with an unknown matter is refused")
    func unknownMatter() {
        let new = NewCase(id: Sample.caseID, matter: Sample.unknownMatter, verification: .phone)
        #expect(
            findings { _ = try Sample.report().accepting(as: new, catalogues: Sample.catalogues, by: Sample.act()) }
                == ["matter.unknown @matter"])
    }

    @Test("a report joins a case that is not over", arguments: CaseState.allCases)
    func joined(state: CaseState) throws {
        let file = Sample.caseFile(state)
        guard [.toVerify, .toFile, .open].contains(state) else {
            #expect(findings { _ = try Sample.report().joining(file, by: Sample.act()) } == ["case.not-joinable @case"])
            return
        }
        let change = try Sample.report().joining(file, note: "同一盏灯", by: Sample.act())
        #expect(change.value.caseID == file.id)
        #expect(change.value.state == .accepted)
        #expect(change.step.caseID == file.id)
        #expect(change.step.detail.note == "同一盏灯")
    }

    @Test("a refusal keeps its reason; two reasons need words of the centre's own", arguments: RefusalReason.allCases)
    func refused(reason: RefusalReason) throws {
        let change = try Sample.report().refusing(reason, publicNote: "见12345", note: "内部", by: Sample.act())
        #expect(change.value.state == .refused)
        #expect(change.step.detail == StepDetail(note: "内部", publicNote: "见12345", reason: reason.rawValue))
        let without = findings { _ = try Sample.report().refusing(reason, by: Sample.act()) }
        #expect(without == ([.settled, .outside].contains(reason) ? ["input.missing @publicNote"] : []))
    }

    @Test(
        "in any other state accept, join, refuse and answer are refused and name the state",
        arguments: ReportState.allCases)
    func wrongState(state: ReportState) {
        let report = Sample.report(state)
        let verbs: [(Set<ReportState>, () throws -> Void)] = [
            (
                [.received],
                {
                    _ = try report.accepting(
                        as: NewCase(id: Sample.caseID, verification: .phone), catalogues: Sample.catalogues,
                        by: Sample.act())
                }
            ),
            ([.received], { _ = try report.joining(Sample.caseFile(.open), by: Sample.act()) }),
            ([.received, .asked], { _ = try report.refusing(.elsewhere, by: Sample.act()) }),
            ([.accepted], { _ = try report.answering("修好了", outcome: .done, by: Sample.act()) }),
            ([.received, .asked, .accepted], { _ = try report.withdrawing(by: Sample.act()) }),
        ]
        for (allowed, verb) in verbs {
            #expect(findings(verb) == (allowed.contains(state) ? [] : ["report.not-now"]))
        }
    }

    @Test("an answer needs words, which are redacted")
    func answered() throws {
        let report = Sample.report(.accepted)
        #expect(
            findings { _ = try report.answering(" ", outcome: .done, by: Sample.act()) } == [
                "input.missing @publicText"
            ])
        let change = try report.answering("找李师傅13812345678", outcome: .partly, by: Sample.act())
        #expect(change.value.state == .answered)
        #expect(change.step.detail == StepDetail(publicNote: "找李师傅****", reason: "partly"))
    }
}
