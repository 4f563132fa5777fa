import Domain

extension CaseTask {
    /// This task after the action, with its step.
    /// - Throws: `task.not-now`.
    func moved(
        _ action: TaskAction, detail: StepDetail = StepDetail(), by act: Act
    ) throws(RuleViolations)
        -> Change<CaseTask>
    {
        let next = try only { () throws(RuleViolation) in try state.applying(action) }
        var moved = self
        moved.state = next
        moved.version += 1
        return Change(value: moved, step: moved.step(action, from: state, detail: detail, by: act))
    }

    func step(_ action: TaskAction, from: TaskState?, detail: StepDetail, by act: Act) -> Step {
        Step(
            id: act.id(), subject: .task(id), caseID: caseID, version: version, at: act.at, account: act.account,
            organisation: act.organisation, action: action.rawValue, from: from?.rawValue, to: state.rawValue,
            detail: detail)
    }

    /// The account of a person who works for the task's organisation.
    func handler(of act: Act) throws(RuleViolations) -> AccountID {
        guard let account = act.account, act.organisation == organisation else {
            throw RuleViolations([RuleViolation(.forbidden, "task.not-yours")])
        }
        return account
    }
}
