import Casework
import Domain
import Testing

@Suite("Rules of calling back")
struct CallbackRuleTests {
    private let act = Sample.act()
    private let passed = [Sample.task(.passed)]
    private let due = Asking(isDue: true, triesNeeded: 3)
    private let ending = Closing(outcome: .done, publicText: "灯换了", note: "已归类")

    private func tried(_ tries: Int, _ said: [Said] = []) -> Asking {
        Asking(isDue: true, tries: tries, said: said, triesNeeded: 3)
    }

    private func answered(_ number: UInt64 = 300, _ state: ReportState = .answered, _ channel: Channel = .web) -> Report
    {
        let report = Sample.report(state, channel: channel)
        return Report(
            id: Sample.id(number), trackingCode: report.trackingCode, channel: channel, area: report.area,
            place: nil, hint: nil, title: "灯", text: "灯", receivedAt: Sample.moment, external: nil, state: state,
            version: 3, caseID: Sample.caseID)
    }

    // MARK: Who is asked

    @Test("somebody is to be asked who left a number, has not withdrawn and is no patrol")
    func toBeAsked() {
        func isDue(_ reports: [Report], _ reachable: Set<ReportID>) -> Bool {
            Asking(reports: reports, reachable: reachable, policy: VoicePolicy()).isDue
        }
        #expect(!isDue([], []))
        #expect(!isDue([answered()], []))
        #expect(isDue([answered()], [Sample.id(300)]))
        #expect(!isDue([answered(300, .withdrawn)], [Sample.id(300)]))
        for channel in Channel.allCases {
            #expect(isDue([answered(300, .answered, channel)], [Sample.id(300)]) == !channel.isPatrol)
        }
        #expect(isDue([answered(300), answered(301)], [Sample.id(301)]))
    }

    // MARK: Finish

    @Test("finished work gives the answer and waits for the call-back; with nobody to ask it is simply closed")
    func finished() throws {
        let change = try Sample.caseFile().finishing(ending, tasks: passed, asking: due, by: act)
        #expect(change.value.state == .toCallBack)
        #expect(change.value.outcome == .done && change.value.publicAnswer == "灯换了")
        #expect(change.step.detail == StepDetail(note: "已归类", publicNote: "灯换了", reason: "done"))
        #expect(
            findings { _ = try Sample.caseFile().finishing(ending, tasks: passed, asking: .nobody, by: act) }
                == ["case.nobody-to-ask"])
        #expect(
            findings {
                _ = try Sample.caseFile().finishing(ending, tasks: [Sample.task(.answered)], asking: due, by: act)
            }
                == ["case.tasks-unfinished", "case.lead-not-passed"])
        #expect(
            findings { _ = try Sample.caseFile().finishing(Closing(), tasks: passed, asking: due, by: act) }
                == ["input.missing @outcome", "input.missing @publicText"])
    }

    @Test("only an open case is finished, only a finished one called back", arguments: CaseState.allCases)
    func states(state: CaseState) {
        let file = Sample.caseFile(state)
        #expect(
            findings { _ = try file.finishing(ending, tasks: passed, asking: due, by: act) }
                == (state == .open ? [] : ["case.not-now"]))
        #expect(
            findings {
                _ = try file.callingBack(
                    CallbackTry(means: .phone, isReached: false), reports: [answered()], by: act)
            } == (state == .toCallBack ? [] : ["case.not-now"]))
    }

    // MARK: Call back

    private func callBack(_ attempt: CallbackTry, _ reports: [Report]) throws -> (Change<Case>, Callback) {
        try Sample.caseFile(.toCallBack).callingBack(attempt, reports: reports, by: act)
    }

    @Test("who was reached says whether it is solved; who was not has said nothing")
    func threeThings() throws {
        let (change, callback) = try callBack(
            CallbackTry(
                means: .phone, isReached: true, isSolved: true, satisfaction: .basically, note: "打13812345678"),
            [answered()])
        #expect(change.value.state == .toCallBack && change.value.version == 2)
        #expect(change.step.detail == StepDetail(note: "打****", reason: "reached"))
        #expect(callback.said == Said(isSolved: true, satisfaction: .basically))
        #expect(callback.note == "打****" && callback.report == Sample.id(300) && callback.version == 2)

        let missed = try callBack(CallbackTry(means: .door, isReached: false), [answered()])
        #expect(missed.1.said == nil && missed.0.step.detail.reason == "not-reached")
        #expect(
            findings { _ = try callBack(CallbackTry(means: .phone, isReached: true), [answered()]) }
                == ["input.missing @solved"])
        #expect(
            findings {
                _ = try callBack(
                    CallbackTry(means: .phone, isReached: false, isSolved: true, satisfaction: .satisfied), [answered()]
                )
            } == ["callback.not-reached @solved", "callback.not-reached @satisfaction"])
    }

    @Test("one reporter of the case is asked, named when there are several")
    func whom() throws {
        let attempt = { (report: ReportID?) in CallbackTry(report: report, means: .phone, isReached: false) }
        let two = [answered(300), answered(301)]
        #expect(findings { _ = try callBack(attempt(nil), two) } == ["input.missing @report"])
        #expect(try callBack(attempt(Sample.id(301)), two).1.report == Sample.id(301))
        #expect(findings { _ = try callBack(attempt(Sample.id(9)), two) } == ["callback.no-such-report @report"])
        #expect(
            findings { _ = try callBack(attempt(nil), [answered(300, .withdrawn)]) }
                == ["callback.no-such-report @report"])
    }

    // MARK: Close

    @Test("after the call-back a case closes once somebody was reached or the tries are enough, not before")
    func closed() throws {
        let file = Sample.caseFile(.toCallBack)
        func found(_ asking: Asking, _ closing: Closing = Closing()) -> [String] {
            findings { _ = try file.closing(closing, tasks: passed, asking: asking, by: act) }
        }
        for tries in 0...2 { #expect(found(tried(tries)) == ["case.call-back-missing"], "\(tries)") }
        #expect(found(tried(3)).isEmpty && found(tried(4)).isEmpty)
        #expect(found(tried(1, [Said(isSolved: true, satisfaction: nil)])).isEmpty)
        #expect(found(.nobody).isEmpty, "whoever could be asked has withdrawn since")
        #expect(found(tried(3), ending) == ["case.answered-already @outcome", "case.answered-already @publicText"])
        #expect(
            findings { _ = try Sample.caseFile().closing(ending, tasks: passed, asking: due, by: act) }
                == ["case.call-back-first"])
    }

    @Test(
        "over a complaint a case closes with a reason only",
        arguments: [
            (Said(isSolved: true, satisfaction: .verySatisfied), false),
            (Said(isSolved: true, satisfaction: .satisfied), false),
            (Said(isSolved: true, satisfaction: .basically), false),
            (Said(isSolved: true, satisfaction: .dissatisfied), true),
            (Said(isSolved: true, satisfaction: .veryDissatisfied), true),
            (Said(isSolved: true, satisfaction: nil), false), (Said(isSolved: false, satisfaction: nil), true),
            (Said(isSolved: false, satisfaction: .satisfied), true),
        ])
    func complaint(said: Said, isComplaint: Bool) throws {
        let file = Sample.caseFile(.toCallBack)
        let asking = tried(1, [said])
        #expect(
            findings { _ = try file.closing(Closing(note: " "), tasks: passed, asking: asking, by: act) }
                == (isComplaint ? ["case.complaint-reason-missing @note"] : []))
        let change = try file.closing(Closing(note: "要求超出规划"), tasks: passed, asking: asking, by: act)
        #expect(change.value.state == .closed && change.step.detail.note == "要求超出规划")
    }
}
