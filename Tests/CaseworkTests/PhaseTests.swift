import Casework
import Testing

@Suite("The phase of a case")
struct PhaseTests {
    @Test(
        "a case that is not open shows its own state, whatever its tasks",
        arguments: [
            (CaseState.toVerify, CasePhase.toVerify, Queue.verify), (.toFile, .toFile, .file),
            (.notFiled, .notFiled, .none),
            (.toCallBack, .toCallBack, .callBack), (.closed, .closed, .none), (.archived, .archived, .none),
            (.void, .void, .none),
        ])
    func notOpen(state: CaseState, phase: CasePhase, queue: Queue) {
        for task in TaskState.allCases {
            let derived = CasePhase(of: state, tasks: [TaskSummary(role: .lead, state: task, reworks: 1)])
            #expect(derived == phase)
            #expect(derived.queue == queue)
        }
    }

    /// Written by hand: lead and assist, both once sent back or never.
    @Test(
        "an open case shows the centre's move first, then the slowest organisation",
        arguments: [
            ("", CasePhase.toDispatch, Queue.dispatch),
            ("assist working", .toDispatch, .dispatch),
            ("lead withdrawn", .toDispatch, .dispatch),
            ("lead withdrawn, assist answered", .toDispatch, .dispatch),
            ("lead refused", .toDispatch, .dispatch),
            ("lead working, assist refused", .toDispatch, .dispatch),
            ("lead passed, assist refused", .toDispatch, .dispatch),
            ("lead offered", .toSign, .sign),
            ("lead working, assist offered", .toSign, .sign),
            ("lead working", .working, .work),
            ("lead working, assist passed", .working, .work),
            ("lead passed, assist working", .working, .work),
            ("lead working again", .rework, .work),
            ("lead working, assist working again", .rework, .work),
            ("lead answered", .toCheck, .check),
            ("lead answered, assist working", .toCheck, .check),
            ("lead offered, assist answered", .toCheck, .check),
            ("lead answered again", .toCheck, .check),
            ("lead passed", .toClose, .close),
            ("lead passed again, assist passed", .toClose, .close),
            ("lead passed, assist withdrawn", .toClose, .close),
        ])
    func open(tasks: String, phase: CasePhase, queue: Queue) {
        let summaries = tasks.split(separator: ", ").map { text in
            let words = text.split(separator: " ").map(String.init)
            return TaskSummary(
                role: TaskRole(rawValue: words[0]) ?? .lead, state: TaskState(rawValue: words[1]) ?? .offered,
                reworks: words.count == 3 ? 1 : 0)
        }
        for order in [summaries, summaries.reversed()] {
            let derived = CasePhase(of: .open, tasks: order)
            #expect(derived == phase)
            #expect(derived.queue == queue)
        }
    }

    @Test("the phase says to close exactly when nothing stands in the way of closing")
    func agreesWithClosing() {
        for lead in TaskState.allCases {
            for assist in TaskState.allCases {
                let tasks = [
                    Sample.task(lead),
                    Sample.task(assist, role: .assist, organisation: Sample.enforcement, number: 401),
                ]
                let phase = Sample.caseFile(.open).phase(with: tasks)
                #expect((phase == .toClose) == Case.obstaclesToClosing(with: tasks).isEmpty, "\(lead) \(assist)")
            }
        }
    }

    @Test("each organisation's desk shows what it has to do, the centre what it has to do")
    func queues() {
        #expect(TaskState.allCases.map(\.deskQueue) == [.sign, .work, .none, .none, .none, .none])
        #expect(TaskState.allCases.map(\.centreQueue) == [.sign, .work, .check, .none, .dispatch, .none])
        #expect(ReportState.allCases.filter { $0.queue == .accept } == [.received])
    }
}
