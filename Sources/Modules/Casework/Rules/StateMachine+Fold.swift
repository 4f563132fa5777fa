/// A history that cannot have happened: a store was written past the rules, or a step was lost.
public struct BrokenHistory: Error, Hashable, Sendable, CustomStringConvertible {
    public let subject: Subject?
    /// The version of the step where it breaks; 0 for an empty history.
    public let version: Int
    public let description: String

    init(_ step: Step?, _ description: String) {
        self.subject = step?.subject
        self.version = step?.version ?? 0
        self.description = description
    }
}

extension StateMachine {
    /// The state that the steps of *one* subject lead to.
    ///
    /// Versions count from 1 without a gap, each step begins where the one before it ended, each is an arrow of the
    /// machine.
    /// - Parameter steps: in the order of versions.
    public func fold(_ steps: some Sequence<Step>) throws(BrokenHistory) -> State {
        var state: State?
        var last: Step?
        for step in steps {
            state = try following(step, after: last, state: state)
            last = step
        }
        guard let state else { throw BrokenHistory(nil, "no steps") }
        return state
    }

    private func following(_ step: Step, after last: Step?, state: State?) throws(BrokenHistory) -> State {
        if let last, last.subject != step.subject {
            throw BrokenHistory(step, "belongs to another subject")
        }
        guard step.version == (last?.version ?? 0) + 1 else {
            throw BrokenHistory(step, "version \(step.version) follows \(last?.version ?? 0)")
        }
        guard let action = Action(rawValue: step.action), let to = State(rawValue: step.to) else {
            throw BrokenHistory(step, "unknown action \(step.action) or state \(step.to)")
        }
        guard step.from == state?.rawValue else {
            throw BrokenHistory(step, "begins at \(step.from ?? "nothing") after \(state?.rawValue ?? "nothing")")
        }
        let next = if let state { transitions[state]?[action] } else { births[action] }
        guard next == to else {
            throw BrokenHistory(step, "\(step.action) does not lead from \(step.from ?? "nothing") to \(step.to)")
        }
        return to
    }
}
