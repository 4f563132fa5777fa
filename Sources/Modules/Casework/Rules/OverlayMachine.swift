public import Domain

extension OverlayState {
    /// The life of an overlay. Kinds that need approval begin with a request, the others begin at once.
    public static let machine = StateMachine<OverlayState, OverlayAction>([
        .init(nil, .request, .requested, "Parking and extension are granted by somebody else."),
        .init(nil, .begin, .running, "A question, a dispute and a meeting hold from the moment they are there."),
        .init(.requested, .grant, .running, "Approved; the limits move or stand still."),
        .init(.requested, .decline, .declined, "Not approved; the limits go on as if nobody had asked."),
        .init(.requested, .cancel, .cancelled, "No longer needed."),
        .init(.running, .end, .ended, "The reason is gone: answered, agreed, taken up again."),
        .init(.running, .lapse, .ended, "The granted time is over."),
    ]) { state, action in
        RuleViolation(
            .conflict, "overlay.not-now", arguments: ["state": state?.rawValue ?? "", "action": action.rawValue])
    }

    /// What leads where.
    public static var transitions: [OverlayState: [OverlayAction: OverlayState]] { machine.transitions }

    /// The state after the action; throws the conflict `overlay.not-now` when this state does not allow it.
    public func applying(_ action: OverlayAction) throws(RuleViolation) -> OverlayState {
        try Self.machine.applying(action, to: self)
    }
}
