import Casework
import Domain
import Testing

@Suite("State is the fold of the steps")
struct FoldTests {
    @Test("random lives of all machines: folding gives what applying gave, at every length")
    func randomLives() throws {
        var chance = SeededChance("random lives")
        for _ in 0..<300 {
            try live(ReportState.machine, of: .report(Sample.id(1)), &chance)
            try live(CaseState.machine, of: .caseFile(Sample.id(2)), &chance)
            try live(TaskState.machine, of: .task(Sample.id(3)), &chance)
            try live(OverlayState.machine, of: .overlay(Sample.id(4)), &chance)
            try live(LimitStanding.machine, of: .limit(Sample.id(5)), &chance)
        }
    }

    private func live<State: Code, Action: Code>(
        _ machine: StateMachine<State, Action>, of subject: Subject, _ chance: inout SeededChance
    ) throws {
        var state: State?
        var steps: [Step] = []
        for _ in 0..<40 {
            // Any action, allowed or not: what is refused leaves no step.
            guard let action = Action.allCases.randomElement(using: &chance) else { return }
            let before = state
            do {
                state =
                    if let state { try machine.applying(action, to: state) } else {
                        try machine.beginning(with: action)
                    }
            } catch {
                continue
            }
            steps.append(
                step(subject, steps.count + 1, action.rawValue, before?.rawValue, state?.rawValue ?? ""))
            #expect(try machine.fold(steps) == state, "seed \(chance.seed)")
        }
    }

    @Test("a lost, doubled, foreign or forged step is found")
    func broken() throws {
        let subject = Subject.task(Sample.id(3))
        let good = [
            step(subject, 1, "offer", nil, "offered"), step(subject, 2, "sign", "offered", "working"),
            step(subject, 3, "answer", "working", "answered"), step(subject, 4, "pass", "answered", "passed"),
        ]
        #expect(try TaskState.machine.fold(good) == .passed)
        let forgeries: [[Step]] = [
            [],
            Array(good.dropFirst()),
            [good[0], good[2], good[3]],
            [good[0], good[0], good[1]],
            [good[0], step(.task(Sample.id(9)), 2, "sign", "offered", "working")],
            [good[0], step(subject, 2, "sign", "offered", "passed")],
            [good[0], step(subject, 2, "sign", "answered", "working")],
            [good[0], step(subject, 2, "pass", "offered", "passed")],
            [good[0], step(subject, 2, "bribe", "offered", "passed")],
            [step(subject, 1, "sign", nil, "working")],
            [step(subject, 1, "offer", "offered", "offered")],
        ]
        for forgery in forgeries {
            #expect(throws: BrokenHistory.self, "\(forgery.map(\.action))") { try TaskState.machine.fold(forgery) }
        }
    }

    @Test("random verbs on a whole case: each subject's state is the fold of its steps")
    func randomVerbs() throws {
        var chance = SeededChance("random verbs")
        for _ in 0..<200 {
            var world = OneCaseWorld()
            for _ in 0..<60 { try world.actAtRandom(&chance) }
            try world.verify(seed: chance.seed)
        }
    }

    private func step(_ subject: Subject, _ version: Int, _ action: String, _ from: String?, _ to: String) -> Step {
        Step(
            id: Sample.id(UInt64(version)), subject: subject, caseID: nil, version: version, at: Sample.moment,
            account: nil, organisation: nil, action: action, from: from, to: to, detail: StepDetail())
    }
}
