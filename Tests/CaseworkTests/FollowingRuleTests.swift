import Casework
import Domain
import Testing

@Suite("Rules between signing and the check")
struct FollowingRuleTests {
    private let colleagues: Set<AccountID> = [Sample.handler, Sample.colleague]

    @Test("each verb is refused in the states that do not allow it", arguments: TaskState.allCases)
    func states(state: TaskState) {
        let task = Sample.task(state)
        let verbs: [(Set<TaskState>, () throws -> Void)] = [
            ([.answered], { _ = try task.recalling(by: Sample.handling) }),
            ([.working], { _ = try task.progressing(note: "在路上", by: Sample.handling) }),
            ([.offered, .working], { _ = try task.reminding(note: "快点", by: Sample.act()) }),
            (
                [.working],
                { _ = try task.assigning(to: Sample.colleague, among: colleagues, by: Sample.handling) }
            ),
        ]
        for (index, (allowed, verb)) in verbs.enumerated() {
            #expect(findings(verb) == (allowed.contains(state) ? [] : ["task.not-now"]), "\(index)")
        }
    }

    @Test("only the organisation recalls, tells and assigns")
    func notYours() {
        for act in [Sample.act(), Sample.act(nil, of: Sample.lighting), Sample.resident] {
            #expect(findings { _ = try Sample.task(.answered).recalling(by: act) } == ["task.not-yours"])
            #expect(findings { _ = try Sample.task(.working).progressing(note: "好", by: act) } == ["task.not-yours"])
            #expect(
                findings { _ = try Sample.task(.working).assigning(to: nil, among: [], by: act) } == ["task.not-yours"])
        }
    }

    @Test("progress says something, a reminder why, and an assignee belongs to the organisation")
    func inputs() throws {
        let task = Sample.task(.working)
        #expect(
            findings { _ = try task.progressing(publicText: " ", note: "", by: Sample.handling) } == [
                "task.progress-empty @publicText"
            ])
        #expect(try task.progressing(publicText: "周五换", by: Sample.handling).step.detail.publicNote == "周五换")
        #expect(findings { _ = try task.reminding(note: "", by: Sample.act()) } == ["input.missing @note"])
        #expect(try task.reminding(note: "快到期", by: Sample.act()).step.detail.target == Sample.lighting)
        #expect(
            findings { _ = try task.assigning(to: Sample.checker, among: colleagues, by: Sample.handling) } == [
                "task.assignee-unknown @assignee"
            ])
        #expect(
            findings { _ = try task.assigning(to: nil, among: colleagues, by: Sample.handling) } == [
                "task.assignee-same @assignee"
            ])
        let named = try task.assigning(to: Sample.colleague, among: colleagues, by: Sample.handling)
        #expect(named.value.assignee == Sample.colleague)
        #expect(
            named.step.detail.changes == [
                FieldChange(.assignee, from: nil, to: Sample.colleague.description)
            ])
        #expect(try named.value.assigning(to: nil, among: colleagues, by: Sample.handling).value.assignee == nil)
    }

    @Test("handled on the round: seven steps by one person, and the check is left to somebody else")
    func selfHandling() throws {
        let report = Sample.report(channel: .grid)
        let work = PatrolWork(matter: Sample.lamp, publicText: "拧紧了", internalText: "要换螺丝")
        let done = try report.selfHandling(
            work, caseID: Sample.caseID, catalogues: Sample.catalogues, by: Sample.handling)
        #expect(done.report.state == .accepted && done.report.caseID == Sample.caseID)
        #expect(done.caseFile.state == .open && done.task.state == .answered)
        #expect(done.task.organisation == Sample.lighting && done.task.ground == .selfHandled)
        #expect(
            done.steps.map(\.action) == ["register-verified", "file", "dispatch", "offer", "sign", "answer"])
        #expect(done.steps.allSatisfy { $0.account == Sample.handler })
        #expect(done.caseFile.phase(with: [done.task]) == .toCheck)
        #expect(
            findings { _ = try done.task.checking(.pass, by: Sample.handling) } == ["task.checker-is-handler"])
        #expect(
            findings {
                _ = try Sample.report().selfHandling(
                    work, caseID: Sample.caseID, catalogues: Sample.catalogues, by: Sample.handling)
            } == ["case.not-patrol @verification"])
        #expect(
            findings {
                _ = try report.selfHandling(
                    PatrolWork(matter: nil, publicText: ""), caseID: Sample.caseID, catalogues: Sample.catalogues,
                    by: Sample.act(nil, of: nil))
            } == ["task.not-yours"])
    }

    @Test("nobody dispatches on that ground")
    func ground() {
        #expect(
            findings {
                _ = try Sample.caseFile().dispatching(
                    Sample.order(ground: .selfHandled, reference: "1"), beside: [], by: Sample.act())
            } == ["ground.not-for-dispatch @ground"])
    }
}
