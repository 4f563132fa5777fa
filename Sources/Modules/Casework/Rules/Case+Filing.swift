public import Domain

/// The decision to take a case into the books.
public struct Filing: Hashable, Sendable {
    /// The case's matter when missing.
    public var matter: MatterReference?
    /// The case's title when missing.
    public var title: String?
    /// When the case is promised to be done; when missing, by the time that its matter has.
    public var dueAt: Instant?
    public var note: String?

    public init(matter: MatterReference? = nil, title: String? = nil, dueAt: Instant? = nil, note: String? = nil) {
        self.matter = matter
        self.title = title
        self.dueAt = dueAt
        self.note = note
    }
}

extension Case {
    /// What was reported is there: the case can be filed.
    /// - Throws: `case.not-now`; for the field `note`: `input.too-long`.
    public func verifying(
        _ verification: Verification = .onSpot, note: String? = nil, by act: Act
    )
        throws(RuleViolations) -> Change<Case>
    {
        _ = try only { () throws(RuleViolation) in try state.applying(.verify) }
        var findings = Findings()
        let note = findings.text(note, field: "note", limit: TextLimit.note)
        try findings.settle()
        return try moved(.verify, detail: StepDetail(note: note, reason: verification.rawValue), by: act)
    }

    /// Takes the case into the books.
    ///
    /// The number is given after this rule by ``numbered(_:)``, in the same transaction, because its counter is
    /// locked last.
    /// - Throws: `case.not-now`; for the fields `matter`: `case.matter-missing`, `matter.unknown`;
    ///   `dueAt`: `limit.past`; `title`, `note`: `input.too-long`.
    public func filing(_ filing: Filing, catalogues: Catalogues, by act: Act) throws(RuleViolations) -> Change<Case> {
        _ = try only { () throws(RuleViolation) in try state.applying(.file) }
        var findings = Findings()
        let title = findings.text(filing.title, field: "title", limit: TextLimit.title)
        let note = findings.text(filing.note, field: "note", limit: TextLimit.note)
        if let matter = filing.matter ?? matter {
            findings.require(
                catalogues.contains(matter), or: RuleViolation(.invalid, "matter.unknown", field: "matter"))
        } else {
            findings.add(RuleViolation(.invalid, "case.matter-missing", field: "matter"))
        }
        if let dueAt = filing.dueAt {
            findings.require(dueAt > act.at, or: RuleViolation(.invalid, "limit.past", field: "dueAt"))
        }
        try findings.settle()

        var filed = self
        filed.title = title ?? self.title
        filed.matter = filing.matter ?? matter
        filed.dueAt = filing.dueAt
        return try filed.moved(.file, detail: StepDetail(note: note, dueAt: filing.dueAt), by: act)
    }

    /// The filed case with its number.
    /// - Throws: the conflict `case.numbered` when it has one; `case.not-now` before filing.
    public func numbered(_ number: CaseNumber) throws(RuleViolation) -> Case {
        guard self.number == nil else { throw RuleViolation(.conflict, "case.numbered") }
        guard state == .open else {
            throw RuleViolation(
                .conflict, "case.not-now",
                arguments: ["state": state.rawValue, "action": CaseAction.file.rawValue])
        }
        var numbered = self
        numbered.number = number
        return numbered
    }

    /// Does not file the case; the reporters are told the public note.
    /// - Throws: `case.not-now`; for the fields `publicNote`: `input.missing`, `input.too-long`; `note`: `input.too-long`.
    public func declining(publicNote: String, note: String? = nil, by act: Act) throws(RuleViolations) -> Change<Case> {
        _ = try only { () throws(RuleViolation) in try state.applying(.decline) }
        var findings = Findings()
        let told = findings.requiredText(publicNote, field: "publicNote", limit: TextLimit.publicText)
        let note = findings.text(note, field: "note", limit: TextLimit.note)
        try findings.settle()
        var declined = self
        declined.publicAnswer = told
        return try declined.moved(.decline, detail: StepDetail(note: note, publicNote: told), by: act)
    }

    /// The verification leaves a question open: somebody looks again.
    /// - Throws: `case.not-now`; for the field `note`: `input.missing`, `input.too-long`.
    public func sendingBack(note: String, by act: Act) throws(RuleViolations) -> Change<Case> {
        _ = try only { () throws(RuleViolation) in try state.applying(.sendBack) }
        var findings = Findings()
        let note = findings.requiredText(note, field: "note", limit: TextLimit.note)
        try findings.settle()
        return try moved(.sendBack, detail: StepDetail(note: note), by: act)
    }

    /// Looks again at the decision not to file; what the reporters were told does not hold any more.
    /// - Throws: `case.not-now`; for the field `note`: `input.missing`, `input.too-long`.
    public func reconsidering(note: String, by act: Act) throws(RuleViolations) -> Change<Case> {
        _ = try only { () throws(RuleViolation) in try state.applying(.reconsider) }
        var findings = Findings()
        let note = findings.requiredText(note, field: "note", limit: TextLimit.note)
        try findings.settle()
        var again = self
        again.publicAnswer = nil
        return try again.moved(.reconsider, detail: StepDetail(note: note), by: act)
    }

    /// Puts the case away; nothing changes any more.
    /// - Throws: `case.not-now`; for the field `note`: `input.too-long`.
    public func archiving(note: String? = nil, by act: Act) throws(RuleViolations) -> Change<Case> {
        _ = try only { () throws(RuleViolation) in try state.applying(.archive) }
        var findings = Findings()
        let note = findings.text(note, field: "note", limit: TextLimit.note)
        try findings.settle()
        return try moved(.archive, detail: StepDetail(note: note), by: act)
    }
}
