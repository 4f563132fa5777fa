import Casework
import Domain
import Testing

@Suite("Rules of cases")
struct CaseRuleTests {
    private let act = Sample.act()

    private func file(_ filing: Filing, _ caseFile: Case = Sample.caseFile(.toFile)) throws -> Change<Case> {
        try caseFile.filing(filing, catalogues: Sample.catalogues, by: act)
    }

    // MARK: Verify, file, decline

    @Test("a case found as reported waits to be filed")
    func verified() throws {
        let change = try Sample.caseFile(.toVerify).verifying(note: "灯确实不亮", by: act)
        #expect(change.value.state == .toFile)
        #expect(change.step.detail == StepDetail(note: "灯确实不亮", reason: "on-spot"))
    }

    @Test("filing opens the case with its matter and promised time")
    func filed() throws {
        let due = Sample.moment.advanced(bySeconds: 86_400)
        let change = try file(Filing(matter: Sample.lamp, title: "6幢路灯", dueAt: due, note: "照旧"))
        #expect(change.value.state == .open)
        #expect(change.value.dueAt == due)
        #expect(change.value.title == "6幢路灯")
        #expect(change.value.version == 2)
        #expect(change.step.detail == StepDetail(note: "照旧", dueAt: due))
    }

    @Test("filing keeps the case's own matter and title when none is named")
    func filedAsIs() throws {
        let filed = try file(Filing()).value
        #expect(filed.matter == Sample.lamp)
        #expect(filed.title == "路灯不亮")
    }

    @Test("all that is wrong with a filing is told at once")
    func filingMistakes() {
        let bare = Sample.caseFile(.toFile, matter: nil)
        #expect(findings { _ = try file(Filing(), bare) } == ["case.matter-missing @matter"])
        let filing = Filing(
            matter: Sample.unknownMatter, title: String(repeating: "字", count: 101), dueAt: Sample.moment,
            note: String(repeating: "字", count: 2001))
        #expect(
            findings { _ = try file(filing) } == [
                "input.too-long @title", "input.too-long @note", "matter.unknown @matter", "limit.past @dueAt",
            ])
    }

    @Test("a number is given once, to a filed case")
    func numbered() throws {
        let number = try #require(CaseNumber("QH26-1118-026"))
        let filed = try file(Filing()).value
        let numbered = try filed.numbered(number)
        #expect(numbered.number == number)
        #expect(numbered.version == filed.version)
        #expect(findings { _ = try numbered.numbered(number) } == ["case.numbered"])
        #expect(findings { _ = try Sample.caseFile(.toFile).numbered(number) } == ["case.not-now"])
    }

    @Test("not filing needs words for the reporter")
    func declined() throws {
        #expect(
            findings { _ = try Sample.caseFile(.toFile).declining(publicNote: "", by: act) } == [
                "input.missing @publicNote"
            ])
        let change = try Sample.caseFile(.toVerify).declining(publicNote: "到现场看过，灯是亮的", by: act)
        #expect(change.value.state == .notFiled)
        #expect(change.step.detail.publicNote == "到现场看过，灯是亮的")
    }

    @Test("each verb is refused in the states that do not allow it", arguments: CaseState.allCases)
    func wrongState(state: CaseState) {
        let caseFile = Sample.caseFile(state)
        let passed = [Sample.task(.passed)]
        let verbs: [(Set<CaseState>, () throws -> Void)] = [
            ([.toVerify], { _ = try caseFile.verifying(by: act) }),
            ([.toFile], { _ = try file(Filing(), caseFile) }),
            ([.toVerify, .toFile], { _ = try caseFile.declining(publicNote: "灯是亮的", by: act) }),
            ([.open], { _ = try caseFile.dispatching(Sample.order(), beside: [], by: act) }),
            (
                [.open, .toCallBack],
                {
                    // A case that was finished has its answer already.
                    let closing = state == .toCallBack ? Closing() : Closing(outcome: .done, publicText: "好了")
                    _ = try caseFile.closing(closing, tasks: passed, by: act)
                }
            ),
        ]
        for (allowed, verb) in verbs {
            #expect(findings(verb) == (allowed.contains(state) ? [] : ["case.not-now"]))
        }
    }

    // MARK: Dispatch

    @Test("dispatch makes one task for the lead and one for each assisting organisation")
    func dispatched() throws {
        let due = Sample.moment.advanced(bySeconds: 3600)
        let result = try Sample.caseFile(dueAt: due).dispatching(
            Sample.order(assists: [Sample.enforcement, Sample.property], dueAt: due), beside: [], by: act)
        #expect(result.tasks.map(\.organisation) == [Sample.lighting, Sample.enforcement, Sample.property])
        #expect(result.tasks.map(\.role) == [.lead, .assist, .assist])
        #expect(Set(result.tasks.map(\.id)).count == 3)
        #expect(result.tasks.allSatisfy { $0.state == .offered && $0.version == 1 && $0.dueAt == due })
        #expect(result.tasks.allSatisfy { $0.ground == .statutory && $0.groundReference == "责任清单3.2" })
        #expect(result.steps.map(\.action) == ["dispatch", "offer", "offer", "offer"])
        #expect(result.steps[0].detail.target == Sample.lighting)
        #expect(result.caseFile.state == .open)
        #expect(result.caseFile.version == 2)
        #expect(result.caseFile.phase(with: result.tasks) == .toSign)
        // Without a date each task gets the time that its matter has, from the calendar of its organisation.
        let open = try Sample.caseFile(dueAt: due).dispatching(Sample.order(), beside: [], by: act)
        #expect(open.tasks.map(\.dueAt) == [nil])
    }

    @Test(
        "each ground needs its own proof",
        arguments: [
            (Ground.statutory, "ground.clause-missing"), (.agreed, "ground.minutes-missing"),
            (.designated, "ground.reason-missing"),
        ])
    func grounds(ground: Ground, code: String) throws {
        let bare = Sample.order(ground: ground, reference: " ")
        #expect(
            findings { _ = try Sample.caseFile().dispatching(bare, beside: [], by: act) } == [
                "\(code) @groundReference"
            ])
        let proven = Sample.order(ground: ground, reference: "2026年第3次会商纪要")
        let result = try Sample.caseFile().dispatching(proven, beside: [], by: act)
        #expect(result.steps[0].detail.ground == ground)
    }

    @Test("one lead, no organisation twice")
    func organisations() {
        func found(_ order: DispatchOrder, beside tasks: [CaseTask] = []) -> [String] {
            findings { _ = try Sample.caseFile().dispatching(order, beside: tasks, by: act) }
        }
        let lead = Sample.task(.working)
        #expect(found(Sample.order(lead: nil)) == ["case.lead-missing @lead"])
        #expect(found(Sample.order(lead: nil, assists: [Sample.property])) == ["case.lead-missing @lead"])
        #expect(found(Sample.order(assists: [Sample.lighting])) == ["case.organisation-twice @assists"])
        #expect(
            found(Sample.order(assists: [Sample.property, Sample.property])) == ["case.organisation-twice @assists"])
        #expect(found(Sample.order(lead: Sample.property), beside: [lead]) == ["case.lead-exists @lead"])
        #expect(found(Sample.order(lead: nil), beside: [lead]) == ["case.nobody-named @assists"])
        #expect(
            found(Sample.order(lead: nil, assists: [Sample.lighting]), beside: [lead]) == [
                "case.organisation-twice @assists"
            ])
        #expect(found(Sample.order(lead: nil, assists: [Sample.property]), beside: [lead]) == [])
    }

    @Test("a lead that refused stays the lead until its task is withdrawn")
    func refusedLead() {
        let order = Sample.order(lead: Sample.property)
        #expect(
            findings { _ = try Sample.caseFile().dispatching(order, beside: [Sample.task(.refused)], by: act) }
                == ["case.lead-exists @lead"])
        #expect(
            findings { _ = try Sample.caseFile().dispatching(order, beside: [Sample.task(.withdrawn)], by: act) } == [])
        // The same organisation may be asked again.
        #expect(
            findings {
                _ = try Sample.caseFile().dispatching(Sample.order(), beside: [Sample.task(.withdrawn)], by: act)
            } == [])
    }

    @Test("a task's limit lies ahead and not after the case's promise")
    func limits() {
        let promised = Sample.moment.advanced(bySeconds: 3600)
        func found(_ dueAt: Instant) -> [String] {
            findings {
                _ = try Sample.caseFile(dueAt: promised).dispatching(Sample.order(dueAt: dueAt), beside: [], by: act)
            }
        }
        #expect(found(Sample.moment) == ["limit.past @dueAt"])
        #expect(found(promised.advanced(byMilliseconds: 1)) == ["limit.after-case @dueAt"])
        let late = Sample.caseFile(dueAt: Sample.moment.advanced(bySeconds: -60))
        #expect(findings { _ = try late.dispatching(Sample.order(dueAt: promised), beside: [], by: act) }.isEmpty)
        #expect(found(promised) == [])
    }

    // MARK: Close

    @Test("closing keeps the result and the public answer")
    func closed() throws {
        let change = try Sample.caseFile().closing(
            Closing(outcome: .done, publicText: "灯换了，找李工13812345678", note: "已归类"), tasks: [Sample.task(.passed)],
            by: act)
        #expect(change.value.state == .closed)
        #expect(change.value.outcome == .done)
        #expect(change.value.publicAnswer == "灯换了，找李工****")
        #expect(change.step.detail == StepDetail(note: "已归类", publicNote: "灯换了，找李工****", reason: "done"))
    }

    @Test("closing needs the lead's passed task, nothing unfinished, and words for the public")
    func obstacles() {
        func found(_ tasks: [CaseTask], text: String = "好了") -> [String] {
            findings {
                _ = try Sample.caseFile().closing(Closing(outcome: .done, publicText: text), tasks: tasks, by: act)
            }
        }
        let helper = { (state: TaskState) in
            Sample.task(state, role: .assist, organisation: Sample.enforcement, number: 401)
        }
        #expect(found([]) == ["case.lead-not-passed"])
        for state in [TaskState.offered, .working, .answered, .refused] {
            #expect(found([Sample.task(state)]) == ["case.tasks-unfinished", "case.lead-not-passed"])
            #expect(found([Sample.task(.passed), helper(state)]) == ["case.tasks-unfinished"])
        }
        #expect(found([Sample.task(.withdrawn), helper(.passed)]) == ["case.lead-not-passed"])
        #expect(found([Sample.task(.passed), helper(.withdrawn)]) == [])
        #expect(found([Sample.task(.passed), helper(.passed)]) == [])
        #expect(found([Sample.task(.passed)], text: "\n") == ["input.missing @publicText"])
    }

    @Test("a case whose work was checked by its own handlers is not closed")
    func checkedByHandler() {
        func found(_ task: CaseTask) -> [String] { Case.obstaclesToClosing(with: [task]).map(\.code) }
        #expect(found(Sample.task(.passed, checkedBy: Sample.handler)) == ["case.checked-by-handler"])
        #expect(found(Sample.task(.passed, checkedFor: Sample.lighting)) == ["case.checked-by-handler"])
        #expect(found(Sample.task(.passed, checkedFor: nil)) == [])
    }
}
