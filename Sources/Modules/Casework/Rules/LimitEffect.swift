/// What a step does to the limits of its case.
enum LimitEffect: Hashable {
    case begin(LimitStage, Subject)
    case finish(LimitStage, Subject)
    /// The clock of the stage stands still, or runs again.
    case pause(LimitStage, Subject)
    case resume(LimitStage, Subject)
    /// It was done, and that did not hold: the time since then is given back.
    case again(LimitStage, Subject)
    /// Nothing is asked for any more: of the subject, or of the case with all its tasks.
    case cancel(Subject)
    case cancelAll
    /// Another matter has other limits.
    case recalculate

    static func effects(of step: Step) -> [LimitEffect] {
        let subject = step.subject
        switch subject.kind {
        case .caseFile: return CaseAction(rawValue: step.action).map { effects(of: $0, on: subject) } ?? []
        case .task: return TaskAction(rawValue: step.action).map { effects(of: $0, on: subject) } ?? []
        case .report, .overlay, .limit: return []
        }
    }

    private static func effects(of action: CaseAction, on subject: Subject) -> [LimitEffect] {
        switch action {
        case .register, .registerVerified, .reconsider: [.begin(.filing, subject)]
        case .file: [.finish(.filing, subject), .begin(.whole, subject)]
        case .decline: [.finish(.filing, subject)]
        case .amend: [.recalculate]
        case .void, .merge: [.cancelAll]
        // The work was promised by then; asking about it comes after.
        case .finish: [.finish(.whole, subject)]
        case .close: [.finish(.whole, subject), .cancelAll]
        case .reopen: [.begin(.whole, subject)]
        default: []
        }
    }

    private static func effects(of action: TaskAction, on subject: Subject) -> [LimitEffect] {
        switch action {
        case .offer: [.begin(.sign, subject), .begin(.handle, subject)]
        case .sign: [.finish(.sign, subject)]
        // Whose it is has to be ruled on; the organisation's time does not run meanwhile.
        case .refuse: [.finish(.sign, subject), .pause(.handle, subject)]
        case .uphold: [.begin(.sign, subject), .resume(.handle, subject)]
        case .answer: [.finish(.handle, subject)]
        case .recall, .rework: [.again(.handle, subject)]
        case .reopen: [.begin(.handle, subject)]
        case .withdraw: [.cancel(subject)]
        case .assign, .progress, .remind, .pass: []
        }
    }
}
