public import Domain

/// How a case ends.
public struct Closing: Hashable, Sendable {
    public var outcome: Outcome
    /// The answer for everybody.
    public var publicText: String
    /// For staff.
    public var note: String?

    public init(outcome: Outcome, publicText: String, note: String? = nil) {
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

    /// Ends the case.
    /// - Parameter tasks: all tasks that the case has.
    /// - Throws: `case.not-now`; the conflicts `case.tasks-unfinished`, `case.lead-not-passed`,
    ///   `case.checked-by-handler`; for the fields `publicText`: `input.missing`, `input.too-long`; `note`:
    ///   `input.too-long`.
    public func closing(_ closing: Closing, tasks: [CaseTask], by act: Act) throws(RuleViolations) -> Change<Case> {
        _ = try only { () throws(RuleViolation) in try state.applying(.close) }
        let obstacles = Case.obstaclesToClosing(with: tasks)
        guard obstacles.isEmpty else { throw RuleViolations(obstacles) }
        var findings = Findings()
        let told = findings.requiredText(closing.publicText, field: "publicText", limit: TextLimit.publicText)
        let note = findings.text(closing.note, field: "note", limit: TextLimit.note)
        try findings.settle()
        var closed = self
        closed.outcome = closing.outcome
        closed.publicAnswer = told
        let detail = StepDetail(note: note, publicNote: told, reason: closing.outcome.rawValue)
        return try closed.moved(.close, detail: detail, by: act)
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
