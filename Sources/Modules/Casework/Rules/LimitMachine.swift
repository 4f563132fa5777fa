import Domain

extension LimitStanding {
    /// What is noted about a limit, in its order.
    public static let machine = StateMachine<LimitStanding, LimitAction>([
        .init(nil, .warn, .warned, "Only the warning share is left, and it is not done."),
        .init(nil, .miss, .missed, "The end has passed, and it is not done."),
        .init(nil, .move, .running, "The end is another one."),
        .init(.running, .warn, .warned, "Only the warning share is left, and it is not done."),
        .init(.running, .miss, .missed, "The end has passed, and it is not done."),
        .init(.running, .move, .running, "The end is another one again."),
        .init(.warned, .miss, .missed, "The end has passed, and it is not done."),
        .init(.warned, .move, .running, "With the new end there is time again; the warning stays in the history."),
    ]) { state, action in
        RuleViolation(
            .conflict, "limit.not-now", arguments: ["state": state?.rawValue ?? "", "action": action.rawValue])
    }

    /// What leads where.
    public static var transitions: [LimitStanding: [LimitAction: LimitStanding]] { machine.transitions }
}
