import Casework
import Domain
import Testing

@Suite("Rules of tasks")
struct TaskRuleTests {
    @Test("signing keeps who and when")
    func signed() throws {
        let change = try Sample.task().signing(by: Sample.handling)
        #expect(change.value.state == .working)
        #expect(change.value.signing == .init(account: Sample.handler, at: Sample.handling.at))
        #expect(change.step.organisation == Sample.lighting)
        #expect(change.step.caseID == Sample.caseID)
    }

    @Test("nobody but the organisation signs, answers or refuses")
    func notYours() {
        for act in [
            Sample.act(), Sample.resident, Sample.act(Sample.handler, of: Sample.enforcement),
            Sample.act(nil, of: Sample.lighting),
        ] {
            #expect(findings { _ = try Sample.task().signing(by: act) } == ["task.not-yours"])
            #expect(
                findings {
                    _ = try Sample.task(.working).answering(TaskAnswer(outcome: .done, publicText: "好了"), by: act)
                } == ["task.not-yours"])
            #expect(
                findings { _ = try Sample.task().refusing(.matrix, groundReference: "4.1", by: act) } == [
                    "task.not-yours"
                ])
        }
    }

    @Test("an answer keeps the public and the internal words apart, both redacted")
    func answered() throws {
        let answer = TaskAnswer(outcome: .done, publicText: "换了灯", internalText: "联系人13812345678")
        let change = try Sample.task(.working).answering(answer, by: Sample.handling)
        #expect(change.value.state == .answered)
        #expect(change.value.answer?.publicText == "换了灯")
        #expect(change.value.answer?.internalText == "联系人****")
        #expect(change.value.answer?.account == Sample.handler)
        #expect(change.step.detail == StepDetail(note: "联系人****", publicNote: "换了灯", reason: "done"))
    }

    @Test("done needs public words; partly and cannot need a reason somewhere")
    func answerTexts() {
        func found(_ outcome: Outcome, _ publicText: String?, _ internalText: String? = nil) -> [String] {
            findings {
                _ = try Sample.task(.working).answering(
                    TaskAnswer(outcome: outcome, publicText: publicText, internalText: internalText),
                    by: Sample.handling)
            }
        }
        #expect(found(.done, nil, "修了") == ["input.missing @publicText"])
        #expect(found(.done, "修了") == [])
        for outcome in [Outcome.partly, .cannot] {
            #expect(found(outcome, nil) == ["task.reason-missing @publicText"])
            #expect(found(outcome, "  ", "\n") == ["task.reason-missing @publicText"])
            #expect(found(outcome, nil, "配件没到") == [])
            #expect(found(outcome, "配件没到") == [])
        }
        let long = String(repeating: "字", count: 2001)
        #expect(found(.done, long, long) == ["input.too-long @internalText", "input.too-long @publicText"])
    }

    @Test("somebody else passes the work")
    func passed() throws {
        let change = try Sample.task(.answered).checking(.pass, by: Sample.checking)
        #expect(change.value.state == .passed)
        #expect(change.value.check?.verdict == .pass)
        #expect(change.value.check?.account == Sample.checker)
        #expect(Case.obstaclesToClosing(with: [change.value]).isEmpty)
    }

    @Test("rework needs a word and counts; the answer stays until the next one, the check until then")
    func rework() throws {
        #expect(
            findings { _ = try Sample.task(.answered).checking(.rework, note: " ", by: Sample.checking) } == [
                "input.missing @note"
            ])
        let back = try Sample.task(.answered).checking(.rework, note: "还是不亮", by: Sample.checking).value
        #expect(back.state == .working)
        #expect(back.reworks == 1)
        #expect(back.answer != nil)
        #expect(back.check?.verdict == .rework)
        #expect(Sample.caseFile().phase(with: [back]) == .rework)
        let again = try back.answering(TaskAnswer(outcome: .done, publicText: "换了线"), by: Sample.handling).value
        #expect(again.check == nil)
        #expect(again.answer?.publicText == "换了线")
    }

    @Test("the checker is never the handler and never of the handling organisation")
    func checker() {
        func found(_ account: AccountID?, _ organisation: OrganisationID?) -> [String] {
            findings { _ = try Sample.task(.answered).checking(.pass, by: Sample.act(account, of: organisation)) }
        }
        #expect(found(Sample.handler, Sample.lighting) == ["task.checker-is-handler"])
        #expect(found(Sample.handler, Sample.centre) == ["task.checker-is-handler"])
        #expect(found(nil, nil) == ["task.checker-is-handler"])
        #expect(found(Sample.colleague, Sample.lighting) == ["task.checker-same-organisation"])
        #expect(found(Sample.checker, Sample.enforcement) == [])
        #expect(found(Sample.checker, nil) == [])
    }

    @Test("a refusal names its clause; upheld it is offered again, granted it is withdrawn")
    func refusals() throws {
        #expect(
            findings { _ = try Sample.task().refusing(.matrix, groundReference: "", by: Sample.handling) } == [
                "ground.clause-missing @groundReference"
            ])
        let refused = try Sample.task().refusing(.matrix, groundReference: "清单4.1", note: "归市政", by: Sample.handling)
        #expect(refused.value.state == .refused)
        #expect(refused.value.refusals == 1)
        #expect(refused.step.detail == StepDetail(note: "归市政", reason: "matrix", groundReference: "清单4.1"))
        #expect(findings { _ = try refused.value.upholding(note: "", by: Sample.act()) } == ["input.missing @note"])
        let upheld = try refused.value.upholding(note: "清单写的是你们", by: Sample.act()).value
        #expect(upheld.state == .offered)
        #expect(try upheld.refusing(.place, groundReference: "4.2", by: Sample.handling).value.refusals == 2)
        #expect(findings { _ = try refused.value.withdrawing(note: "", by: Sample.act()) } == ["input.missing @note"])
        #expect(try refused.value.withdrawing(note: "派错了", by: Sample.act()).value.state == .withdrawn)
    }

    @Test("each verb is refused in the states that do not allow it", arguments: TaskState.allCases)
    func wrongState(state: TaskState) {
        let task = Sample.task(state)
        let verbs: [(Set<TaskState>, () throws -> Void)] = [
            ([.offered], { _ = try task.signing(by: Sample.handling) }),
            ([.working], { _ = try task.answering(TaskAnswer(outcome: .done, publicText: "好了"), by: Sample.handling) }),
            ([.offered], { _ = try task.refusing(.matrix, groundReference: "4.1", by: Sample.handling) }),
            ([.answered], { _ = try task.checking(.pass, by: Sample.checking) }),
            ([.answered], { _ = try task.checking(.rework, note: "不亮", by: Sample.checking) }),
            ([.refused], { _ = try task.upholding(note: "是你们的", by: Sample.act()) }),
            ([.offered, .working, .answered, .refused], { _ = try task.withdrawing(note: "派错了", by: Sample.act()) }),
        ]
        for (allowed, verb) in verbs {
            #expect(findings(verb) == (allowed.contains(state) ? [] : ["task.not-now"]))
        }
    }
}
