public import Domain

extension CaseTask {
    /// Checks the answer.
    ///
    /// The checker is never the handler and never from the handling organisation.
    /// - Throws: the forbidden `task.checker-is-handler` and `task.checker-same-organisation`; `task.not-now`; for the
    ///   field `note`: `input.missing` when the work goes back without a word, `input.too-long`.
    public func checking(
        _ verdict: Verdict, note: String? = nil, by act: Act
    ) throws(RuleViolations)
        -> Change<CaseTask>
    {
        let action: TaskAction = verdict == .pass ? .pass : .rework
        _ = try only { () throws(RuleViolation) in try state.applying(action) }
        guard let account = act.account, account != answer?.account, account != signing?.account else {
            throw RuleViolations([RuleViolation(.forbidden, "task.checker-is-handler")])
        }
        guard act.organisation != organisation else {
            throw RuleViolations([RuleViolation(.forbidden, "task.checker-same-organisation")])
        }
        var findings = Findings()
        let note: String? =
            verdict == .rework
            ? findings.requiredText(note, field: "note", limit: TextLimit.note)
            : findings.text(note, field: "note", limit: TextLimit.note)
        try findings.settle()
        var checked = self
        checked.check = Check(
            verdict: verdict, note: note, account: account, organisation: act.organisation, at: act.at)
        if verdict == .rework { checked.reworks += 1 }
        return try checked.moved(action, detail: StepDetail(note: note, reason: verdict.rawValue), by: act)
    }

    /// Rules on a refusal: the task is theirs and has to be signed.
    /// - Throws: `task.not-now`; for the field `note`: `input.missing`, `input.too-long`.
    public func upholding(note: String, by act: Act) throws(RuleViolations) -> Change<CaseTask> {
        _ = try only { () throws(RuleViolation) in try state.applying(.uphold) }
        var findings = Findings()
        let note = findings.requiredText(note, field: "note", limit: TextLimit.note)
        try findings.settle()
        return try moved(.uphold, detail: StepDetail(note: note, target: organisation), by: act)
    }

    /// Takes the task back: dispatched wrongly, or the refusal is right.
    /// - Throws: `task.not-now`; for the field `note`: `input.missing`, `input.too-long`.
    public func withdrawing(note: String, by act: Act) throws(RuleViolations) -> Change<CaseTask> {
        _ = try only { () throws(RuleViolation) in try state.applying(.withdraw) }
        var findings = Findings()
        let note = findings.requiredText(note, field: "note", limit: TextLimit.note)
        try findings.settle()
        return try moved(.withdraw, detail: StepDetail(note: note, target: organisation), by: act)
    }
}
