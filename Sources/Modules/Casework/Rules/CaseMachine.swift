public import Domain

extension CaseState {
    /// The life of a case.
    public static let machine = StateMachine<CaseState, CaseAction>([
        .init(nil, .register, .toVerify, "Public reports are verified on the spot first."),
        .init(nil, .registerVerified, .toFile, "A patrol has seen it, or there is nothing to look at."),

        .init(.toVerify, .verify, .toFile, "Found as reported."),
        .init(.toVerify, .decline, .notFiled, "Nothing was found."),
        .init(.toVerify, .amend, .toVerify, "What was found is another matter or another place."),
        .init(.toVerify, .void, .void, "Opened wrongly."),
        .init(.toVerify, .merge, .void, "Turns out to be the same thing as another case."),
        .init(.toVerify, .split, .toVerify, "A report that is about something else leaves it."),

        .init(.toFile, .file, .open, "Taken into the books; gets its number."),
        .init(.toFile, .decline, .notFiled, "The filing condition of the matter is not met."),
        .init(.toFile, .sendBack, .toVerify, "The verification leaves a question open."),
        .init(.toFile, .amend, .toFile, "Matter, place or title are put right before filing."),
        .init(.toFile, .void, .void, "Opened wrongly."),
        .init(.toFile, .merge, .void, "Turns out to be the same thing as another case."),
        .init(.toFile, .split, .toFile, "A report that is about something else leaves it."),

        .init(.notFiled, .reconsider, .toFile, "The reporter objects, or the supervisor finds the decision wrong."),
        .init(.notFiled, .archive, .archived, "Nothing more will come."),

        .init(.open, .dispatch, .open, "Given to organisations; the tasks say how far each is."),
        .init(.open, .amend, .open, "What the handlers find may change matter and place."),
        .init(.open, .raise, .open, "Beyond this level, by deadline, repetition, appeal or severity."),
        .init(.open, .handDown, .open, "The lower level can do it, with help."),
        .init(.open, .finish, .toCallBack, "All tasks passed; the reporter is asked."),
        .init(.open, .close, .closed, "All tasks passed and nobody has to be asked: patrol, or outside the sample."),
        .init(.open, .void, .void, "Filed wrongly; the number stays on the books."),
        .init(.open, .merge, .void, "The same thing as another case; the number stays on the books."),
        .init(.open, .split, .open, "A report that is about something else leaves it."),

        .init(.toCallBack, .callBack, .toCallBack, "Not reached is not satisfied: each try is kept."),
        .init(.toCallBack, .close, .closed, "Asked, or tried as often as the rule demands."),
        .init(.toCallBack, .reopen, .open, "Not satisfied for the unit's own fault."),

        .init(.closed, .reopen, .open, "The thing is back, or the sample check found the work hollow."),
        .init(.closed, .archive, .archived, "The time for objections is over."),
    ]) { state, action in
        RuleViolation(
            .conflict, "case.not-now", arguments: ["state": state?.rawValue ?? "", "action": action.rawValue])
    }

    /// What leads where.
    public static var transitions: [CaseState: [CaseAction: CaseState]] { machine.transitions }

    /// The state after the action; throws the conflict `case.not-now` when this state does not allow it.
    public func applying(_ action: CaseAction) throws(RuleViolation) -> CaseState {
        try Self.machine.applying(action, to: self)
    }
}
