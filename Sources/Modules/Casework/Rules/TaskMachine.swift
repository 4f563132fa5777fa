public import Domain

extension TaskState {
    /// The life of a task.
    public static let machine = StateMachine<TaskState, TaskAction>([
        .init(nil, .offer, .offered, "Dispatched to the organisation on a ground."),

        .init(.offered, .sign, .working, "The organisation takes it; from now on it leads or helps."),
        .init(.offered, .refuse, .refused, "Not theirs, with a ground from the matrix and within the limit."),
        .init(.offered, .remind, .offered, "Not signed in time."),
        .init(.offered, .withdraw, .withdrawn, "Dispatched wrongly, or the case ends."),

        .init(.working, .assign, .working, "The organisation names who handles it."),
        .init(.working, .progress, .working, "Long work is told in between."),
        .init(.working, .remind, .working, "The limit comes near, or the reporter asks."),
        .init(.working, .answer, .answered, "The organisation gives its result."),
        .init(.working, .withdraw, .withdrawn, "Another organisation takes over, or the case ends."),

        .init(
            .answered, .recall, .working, "The organisation sees that its answer is wrong before anybody has checked."),
        .init(.answered, .pass, .passed, "Somebody else has checked and found it good."),
        .init(.answered, .rework, .working, "Somebody else has checked and found it lacking."),
        .init(.answered, .withdraw, .withdrawn, "The case ends without this part."),

        .init(.passed, .reopen, .working, "The case was taken up again: same responsibility."),

        .init(.refused, .uphold, .offered, "The ruling: it is theirs; it has to be signed."),
        .init(.refused, .withdraw, .withdrawn, "The ruling: it is not theirs; the case goes back to dispatch."),
    ]) { state, action in
        RuleViolation(
            .conflict, "task.not-now", arguments: ["state": state?.rawValue ?? "", "action": action.rawValue])
    }

    /// What leads where.
    public static var transitions: [TaskState: [TaskAction: TaskState]] { machine.transitions }

    /// The state after the action; throws the conflict `task.not-now` when this state does not allow it.
    public func applying(_ action: TaskAction) throws(RuleViolation) -> TaskState {
        try Self.machine.applying(action, to: self)
    }
}
