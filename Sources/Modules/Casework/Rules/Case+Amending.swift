public import Domain

/// What is put right about a case; what is missing stays.
public struct Amendment: Hashable, Sendable {
    public var title: String?
    public var matter: MatterReference?
    public var area: AreaID?
    /// Why.
    public var note: String

    public init(title: String? = nil, matter: MatterReference? = nil, area: AreaID? = nil, note: String) {
        self.title = title
        self.matter = matter
        self.area = area
        self.note = note
    }
}

extension Case {
    /// Puts title, matter or area right, before filing and while the case is open. The number stays what it is.
    ///
    /// The step keeps what each was and is.
    /// - Throws: `case.not-now`; `case.nothing-amended` when all stays as it was; for the fields `title`:
    ///   `input.too-long`; `matter`: `matter.unknown`; `note`: `input.missing`, `input.too-long`.
    public func amending(
        _ amendment: Amendment, catalogues: Catalogues, by act: Act
    ) throws(RuleViolations) -> Change<Case> {
        _ = try only { () throws(RuleViolation) in try state.applying(.amend) }
        var findings = Findings()
        let title = findings.text(amendment.title, field: "title", limit: TextLimit.title)
        let note = findings.requiredText(amendment.note, field: "note", limit: TextLimit.note)
        if let matter = amendment.matter {
            findings.require(
                catalogues.contains(matter), or: RuleViolation(.invalid, "matter.unknown", field: "matter"))
        }
        var amended = self
        amended.title = title ?? self.title
        amended.matter = amendment.matter ?? matter
        amended.area = amendment.area ?? area
        let changes = self.changes(to: amended)
        findings.require(
            !changes.isEmpty || !findings.all.isEmpty, or: RuleViolation(.invalid, "case.nothing-amended"))
        try findings.settle()
        return try amended.moved(.amend, detail: StepDetail(note: note, changes: changes), by: act)
    }

    private func changes(to amended: Case) -> [FieldChange] {
        let all = [
            FieldChange(.title, from: title, to: amended.title),
            FieldChange(.matter, from: matter?.description, to: amended.matter?.description),
            FieldChange(.area, from: area.description, to: amended.area.description),
        ]
        return all.filter { $0.from != $0.to }
    }
}
