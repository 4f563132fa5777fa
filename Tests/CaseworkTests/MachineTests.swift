import Casework
import Domain
import Testing

/// Every state × action against tables written by hand, not derived from the machines.
@Suite("State × action")
struct MachineTests {
    @Test("report")
    func report() {
        check(
            ReportState.machine, code: "report.not-now", births: ["submit": "received"],
            table: [
                "received": "accept accepted, join accepted, refuse refused, ask asked, withdraw withdrawn",
                "asked": "supplement received, refuse refused, withdraw withdrawn",
                "accepted": "move accepted, give-back received, answer answered, withdraw withdrawn",
                "refused": "reconsider received, object refused, uphold refused",
                "withdrawn": "",
                "answered": "rate rated, reopen accepted, object answered, uphold answered",
                "rated": "reopen accepted, object rated, uphold rated",
            ])
    }

    @Test("case")
    func caseFile() {
        check(
            CaseState.machine, code: "case.not-now", births: ["register": "to-verify", "register-verified": "to-file"],
            table: [
                "to-verify":
                    "verify to-file, decline not-filed, amend to-verify, void void, merge void, split to-verify",
                "to-file":
                    "file open, decline not-filed, send-back to-verify, amend to-file, void void, merge void, split to-file",
                "not-filed": "reconsider to-file, archive archived",
                "open":
                    "dispatch open, amend open, raise open, hand-down open, finish to-call-back, close closed, void void, merge void, split open",
                "to-call-back": "call-back to-call-back, close closed, reopen open",
                "closed": "reopen open, archive archived",
                "archived": "",
                "void": "",
            ])
    }

    @Test("task")
    func task() {
        check(
            TaskState.machine, code: "task.not-now", births: ["offer": "offered"],
            table: [
                "offered": "sign working, refuse refused, remind offered, withdraw withdrawn",
                "working": "assign working, progress working, remind working, answer answered, withdraw withdrawn",
                "answered": "recall working, pass passed, rework working, withdraw withdrawn",
                "passed": "reopen working",
                "refused": "uphold offered, withdraw withdrawn",
                "withdrawn": "",
            ])
    }

    @Test("overlay")
    func overlay() {
        check(
            OverlayState.machine, code: "overlay.not-now", births: ["request": "requested", "begin": "running"],
            table: [
                "requested": "grant running, decline declined, cancel cancelled",
                "running": "end ended, lapse ended",
                "declined": "",
                "cancelled": "",
                "ended": "",
            ])
    }

    @Test("limit")
    func limit() {
        check(
            LimitStanding.machine, code: "limit.not-now",
            births: ["warn": "warned", "miss": "missed", "move": "running"],
            table: [
                "running": "warn warned, miss missed, move running",
                "warned": "miss missed, move running",
                "missed": "",
            ])
    }

    @Test("every state can be reached, and every action is used")
    func complete() {
        everythingIsUsed(ReportState.machine)
        everythingIsUsed(CaseState.machine)
        everythingIsUsed(TaskState.machine)
        everythingIsUsed(OverlayState.machine)
        everythingIsUsed(LimitStanding.machine)
    }

    private func check<State: Code, Action: Code>(
        _ machine: StateMachine<State, Action>, code: String, births: [String: String], table: [String: String]
    ) {
        #expect(Set(table.keys) == Set(State.allCases.map(\.rawValue)))
        var expected: [String: String] = [:]
        for (state, arrows) in table {
            for arrow in arrows.split(separator: ", ") {
                let words = arrow.split(separator: " ")
                expected["\(state) \(words[0])"] = String(words[1])
            }
        }
        for action in Action.allCases {
            #expect(machine.births[action]?.rawValue == births[action.rawValue], "\(action)")
            for state in State.allCases {
                let next = expected["\(state.rawValue) \(action.rawValue)"]
                if let next {
                    #expect((try? machine.applying(action, to: state))?.rawValue == next, "\(state) \(action)")
                } else {
                    let violation = #expect(throws: RuleViolation.self) { try machine.applying(action, to: state) }
                    #expect(violation?.kind == .conflict)
                    #expect(violation?.code == code)
                    #expect(violation?.arguments == ["state": state.rawValue, "action": action.rawValue])
                }
                #expect(machine.actions(from: state).contains(action) == (next != nil))
            }
            if births[action.rawValue] == nil {
                #expect(throws: RuleViolation.self) { try machine.beginning(with: action) }
            }
        }
        #expect(machine.ends == Set(State.allCases.filter { table[$0.rawValue]?.isEmpty == true }))
    }

    private func everythingIsUsed<State: Code, Action: Code>(_ machine: StateMachine<State, Action>) {
        #expect(Set(machine.edges.map(\.to)) == Set(State.allCases))
        #expect(Set(machine.edges.map(\.action)) == Set(Action.allCases))
        #expect(machine.edges.allSatisfy { $0.reason.count > 10 })
    }
}
