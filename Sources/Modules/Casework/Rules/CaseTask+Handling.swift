public import Domain

/// An organisation's result.
public struct TaskAnswer: Hashable, Sendable {
    public var outcome: Outcome
    /// For everybody; no personal data, nothing from the internal text.
    public var publicText: String?
    /// For staff.
    public var internalText: String?

    public init(outcome: Outcome, publicText: String? = nil, internalText: String? = nil) {
        self.outcome = outcome
        self.publicText = publicText
        self.internalText = internalText
    }
}

extension CaseTask {
    /// The organisation takes the task.
    /// - Throws: `task.not-yours` for another organisation; `task.not-now`.
    public func signing(by act: Act) throws(RuleViolations) -> Change<CaseTask> {
        let account = try handler(of: act)
        var signed = self
        signed.signing = Signing(account: account, at: act.at)
        return try signed.moved(.sign, by: act)
    }

    /// The organisation gives its result.
    ///
    /// Done needs words for the public; partly and cannot need a reason, in public or in the house.
    /// - Throws: `task.not-yours`, `task.not-now`; for the fields `publicText`: `input.missing`,
    ///   `task.reason-missing`, `input.too-long`; `internalText`: `input.too-long`.
    public func answering(_ answer: TaskAnswer, by act: Act) throws(RuleViolations) -> Change<CaseTask> {
        let account = try handler(of: act)
        _ = try only { () throws(RuleViolation) in try state.applying(.answer) }
        var findings = Findings()
        let internalText = findings.text(answer.internalText, field: "internalText", limit: TextLimit.note)
        let publicText: String?
        switch answer.outcome {
        case .done:
            publicText = findings.requiredText(answer.publicText, field: "publicText", limit: TextLimit.publicText)
        case .partly, .cannot:
            publicText = findings.text(answer.publicText, field: "publicText", limit: TextLimit.publicText)
            if publicText == nil, internalText == nil, findings.all.isEmpty {
                findings.add(RuleViolation(.invalid, "task.reason-missing", field: "publicText"))
            }
        }
        try findings.settle()
        var answered = self
        answered.answer = Answer(
            outcome: answer.outcome, publicText: publicText, internalText: internalText, account: account, at: act.at)
        // A check belongs to the answer it was made of.
        answered.check = nil
        let detail = StepDetail(note: internalText, publicNote: publicText, reason: answer.outcome.rawValue)
        return try answered.moved(.answer, detail: detail, by: act)
    }

    /// The organisation says that the task is not theirs.
    /// - Throws: `task.not-yours`, `task.not-now`; for the fields `groundReference`: `ground.clause-missing`,
    ///   `input.too-long`; `note`: `input.too-long`.
    public func refusing(
        _ reason: TaskRefusalReason, groundReference: String, note: String? = nil, by act: Act
    )
        throws(RuleViolations) -> Change<CaseTask>
    {
        _ = try handler(of: act)
        _ = try only { () throws(RuleViolation) in try state.applying(.refuse) }
        var findings = Findings()
        let reference = findings.text(groundReference, field: "groundReference", limit: TextLimit.groundReference)
        if reference == nil, findings.all.isEmpty {
            findings.add(RuleViolation(.invalid, "ground.clause-missing", field: "groundReference"))
        }
        let note = findings.text(note, field: "note", limit: TextLimit.note)
        try findings.settle()
        var refused = self
        refused.refusals += 1
        let detail = StepDetail(note: note, reason: reason.rawValue, groundReference: reference)
        return try refused.moved(.refuse, detail: detail, by: act)
    }
}
