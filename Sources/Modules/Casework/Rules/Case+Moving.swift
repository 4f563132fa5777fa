import Domain

extension Case {
    /// This case after the action, with its step.
    /// - Throws: `case.not-now`.
    func moved(
        _ action: CaseAction, detail: StepDetail = StepDetail(), by act: Act
    ) throws(RuleViolations)
        -> Change<Case>
    {
        let next = try only { () throws(RuleViolation) in try state.applying(action) }
        var moved = self
        moved.state = next
        moved.version += 1
        return Change(value: moved, step: moved.step(action, from: state, detail: detail, by: act))
    }

    func step(_ action: CaseAction, from: CaseState?, detail: StepDetail, by act: Act) -> Step {
        Step(
            id: act.id(), subject: .caseFile(id), caseID: id, version: version, at: act.at, account: act.account,
            organisation: act.organisation, action: action.rawValue, from: from?.rawValue, to: state.rawValue,
            detail: detail)
    }
}
