public import Domain

extension ReportState {
    /// The life of a report.
    public static let machine = StateMachine<ReportState, ReportAction>([
        .init(nil, .submit, .received, "Whatever comes in is kept before anybody decides about it."),
        .init(.received, .accept, .accepted, "The centre takes it up with a new case."),
        .init(
            .received, .join, .accepted,
            "The same thing is being handled already; its reporter is kept informed with the others."),
        .init(
            .received, .refuse, .refused, "Not for the administration: with reason, legal hint and where to go instead."
        ),
        .init(.received, .ask, .asked, "It cannot be decided without the missing part; the clock stands still."),
        .init(.received, .withdraw, .withdrawn, "A sender may take back what nobody has begun."),
        .init(.asked, .supplement, .received, "The missing part is there; the decision goes on."),
        .init(.asked, .refuse, .refused, "No answer within the limit: refused as unclear."),
        .init(.asked, .withdraw, .withdrawn, "A sender may take back instead of adding."),
        .init(.accepted, .move, .accepted, "Its case was merged, or it was joined to the wrong one."),
        .init(.accepted, .giveBack, .received, "It was joined to the wrong case: it waits for a decision again."),
        .init(
            .accepted, .answer, .answered, "The work is done and checked, or the case is not filed; the sender is told."
        ),
        .init(
            .accepted, .withdraw, .withdrawn,
            "The sender no longer asks; the case goes on if the thing itself demands it."),
        .init(
            .answered, .object, .answered,
            "The sender says that the answer does not hold; somebody of the centre decides."),
        .init(
            .answered, .uphold, .answered,
            "The objection was looked at by somebody else: the answer stands, with a reason."),
        .init(.answered, .rate, .rated, "The sender's verdict, kept apart from the centre's."),
        .init(.answered, .reopen, .accepted, "The case was taken up again: the answer does not hold."),
        .init(
            .rated, .reopen, .accepted,
            "Not satisfied for the unit's own fault: taken up again with the same responsibility."),
        .init(.rated, .object, .rated, "A rating may come before the objection; both are kept."),
        .init(
            .rated, .uphold, .rated, "The objection was looked at by somebody else: the answer stands, with a reason."),
        .init(
            .refused, .object, .refused,
            "The sender says that it is for the administration; somebody of the centre decides."),
        .init(
            .refused, .uphold, .refused,
            "The objection was looked at by somebody else: the refusal stands, with a reason."),
        .init(.refused, .reconsider, .received, "The sender objects, or the supervisor finds the refusal wrong."),
    ]) { state, action in
        RuleViolation(
            .conflict, "report.not-now", arguments: ["state": state?.rawValue ?? "", "action": action.rawValue])
    }

    /// What leads where.
    public static var transitions: [ReportState: [ReportAction: ReportState]] { machine.transitions }

    /// The state after the action; throws the conflict `report.not-now` when this state does not allow it.
    public func applying(_ action: ReportAction) throws(RuleViolation) -> ReportState {
        try Self.machine.applying(action, to: self)
    }
}
