public import Domain

extension CaseTask {
    /// The organisation takes its answer back before anybody has checked it.
    /// - Throws: `task.not-yours`; `task.not-now`; for the field `note`: `input.too-long`.
    public func recalling(note: String? = nil, by act: Act) throws(RuleViolations) -> Change<CaseTask> {
        _ = try handler(of: act)
        _ = try only { () throws(RuleViolation) in try state.applying(.recall) }
        var findings = Findings()
        let note = findings.text(note, field: "note", limit: TextLimit.note)
        try findings.settle()
        return try moved(.recall, detail: StepDetail(note: note), by: act)
    }

    /// The organisation tells how far it is (阶段反馈).
    /// - Throws: `task.not-yours`; `task.not-now`; for the fields `publicText`: `task.progress-empty` when nothing is
    ///   said at all, `input.too-long`; `note`: `input.too-long`.
    public func progressing(
        publicText: String? = nil, note: String? = nil, by act: Act
    ) throws(RuleViolations) -> Change<CaseTask> {
        _ = try handler(of: act)
        _ = try only { () throws(RuleViolation) in try state.applying(.progress) }
        var findings = Findings()
        let told = findings.text(publicText, field: "publicText", limit: TextLimit.publicText)
        let note = findings.text(note, field: "note", limit: TextLimit.note)
        findings.require(
            told != nil || note != nil || !findings.all.isEmpty,
            or: RuleViolation(.invalid, "task.progress-empty", field: "publicText"))
        try findings.settle()
        return try moved(.progress, detail: StepDetail(note: note, publicNote: told), by: act)
    }

    /// The centre presses for it (催办).
    /// - Throws: `task.not-now`; for the field `note`: `input.missing`, `input.too-long`.
    public func reminding(note: String, by act: Act) throws(RuleViolations) -> Change<CaseTask> {
        _ = try only { () throws(RuleViolation) in try state.applying(.remind) }
        var findings = Findings()
        let note = findings.requiredText(note, field: "note", limit: TextLimit.note)
        try findings.settle()
        return try moved(.remind, detail: StepDetail(note: note, target: organisation), by: act)
    }

    /// The organisation names the person who handles it; `nil` takes the name off.
    /// - Parameter colleagues: the people of the organisation.
    /// - Throws: `task.not-yours`; `task.not-now`; for the fields `assignee`: `task.assignee-unknown`,
    ///   `task.assignee-same`; `note`: `input.too-long`.
    public func assigning(
        to person: AccountID?, among colleagues: Set<AccountID>, note: String? = nil, by act: Act
    ) throws(RuleViolations) -> Change<CaseTask> {
        _ = try handler(of: act)
        _ = try only { () throws(RuleViolation) in try state.applying(.assign) }
        var findings = Findings()
        if let person {
            findings.require(
                colleagues.contains(person), or: RuleViolation(.invalid, "task.assignee-unknown", field: "assignee"))
        }
        findings.require(
            person != assignee, or: RuleViolation(.conflict, "task.assignee-same", field: "assignee"))
        let note = findings.text(note, field: "note", limit: TextLimit.note)
        try findings.settle()
        var assigned = self
        assigned.assignee = person
        let change = FieldChange(.assignee, from: assignee?.description, to: person?.description)
        return try assigned.moved(.assign, detail: StepDetail(note: note, changes: [change]), by: act)
    }
}
