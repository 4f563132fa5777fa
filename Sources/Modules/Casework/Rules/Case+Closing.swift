public import Domain

/// How a case ends.
public struct Closing: Hashable, Sendable {
    /// Given when the work is finished; a case that was finished before its call-back has it already.
    public var outcome: Outcome?
    /// The answer for everybody; given together with the outcome.
    public var publicText: String?
    /// For staff.
    public var note: String?

    public init(outcome: Outcome? = nil, publicText: String? = nil, note: String? = nil) {
        self.outcome = outcome
        self.publicText = publicText
        self.note = note
    }
}

extension Case {
    /// What stands in the way of ending the case; empty when nothing does.
    ///
    /// Every task has passed or was withdrawn, the lead's has passed, and each was checked by somebody who neither
    /// handled it nor belongs to the organisation that did.
    /// - Parameter tasks: all tasks that the case has.
    public static func obstaclesToClosing(with tasks: some Sequence<CaseTask>) -> [RuleViolation] {
        let live = tasks.filter(\.state.isLive)
        var findings = Findings()
        if live.contains(where: { $0.state != .passed }) {
            findings.add(RuleViolation(.conflict, "case.tasks-unfinished"))
        }
        if !live.contains(where: { $0.role == .lead && $0.state == .passed }) {
            findings.add(RuleViolation(.conflict, "case.lead-not-passed"))
        }
        if live.contains(where: { $0.state == .passed && !$0.wasCheckedByAnother }) {
            findings.add(RuleViolation(.conflict, "case.checked-by-handler"))
        }
        return findings.all
    }

    /// The work is done and checked: the reporters get the answer and are asked about it.
    /// - Parameter tasks: all tasks that the case has.
    /// - Throws: `case.not-now`; the conflicts of ``obstaclesToClosing(with:)``, and `case.nobody-to-ask` for a case
    ///   that is simply closed; for the fields `outcome`, `publicText`: `input.missing`, `input.too-long`; `note`:
    ///   `input.too-long`.
    public func finishing(
        _ closing: Closing, tasks: [CaseTask], asking: Asking, by act: Act
    ) throws(RuleViolations) -> Change<Case> {
        _ = try only { () throws(RuleViolation) in try state.applying(.finish) }
        var obstacles = Case.obstaclesToClosing(with: tasks)
        if !asking.isDue { obstacles.append(RuleViolation(.conflict, "case.nobody-to-ask")) }
        guard obstacles.isEmpty else { throw RuleViolations(obstacles) }
        return try ended(by: .finish, closing, act)
    }

    /// Ends the case: at once when there is nobody to ask, otherwise once somebody was asked or tried often enough.
    ///
    /// What the reporters say and what the centre decides are both kept: a case is closed over a complaint only with
    /// a reason.
    /// - Parameter tasks: all tasks that the case has.
    /// - Throws: `case.not-now`; the conflicts of ``obstaclesToClosing(with:)``; `case.call-back-first` while the work
    ///   is finished and somebody has to be asked; `case.call-back-missing` while nobody was asked; for the fields
    ///   `outcome`, `publicText`: `input.missing`, `input.too-long`, or `case.answered-already` after the answer was
    ///   given; `note`: `case.complaint-reason-missing`, `input.too-long`.
    public func closing(
        _ closing: Closing, tasks: [CaseTask], asking: Asking = .nobody, by act: Act
    ) throws(RuleViolations) -> Change<Case> {
        _ = try only { () throws(RuleViolation) in try state.applying(.close) }
        var obstacles = Case.obstaclesToClosing(with: tasks)
        if state == .toCallBack {
            if !asking.isDone { obstacles.append(RuleViolation(.conflict, "case.call-back-missing")) }
        } else if asking.isDue {
            obstacles.append(RuleViolation(.conflict, "case.call-back-first"))
        }
        guard obstacles.isEmpty else { throw RuleViolations(obstacles) }
        guard state == .toCallBack else { return try ended(by: .close, closing, act) }

        var findings = Findings()
        for (field, isGiven) in [("outcome", closing.outcome != nil), ("publicText", closing.publicText != nil)]
        where isGiven {
            findings.add(RuleViolation(.invalid, "case.answered-already", field: field))
        }
        let note = findings.text(closing.note, field: "note", limit: TextLimit.note)
        if asking.hasComplaint, note == nil, findings.all.isEmpty {
            findings.add(RuleViolation(.invalid, "case.complaint-reason-missing", field: "note"))
        }
        try findings.settle()
        return try moved(.close, detail: StepDetail(note: note, reason: outcome?.rawValue), by: act)
    }

    /// Gives the case its outcome and its answer.
    private func ended(by action: CaseAction, _ closing: Closing, _ act: Act) throws(RuleViolations) -> Change<Case> {
        var findings = Findings()
        if closing.outcome == nil { findings.add(RuleViolation(.invalid, "input.missing", field: "outcome")) }
        let told = findings.requiredText(closing.publicText, field: "publicText", limit: TextLimit.publicText)
        let note = findings.text(closing.note, field: "note", limit: TextLimit.note)
        try findings.settle()
        var ended = self
        ended.outcome = closing.outcome
        ended.publicAnswer = told
        let detail = StepDetail(note: note, publicNote: told, reason: closing.outcome?.rawValue)
        return try ended.moved(action, detail: detail, by: act)
    }
}

extension CaseTask {
    /// Whether the check was made by somebody else than the handlers, from another organisation.
    var wasCheckedByAnother: Bool {
        guard let check, let answer else { return false }
        return check.account != answer.account && check.account != signing?.account
            && check.organisation != organisation
    }
}
