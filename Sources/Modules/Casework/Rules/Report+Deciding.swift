public import Domain

/// How a report becomes a case of its own.
public struct NewCase: Hashable, Sendable {
    public var id: CaseID
    /// The report's title when missing.
    public var title: String?
    /// Confirmed by a person; the report's hint when missing.
    public var matter: MatterReference?
    /// The report's area when missing.
    public var area: AreaID?
    public var verification: Verification
    public var note: String?

    public init(
        id: CaseID, title: String? = nil, matter: MatterReference? = nil, area: AreaID? = nil,
        verification: Verification, note: String? = nil
    ) {
        self.id = id
        self.title = title
        self.matter = matter
        self.area = area
        self.verification = verification
        self.note = note
    }
}

/// A report that was taken up, and the case that it opened.
public struct Acceptance: Sendable {
    public let report: Report
    public let caseFile: Case
    /// The report's step, then the case's.
    public let steps: [Step]
}

extension Report {
    /// Takes the report up with a new case.
    ///
    /// A case begins with verification on the spot unless a patrol saw it, it was verified from afar, or there is
    /// nothing to look at.
    /// - Throws: `report.not-now`; for the fields `title`, `note`: `input.too-long`; `matter`: `matter.unknown`;
    ///   `verification`: `case.not-patrol` when the channel is no patrol.
    public func accepting(as new: NewCase, catalogues: Catalogues, by act: Act) throws(RuleViolations) -> Acceptance {
        _ = try only { () throws(RuleViolation) in try state.applying(.accept) }
        var findings = Findings()
        let title = findings.text(new.title, field: "title", limit: TextLimit.title)
        let note = findings.text(new.note, field: "note", limit: TextLimit.note)
        let matter = new.matter ?? hint
        if let matter {
            findings.require(
                catalogues.contains(matter), or: RuleViolation(.invalid, "matter.unknown", field: "matter"))
        }
        findings.require(
            new.verification != .patrol || channel.isPatrol,
            or: RuleViolation(.invalid, "case.not-patrol", field: "verification"))
        try findings.settle()

        var taken = self
        taken.caseID = new.id
        let change = try taken.moved(.accept, detail: StepDetail(note: note), by: act)
        let (caseFile, opening) = try Case.opening(
            new, title: title ?? self.title, matter: matter, area: new.area ?? area, by: act)
        return Acceptance(report: change.value, caseFile: caseFile, steps: [change.step, opening])
    }

    /// Takes the report up with a case that is being handled already.
    /// - Throws: `report.not-now`; for the field `case`: `case.not-joinable` once the case is over;
    ///   `note`: `input.too-long`.
    public func joining(_ caseFile: Case, note: String? = nil, by act: Act) throws(RuleViolations) -> Change<Report> {
        _ = try only { () throws(RuleViolation) in try state.applying(.join) }
        var findings = Findings()
        let note = findings.text(note, field: "note", limit: TextLimit.note)
        findings.require(
            caseFile.state.isJoinable, or: RuleViolation(.conflict, "case.not-joinable", field: "case"))
        try findings.settle()
        var joined = self
        joined.caseID = caseFile.id
        return try joined.moved(.join, detail: StepDetail(note: note), by: act)
    }

    /// Does not take the report up. The reason's legal hint and direction are told to the sender.
    /// - Parameters:
    ///   - publicNote: what else the sender is told; the reason `outside` and `settled` explain nothing by
    ///     themselves, so that they need it.
    /// - Throws: `report.not-now`; for the fields `note`, `publicNote`: `input.too-long`, `input.missing`.
    public func refusing(
        _ reason: RefusalReason, publicNote: String? = nil, note: String? = nil, by act: Act
    ) throws(RuleViolations) -> Change<Report> {
        _ = try only { () throws(RuleViolation) in try state.applying(.refuse) }
        var findings = Findings()
        let told =
            reason.needsExplanation
            ? findings.requiredText(publicNote, field: "publicNote", limit: TextLimit.publicText)
            : findings.text(publicNote, field: "publicNote", limit: TextLimit.publicText)
        let note = findings.text(note, field: "note", limit: TextLimit.note)
        try findings.settle()
        let detail = StepDetail(note: note, publicNote: told, reason: reason.rawValue)
        return try moved(.refuse, detail: detail, by: act)
    }

    /// Tells the sender the result.
    /// - Throws: `report.not-now`; for the field `publicText`: `input.missing`, `input.too-long`.
    public func answering(_ publicText: String, outcome: Outcome, by act: Act) throws(RuleViolations) -> Change<Report>
    {
        _ = try only { () throws(RuleViolation) in try state.applying(.answer) }
        var findings = Findings()
        let told = findings.requiredText(publicText, field: "publicText", limit: TextLimit.publicText)
        try findings.settle()
        return try moved(.answer, detail: StepDetail(publicNote: told, reason: outcome.rawValue), by: act)
    }

    /// The sender takes the report back.
    /// - Throws: `report.not-now`; for the field `note`: `input.too-long`.
    public func withdrawing(note: String? = nil, by act: Act) throws(RuleViolations) -> Change<Report> {
        _ = try only { () throws(RuleViolation) in try state.applying(.withdraw) }
        var findings = Findings()
        let note = findings.text(note, field: "note", limit: TextLimit.note)
        try findings.settle()
        return try moved(.withdraw, detail: StepDetail(note: note), by: act)
    }
}

extension Case {
    /// A new case and its first step; title, matter and area have been looked at.
    static func opening(
        _ new: NewCase, title: String, matter: MatterReference?, area: AreaID, by act: Act
    ) throws(RuleViolations) -> (Case, Step) {
        let action: CaseAction = new.verification == .onSpot ? .register : .registerVerified
        let begun = try only { () throws(RuleViolation) in try CaseState.machine.beginning(with: action) }
        let caseFile = Case(
            id: new.id, openedAt: act.at, area: area, title: title, matter: matter, number: nil, state: begun,
            dueAt: nil, outcome: nil, publicAnswer: nil, version: 1)
        return (
            caseFile,
            caseFile.step(action, from: nil, detail: StepDetail(reason: new.verification.rawValue), by: act)
        )
    }
}

extension CaseState {
    /// Whether a report may still join: the case is not over.
    public var isJoinable: Bool {
        switch self {
        case .toVerify, .toFile, .open: true
        case .notFiled, .toCallBack, .closed, .archived, .void: false
        }
    }
}

extension RefusalReason {
    /// Whether the reason says nothing to the sender without words of the centre's own.
    public var needsExplanation: Bool {
        switch self {
        case .settled, .outside: true
        case .litigation, .arbitration, .petition, .discipline, .emergency, .elsewhere, .unclear: false
        }
    }
}
