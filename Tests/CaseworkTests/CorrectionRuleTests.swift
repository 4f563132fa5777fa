import Casework
import Domain
import Testing

@Suite("Rules of corrections")
struct CorrectionRuleTests {
    private let act = Sample.act()
    private let long = String(repeating: "字", count: 2001)

    private func other(_ state: CaseState = .open) -> Case {
        Case(
            id: Sample.id(201), openedAt: Sample.moment, area: Sample.street, title: "灯", matter: Sample.lamp,
            number: CaseNumber("QH26-1118-026"), state: state, dueAt: nil, outcome: nil, publicAnswer: nil, version: 1)
    }

    private func report(_ number: UInt64, _ state: ReportState = .accepted) -> Report {
        Report(
            id: Sample.id(number), trackingCode: TrackingCode(random: number), channel: .web, area: Sample.street,
            place: nil, hint: Sample.lamp, title: "灯", text: "灯不亮", receivedAt: Sample.moment, external: nil,
            state: state, version: 1, caseID: Sample.caseID)
    }

    @Test("each verb is refused in the states that do not allow it", arguments: CaseState.allCases)
    func states(state: CaseState) {
        let file = Sample.caseFile(state)
        let before: Set<CaseState> = [.toVerify, .toFile]
        let verbs: [(Set<CaseState>, () throws -> Void)] = [
            (before, { _ = try file.declining(publicNote: "不归", by: act) }),
            ([.toFile], { _ = try file.sendingBack(note: "再看", by: act) }),
            ([.notFiled], { _ = try file.reconsidering(note: "再看", by: act) }),
            ([.notFiled, .closed], { _ = try file.archiving(by: act) }),
            (
                before.union([.open]),
                {
                    _ = try file.amending(
                        Amendment(title: "别的", note: "写错"), catalogues: Sample.catalogues, by: act)
                }
            ),
            (before.union([.open]), { _ = try file.voiding(publicNote: "错", note: "错", tasks: [], by: act) }),
            (before.union([.open]), { _ = try file.merging(into: other(), note: "同", tasks: [], by: act) }),
            (
                before.union([.open]),
                {
                    _ = try file.splitting(
                        off: Sample.id(301), of: [report(301), report(302)], into: nil, note: "不是",
                        catalogues: Sample.catalogues, by: act)
                }
            ),
        ]
        for (index, (allowed, verb)) in verbs.enumerated() {
            #expect(findings(verb) == (allowed.contains(state) ? [] : ["case.not-now"]), "\(index)")
        }
    }

    @Test("every reason that is asked for has to be there, and not be too long")
    func reasons() {
        let file = Sample.caseFile(.toFile)
        #expect(
            findings { _ = try file.declining(publicNote: " ", note: long, by: act) }.sorted() == [
                "input.missing @publicNote", "input.too-long @note",
            ])
        #expect(findings { _ = try file.sendingBack(note: "", by: act) } == ["input.missing @note"])
        #expect(
            findings { _ = try Sample.caseFile(.notFiled).reconsidering(note: "", by: act) } == ["input.missing @note"])
        #expect(
            findings { _ = try file.voiding(publicNote: "", note: "", tasks: [], by: act) } == [
                "input.missing @publicNote", "input.missing @note",
            ])
        #expect(
            findings { _ = try file.merging(into: other(), note: "", tasks: [], by: act) } == ["input.missing @note"])
        #expect(
            findings { _ = try Sample.caseFile(.closed).archiving(note: long, by: act) } == ["input.too-long @note"])
    }

    @Test("not filed, a case holds what was told; looked at again, it does not")
    func declined() throws {
        let declined = try Sample.caseFile(.toFile).declining(publicNote: "不归城市管理", by: act).value
        #expect(declined.state == .notFiled && declined.publicAnswer == "不归城市管理")
        let again = try declined.reconsidering(note: "归", by: act).value
        #expect(again.state == .toFile && again.publicAnswer == nil)
    }

    @Test("a correction keeps what each field was and is, and changes nothing else")
    func amended() throws {
        let well = MatterReference(standard: "gbt47678.5-2026", kind: .component, code: "01002")
        let file = Sample.caseFile(dueAt: Sample.moment)
        let change = try file.amending(
            Amendment(title: "井盖 13812345678", matter: well, area: Sample.id(2), note: "看错了"),
            catalogues: Sample.catalogues, by: act)
        #expect(change.value.title == "井盖 ****" && change.value.matter == well && change.value.area == Sample.id(2))
        #expect(change.value.dueAt == file.dueAt && change.value.number == file.number && change.value.state == .open)
        #expect(
            change.step.detail.changes == [
                FieldChange(.title, from: "路灯不亮", to: "井盖 ****"),
                FieldChange(.matter, from: Sample.lamp.description, to: well.description),
                FieldChange(.area, from: Sample.street.description, to: (Sample.id(2) as AreaID).description),
            ])
        func found(_ amendment: Amendment) -> [String] {
            findings { _ = try file.amending(amendment, catalogues: Sample.catalogues, by: act) }
        }
        #expect(found(Amendment(note: "没变")) == ["case.nothing-amended"])
        #expect(found(Amendment(title: " ", matter: Sample.lamp, note: "没变")) == ["case.nothing-amended"])
        #expect(found(Amendment(title: "井盖", note: "")) == ["input.missing @note"])
        #expect(found(Amendment(matter: Sample.unknownMatter, note: "改")) == ["matter.unknown @matter"])
    }

    @Test("voiding and merging withdraw what is live and leave what has passed")
    func tasks() throws {
        let tasks = TaskState.allCases.enumerated().map { index, state in
            Sample.task(state, role: .assist, number: 500 + UInt64(index))
        }
        let live: [TaskState] = [.offered, .working, .answered, .refused]
        for change in [
            try Sample.caseFile().voiding(publicNote: "错", note: "建错了", tasks: tasks, by: act),
            try Sample.caseFile().merging(into: other(), note: "同一件", tasks: tasks, by: act),
        ] {
            #expect(change.caseFile.state == .void)
            #expect(change.tasks.allSatisfy { $0.state == .withdrawn })
            #expect(Set(change.tasks.map(\.id)) == Set(tasks.filter { live.contains($0.state) }.map(\.id)))
            #expect(change.steps.count == live.count + 1)
        }
    }

    @Test("a case merges into another one that is not over", arguments: CaseState.allCases)
    func mergeTargets(state: CaseState) {
        let found = findings { _ = try Sample.caseFile().merging(into: other(state), note: "同", tasks: [], by: act) }
        #expect(found == ([.toVerify, .toFile, .open].contains(state) ? [] : ["case.not-joinable @into"]))
        let itself = Sample.caseFile()
        #expect(
            findings { _ = try itself.merging(into: itself, note: "同", tasks: [], by: act) } == [
                "case.merge-itself @into"
            ])
    }

    @Test("a report leaves into a new case or back to reception; its own state counts too")
    func split() throws {
        let file = Sample.caseFile()
        let reports = [report(301), report(302)]
        let new = NewCase(id: Sample.id(209), title: "另一盏", verification: .onSpot)
        let own = try file.splitting(
            off: Sample.id(302), of: reports, into: new, note: "不是一盏", catalogues: Sample.catalogues, by: act)
        #expect(own.report.caseID == new.id && own.report.state == .accepted)
        #expect(own.opened?.state == .toVerify && own.opened?.title == "另一盏" && own.opened?.matter == Sample.lamp)
        #expect(own.left.action == "split" && own.parted.action == "move" && own.opening?.action == "register")
        let back = try file.splitting(
            off: Sample.id(302), of: reports, into: nil, note: "并错了", catalogues: Sample.catalogues, by: act)
        #expect(back.report.caseID == nil && back.report.state == .received && back.opened == nil)

        func found(_ id: ReportID, _ reports: [Report], _ new: NewCase? = nil, note: String = "不是") -> [String] {
            findings {
                _ = try file.splitting(
                    off: id, of: reports, into: new, note: note, catalogues: Sample.catalogues, by: act)
            }
        }
        #expect(found(Sample.id(309), reports) == ["report.of-another-case @report"])
        #expect(found(Sample.id(301), [reports[0]]) == ["case.last-report"])
        #expect(found(Sample.id(301), [report(301, .withdrawn), report(302)]) == ["report.not-now"])
        #expect(found(Sample.id(301), reports, note: "") == ["input.missing @note"])
        #expect(
            found(Sample.id(301), reports, NewCase(id: Sample.id(209), verification: .patrol)) == [
                "case.not-patrol @verification"
            ])
    }
}
