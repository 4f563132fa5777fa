import Casework
import Domain
import Testing

@Suite("Rules of rulings and of taking up again")
struct RulingRuleTests {
    private func refused(
        _ times: Int, organisation: OrganisationID = Sample.lighting, number: UInt64 = 400
    ) throws
        -> CaseTask
    {
        var task = Sample.task(.offered, organisation: organisation, number: number)
        let act = Sample.act(Sample.handler, of: organisation)
        for round in 1...times {
            task = try task.refusing(.matrix, groundReference: "4.1", by: act).value
            if round < times { task = try task.upholding(note: "是你们的", by: Sample.act()).value }
        }
        return task
    }

    @Test("the dispatcher rules on the first refusal, only a supervisor on the second and later ones")
    func supervisor() throws {
        for times in 1...4 {
            let task = try refused(times)
            for ruling in Ruling.allCases {
                for isSupervisor in [false, true] {
                    let found = findings {
                        let change = try task.ruling(
                            ruling, note: "看过清单", among: [task], isSupervisor: isSupervisor, by: Sample.act())
                        #expect(change.value.state == (ruling == .uphold ? .offered : .withdrawn))
                        #expect(change.step.detail.note == "看过清单")
                    }
                    #expect(found == (times == 1 || isSupervisor ? [] : ["task.supervisor-rules"]), "\(times)")
                }
            }
        }
    }

    @Test("refusals of other organisations in the same case count, also of those that have left it")
    func countedTogether() throws {
        let gone = try refused(1, organisation: Sample.enforcement, number: 401).withdrawing(
            note: "不归", by: Sample.act()
        )
        .value
        let task = try refused(1)
        #expect(Case.refusals(in: [gone, task]) == 2)
        #expect(
            findings {
                _ = try task.ruling(
                    .uphold, note: "是", among: [gone, task], isSupervisor: false, by: Sample.act())
            } == ["task.supervisor-rules"])
    }

    @Test("nobody rules on the refusal of the own organisation, nor without a word, nor when none waits")
    func ownRefusal() throws {
        let task = try refused(1)
        #expect(
            findings {
                _ = try task.ruling(
                    .withdraw, note: "好", among: [task], isSupervisor: true,
                    by: Sample.act(Sample.colleague, of: Sample.lighting))
            } == ["task.own-refusal"])
        #expect(
            findings {
                _ = try task.ruling(.withdraw, note: " ", among: [task], isSupervisor: true, by: Sample.act())
            } == ["input.missing @note"])
        for state in TaskState.allCases where state != .refused {
            for ruling in Ruling.allCases {
                let other = Sample.task(state)
                #expect(
                    findings {
                        _ = try other.ruling(ruling, note: "好", among: [other], isSupervisor: true, by: Sample.act())
                    } == ["task.not-now"])
            }
        }
    }

    @Test("taking back is for tasks that nobody refused", arguments: TaskState.allCases)
    func takingBack(state: TaskState) {
        let expected: [String] =
            switch state {
            case .offered, .working, .answered: []
            case .refused: ["task.to-rule"]
            case .passed, .withdrawn: ["task.not-now"]
            }
        #expect(findings { _ = try Sample.task(state).takingBack(note: "派错了", by: Sample.act()) } == expected)
    }

    @Test("taking up again is for closed cases and those being called back", arguments: CaseState.allCases)
    func reopeningState(state: CaseState) {
        let found = findings { _ = try Sample.caseFile(state).reopening(note: "又坏了", tasks: [], by: Sample.act()) }
        #expect(found == ([.closed, .toCallBack].contains(state) ? [] : ["case.not-now"]))
    }

    @Test("passed tasks go on, withdrawn ones do not; outcome and answer are taken off")
    func reopening() throws {
        let closed = try Sample.caseFile().closing(
            Closing(outcome: .done, publicText: "修好了"), tasks: [Sample.task(.passed)], by: Sample.act()
        ).value
        let tasks = [
            Sample.task(.passed), Sample.task(.withdrawn, number: 401),
            Sample.task(.passed, role: .assist, organisation: Sample.property, reworks: 2, number: 402),
        ]
        #expect(
            findings { _ = try closed.reopening(note: "", tasks: tasks, by: Sample.act()) } == ["input.missing @note"])
        let reopening = try closed.reopening(note: "又坏了", tasks: tasks, by: Sample.act())
        #expect(reopening.caseFile.state == .open)
        #expect(reopening.caseFile.outcome == nil && reopening.caseFile.publicAnswer == nil)
        #expect(reopening.tasks.map(\.id) == [tasks[0].id, tasks[2].id])
        #expect(reopening.tasks.map(\.state) == [.working, .working])
        #expect(reopening.tasks.map(\.reworks) == [1, 3])
        #expect(reopening.steps.map(\.action) == ["reopen", "reopen", "reopen"])
        #expect(reopening.caseFile.phase(with: reopening.tasks + [tasks[1]]) == .rework)
    }
}
