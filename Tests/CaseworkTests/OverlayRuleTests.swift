import Domain
import Testing

@testable import Casework

@Suite("More time, and waiting")
struct OverlayRuleTests {
    private let due = Sample.moment.advanced(bySeconds: 86_400)
    private let later = Sample.moment.advanced(bySeconds: 3 * 86_400)

    private func working(_ state: TaskState = .working, due: Instant?) -> CaseTask {
        var task = Sample.task(state)
        task.dueAt = due
        return task
    }

    private func asked() throws -> Overlay {
        try Overlay.extending(
            working(due: due), OverlayRequest(kind: .extended, until: later, reason: "要等配件"), beside: [],
            by: Sample.handling
        ).value
    }

    @Test("more time is asked for by the organisation that handles, before the end, with a later date and a reason")
    func extending() throws {
        let change = try Overlay.extending(
            working(due: due), OverlayRequest(kind: .extended, until: later, reason: "要等配件"), beside: [],
            by: Sample.handling)
        #expect(change.value.state == .requested)
        #expect(change.step.action == "request")
        #expect(change.step.detail.dueAt == later)
        func found(
            _ task: CaseTask, until: Instant, _ reason: String, _ others: [Overlay] = [], by act: Act
        ) -> [String] {
            findings {
                _ = try Overlay.extending(
                    task, OverlayRequest(kind: .extended, until: until, reason: reason), beside: others, by: act)
            }
        }
        let act = Sample.handling
        #expect(found(working(due: due), until: later, "x", by: Sample.act()) == ["task.not-yours"])
        #expect(
            found(working(due: due), until: due, " ", by: act) == ["overlay.not-later @until", "input.missing @reason"])
        #expect(found(working(due: Sample.moment), until: later, "x", by: act) == ["overlay.late"])
        #expect(found(working(due: nil), until: later, "x", by: act) == ["overlay.task-not-working"])
        for state in TaskState.allCases where state != .working {
            #expect(
                found(working(state, due: due), until: later, "x", by: act) == ["overlay.task-not-working"], "\(state)")
        }
        #expect(found(working(due: due), until: later, "x", [try asked()], by: act) == ["overlay.exists"])
    }

    @Test("an open case is parked for a time that lies ahead and is not too long")
    func parking() throws {
        func found(_ state: CaseState, _ until: Instant) -> [String] {
            findings {
                _ = try Overlay.parking(
                    Sample.caseFile(state), OverlayRequest(kind: .parked, until: until, reason: "等汛期过去"), beside: [],
                    by: Sample.act())
            }
        }
        #expect(found(.open, later) == [])
        #expect(found(.open, Sample.moment) == ["limit.past @until"])
        let longest = Sample.moment.advanced(bySeconds: Overlay.longestParking)
        #expect(found(.open, longest) == [])
        #expect(found(.open, longest.advanced(byMilliseconds: 1)) == ["overlay.too-long @until"])
        for state in CaseState.allCases where state != .open {
            #expect(found(state, later) == ["overlay.case-not-open"], "\(state)")
        }
    }

    @Test("it is decided once, by neither the person nor the organisation that asked, and a no has a reason")
    func deciding() throws {
        let overlay = try asked()
        let granted = try overlay.deciding(.grant, note: nil, by: Sample.act(after: 90))
        #expect(granted.value.state == .running)
        #expect(granted.value.grantedBy == Sample.dispatcher)
        func found(_ overlay: Overlay, _ verdict: OverlayVerdict, _ note: String?, by act: Act) -> [String] {
            findings { _ = try overlay.deciding(verdict, note: note, by: act) }
        }
        #expect(found(overlay, .grant, nil, by: Sample.handling) == ["overlay.approver-asked"])
        let colleague = Sample.act(Sample.colleague, of: Sample.lighting, after: 90)
        #expect(found(overlay, .grant, nil, by: colleague) == ["overlay.approver-asked"])
        #expect(found(overlay, .grant, nil, by: Sample.act(nil, of: nil, after: 90)) == ["overlay.approver-asked"])
        #expect(found(overlay, .decline, " ", by: Sample.act(after: 90)) == ["input.missing @note"])
        #expect(found(overlay, .grant, nil, by: Sample.act(after: 4 * 86_400)) == ["limit.past @until"])
        #expect(found(granted.value, .grant, nil, by: Sample.act(after: 95)) == ["overlay.not-now"])
        let declined = try overlay.deciding(.decline, note: "配件已经到了", by: Sample.act(after: 90)).value
        #expect(declined.state == .declined)
        #expect(found(declined, .grant, nil, by: Sample.act(after: 95)) == ["overlay.not-now"])
        // A case that the centre wants to park may be decided about by another person of the centre.
        let parked = try Overlay.parking(
            Sample.caseFile(), OverlayRequest(kind: .parked, until: later, reason: "等汛期过去"), beside: [],
            by: Sample.act()
        ).value
        #expect(found(parked, .grant, nil, by: Sample.act()) == ["overlay.approver-asked"])
        #expect(found(parked, .grant, nil, by: Sample.act(Sample.checker, of: Sample.centre)) == [])
    }

    @Test("it lapses at its own time, and its steps fold to its state")
    func lapsing() throws {
        let parked = try Overlay.parking(
            Sample.caseFile(), OverlayRequest(kind: .parked, until: later, reason: "等汛期过去"), beside: [],
            by: Sample.act())
        let granted = try parked.value.deciding(.grant, note: nil, by: Sample.act(Sample.checker, after: 60))
        let lapsed = try granted.value.lapsing(by: Sample.act(nil, of: nil, after: 9 * 86_400))
        #expect(lapsed.value.endedAt == later)
        #expect(lapsed.step.at == later)
        #expect(try OverlayState.machine.fold([parked.step, granted.step, lapsed.step]) == .ended)
        #expect(findings { _ = try lapsed.value.ending(note: nil, by: Sample.act()) } == ["overlay.not-now"])
    }
}
