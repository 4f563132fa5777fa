public import Domain

extension Case {
    /// Takes the case off the books: opened wrongly. A number that was given stays there.
    ///
    /// Its live tasks are withdrawn; work that has passed its check stays done. The reporters are told the public note:
    /// no report ends without an answer.
    /// - Parameter tasks: all tasks that the case has.
    /// - Throws: `case.not-now`; for the fields `publicNote`, `note`: `input.missing`, `input.too-long`.
    public func voiding(
        publicNote: String, note: String, tasks: [CaseTask], by act: Act
    ) throws(RuleViolations) -> CaseChange {
        _ = try only { () throws(RuleViolation) in try state.applying(.void) }
        var findings = Findings()
        let told = findings.requiredText(publicNote, field: "publicNote", limit: TextLimit.publicText)
        let note = findings.requiredText(note, field: "note", limit: TextLimit.note)
        try findings.settle()
        var voided = self
        voided.publicAnswer = told
        return try voided.leaving(by: .void, StepDetail(note: note, publicNote: told), note: note, tasks: tasks, act)
    }

    /// The same thing as another case, which goes on with the reports of this one.
    /// - Parameter tasks: all tasks that this case has.
    /// - Throws: `case.not-now`; for the fields `into`: `case.merge-itself`, `case.not-joinable` once the other is over;
    ///   `note`: `input.missing`, `input.too-long`.
    public func merging(
        into other: Case, note: String, tasks: [CaseTask], by act: Act
    ) throws(RuleViolations) -> CaseChange {
        _ = try only { () throws(RuleViolation) in try state.applying(.merge) }
        var findings = Findings()
        findings.require(other.id != id, or: RuleViolation(.invalid, "case.merge-itself", field: "into"))
        findings.require(other.state.isJoinable, or: RuleViolation(.conflict, "case.not-joinable", field: "into"))
        let note = findings.requiredText(note, field: "note", limit: TextLimit.note)
        try findings.settle()
        let detail = StepDetail(note: note, changes: [FieldChange(.caseFile, from: label, to: other.label)])
        return try leaving(by: .merge, detail, note: note, tasks: tasks, act)
    }

    /// How people call the case: its number, or before filing its identifier.
    var label: String { number?.description ?? id.description }

    /// The case's end without a result, with its live tasks.
    private func leaving(
        by action: CaseAction, _ detail: StepDetail, note: String, tasks: [CaseTask], _ act: Act
    ) throws(RuleViolations) -> CaseChange {
        let change = try moved(action, detail: detail, by: act)
        var withdrawn: [Change<CaseTask>] = []
        for task in tasks where task.state.isLive && task.state != .passed {
            withdrawn.append(try task.withdrawing(note: note, by: act))
        }
        return CaseChange(
            caseFile: change.value, tasks: withdrawn.map(\.value), steps: [change.step] + withdrawn.map(\.step))
    }
}
