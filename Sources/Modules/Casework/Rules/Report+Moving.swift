import Domain

extension Report {
    /// This report after the action, with its step.
    /// - Throws: `report.not-now`.
    func moved(
        _ action: ReportAction, detail: StepDetail = StepDetail(), by act: Act
    ) throws(RuleViolations)
        -> Change<Report>
    {
        let next = try only { () throws(RuleViolation) in try state.applying(action) }
        var moved = self
        moved.state = next
        moved.version += 1
        // Whatever is decided about the report settles its objection; the sender's own doings do not.
        if action != .object, action != .rate { moved.objectedAt = nil }
        return Change(value: moved, step: moved.step(action, from: state, detail: detail, by: act))
    }

    func step(_ action: ReportAction, from: ReportState?, detail: StepDetail, by act: Act) -> Step {
        Step(
            id: act.id(), subject: .report(id), caseID: caseID, version: version, at: act.at, account: act.account,
            organisation: act.organisation, action: action.rawValue, from: from?.rawValue, to: state.rawValue,
            detail: detail)
    }
}
