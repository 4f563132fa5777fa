import Casework
import Domain
import Testing

@Suite("Rules of what senders say")
struct VoiceRuleTests {
    private let resident = Sample.resident
    private let draft = RatingDraft(isSolved: true, satisfaction: .satisfied)

    private func step(
        _ action: ReportAction, _ version: Int, _ account: AccountID? = Sample.dispatcher, days: Int64 = 0
    ) -> Step {
        Step(
            id: Sample.id(UInt64(900 + version)), subject: .report(Sample.report().id), caseID: nil, version: version,
            at: Sample.moment.advanced(bySeconds: days * 86_400), account: account, organisation: Sample.centre,
            action: action.rawValue, from: "accepted", to: "answered", detail: StepDetail())
    }

    private func resident(after days: Int64) -> Act { Sample.act(nil, of: nil, after: days * 86_400) }

    private func object(
        _ state: ReportState = .answered, _ history: [Step]? = nil, after days: Int64 = 0, words: String = "还是不亮"
    ) throws -> (change: Change<Report>, objection: Objection) {
        try Sample.report(state).objecting(
            words, history: history ?? [step(state == .refused ? .refuse : .answer, 3)], policy: VoicePolicy(),
            by: resident(after: days))
    }

    // MARK: Rating

    @Test("only an answer is rated, and each answer once", arguments: ReportState.allCases)
    func ratedStates(state: ReportState) {
        #expect(
            findings { _ = try Sample.report(state).rating(draft, by: resident) }
                == (state == .answered ? [] : ["report.not-now"]))
    }

    @Test("a rating keeps contacted, solved and satisfied apart and its words redacted")
    func rated() throws {
        let (change, rating) = try Sample.report(.answered).rating(
            RatingDraft(
                wasContacted: false, isSolved: false, satisfaction: .veryDissatisfied, words: "打13812345678"),
            by: resident)
        #expect(change.value.state == .rated && change.value.version == rating.version)
        #expect(change.step.detail == StepDetail(reason: "very-dissatisfied"))
        #expect(rating.wasContacted == false && rating.words == "打****")
        #expect(rating.said == Said(isSolved: false, satisfaction: .veryDissatisfied) && rating.said.isComplaint)
        let long = RatingDraft(isSolved: true, satisfaction: .satisfied, words: String(repeating: "字", count: 2001))
        #expect(
            findings { _ = try Sample.report(.answered).rating(long, by: resident) } == ["input.too-long @words"])
    }

    // MARK: Objecting

    @Test("a refusal, an answer and a rated answer can be objected to, nothing else", arguments: ReportState.allCases)
    func objectedStates(state: ReportState) throws {
        let found = findings { _ = try object(state) }
        guard [.refused, .answered, .rated].contains(state) else {
            #expect(found == ["report.not-now"])
            return
        }
        let (change, objection) = try object(state)
        #expect(change.value.state == state && change.value.objectedAt == Sample.moment)
        #expect(change.value.queue == .objection)
        #expect(objection.contested == (state == .refused ? .refusal : .answer))
        #expect(change.step.detail.reason == objection.contested.rawValue)
    }

    @Test("once for each answer, within the period, with words")
    func objected() throws {
        #expect(findings { _ = try object(after: 30) }.isEmpty)
        #expect(
            findings {
                _ = try Sample.report(.answered).objecting(
                    "还是不亮", history: [step(.answer, 3)], policy: VoicePolicy(objectionDays: 2),
                    by: Sample.act(nil, of: nil, after: 2 * 86_400 + 1))
            } == ["report.objection-late"])
        #expect(findings { _ = try object(after: 31) } == ["report.objection-late"])
        #expect(findings { _ = try object(words: " \n") } == ["input.missing @why"])
        let once = [step(.answer, 3), step(.object, 4, nil), step(.uphold, 5)]
        #expect(findings { _ = try object(.answered, once) } == ["report.objected-already"])
        let again = once + [step(.reopen, 6), step(.answer, 7, days: 40)]
        #expect(findings { _ = try object(.answered, again, after: 60) }.isEmpty, "a new answer may be objected to")
        #expect(try object(words: "打13812345678").objection.words == "打****")
        #expect(findings { _ = try object(.answered, []) } == ["report.not-now"], "nothing was told")
    }

    // MARK: ObjectionRuling

    @Test("nobody rules that their own decision stands, and the sender is told why it does")
    func upheld() throws {
        let objected = try object().change.value
        let history = [step(.answer, 3), step(.object, 4, nil)]
        func uphold(_ account: AccountID?, _ note: String? = "换过两次灯，亮度合格") throws -> Change<Report> {
            try objected.upholding(publicNote: note, history: history, by: Sample.act(account))
        }
        #expect(findings { _ = try uphold(Sample.dispatcher) } == ["report.ruling-own-decision"])
        #expect(findings { _ = try uphold(nil) } == ["report.ruling-own-decision"])
        #expect(findings { _ = try uphold(Sample.checker, nil) } == ["input.missing @publicNote"])
        let change = try uphold(Sample.checker)
        #expect(change.value.state == .answered && change.value.objectedAt == nil && change.value.queue == .none)
        #expect(change.step.detail.publicNote == "换过两次灯，亮度合格" && change.step.detail.reason == "upheld")
        #expect(
            findings {
                _ = try Sample.report(.answered).upholding(
                    publicNote: "不变", history: history, by: Sample.act(Sample.checker))
            } == ["report.no-objection"])
    }

    @Test("a refusal found wrong waits for a decision again; its objection is settled", arguments: ReportState.allCases)
    func reconsidered(state: ReportState) throws {
        guard state == .refused else {
            #expect(
                findings { _ = try Sample.report(state).reconsidering(by: Sample.act()) } == ["report.not-now"])
            return
        }
        let change = try object(.refused).change.value.reconsidering(publicNote: "归我们", by: Sample.act())
        #expect(change.value.state == .received && change.value.objectedAt == nil && change.value.queue == .accept)
        #expect(change.step.detail == StepDetail(publicNote: "归我们", reason: "granted"))
    }

    @Test("a rating does not settle an objection")
    func both() throws {
        let rated = try object().change.value.rating(draft, by: resident).change.value
        #expect(rated.state == .rated && rated.objectedAt != nil && rated.queue == .objection)
    }
}
