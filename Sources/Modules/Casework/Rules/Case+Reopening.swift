public import Domain

extension Case {
    /// Takes the case up again: the thing is back, or the answer does not hold.
    ///
    /// The same responsibility: each task that had passed goes back to its organisation, and nobody is dispatched anew.
    /// Outcome and public answer are taken off, because they are no longer true; the steps keep them.
    /// - Parameter tasks: all tasks that the case has.
    /// - Throws: `case.not-now`; for the field `note`: `input.missing`, `input.too-long`.
    public func reopening(note: String, tasks: [CaseTask], by act: Act) throws(RuleViolations) -> CaseChange {
        _ = try only { () throws(RuleViolation) in try state.applying(.reopen) }
        var findings = Findings()
        let note = findings.requiredText(note, field: "note", limit: TextLimit.note)
        try findings.settle()
        var reopened = self
        reopened.outcome = nil
        reopened.publicAnswer = nil
        let change = try reopened.moved(.reopen, detail: StepDetail(note: note), by: act)
        var back: [Change<CaseTask>] = []
        for task in tasks where task.state == .passed { back.append(try task.reopening(by: act)) }
        return CaseChange(caseFile: change.value, tasks: back.map(\.value), steps: [change.step] + back.map(\.step))
    }
}

extension CaseTask {
    /// Goes back to work, because its case was taken up again.
    /// - Throws: `task.not-now`.
    func reopening(by act: Act) throws(RuleViolations) -> Change<CaseTask> {
        var reopened = self
        reopened.reworks += 1
        return try reopened.moved(.reopen, detail: StepDetail(target: organisation), by: act)
    }
}

extension Report {
    /// The case goes on: what its sender was told does not hold any more.
    /// - Throws: `report.not-now`.
    func reopening(by act: Act) throws(RuleViolations) -> Change<Report> {
        try moved(.reopen, by: act)
    }
}
