public import Domain

/// Where a report goes that was joined to the wrong case.
public enum SplitDestination: String, Code {
    /// A case of its own.
    case newCase = "new-case"
    /// Back to reception, to be decided about again.
    case reception

    public static let family = "casework.split"
}

/// A case that a report has left.
public struct Splitting: Sendable {
    public let caseFile: Case
    public let report: Report
    /// The new case, where the report has one.
    public let opened: Case?
    /// Those of the case that was left, of the report, and of the new case.
    public let left: Step
    public let parted: Step
    public let opening: Step?
}

extension Case {
    /// Lets a report go that is about something else.
    ///
    /// A case keeps one report at least: the last one is answered, by closing or by voiding.
    /// - Parameters:
    ///   - reports: all reports of the case.
    ///   - new: the case that the report gets, `nil` to send it back to reception.
    /// - Throws: `case.not-now`, `report.not-now`; the conflict `case.last-report`; for the fields `report`:
    ///   `report.of-another-case`; `title`: `input.too-long`; `matter`: `matter.unknown`; `verification`:
    ///   `case.not-patrol`; `note`: `input.missing`, `input.too-long`.
    public func splitting(
        off id: ReportID, of reports: [Report], into new: NewCase?, note: String, catalogues: Catalogues, by act: Act
    ) throws(RuleViolations) -> Splitting {
        _ = try only { () throws(RuleViolation) in try state.applying(.split) }
        guard let report = reports.first(where: { $0.id == id }) else {
            throw RuleViolations([RuleViolation(.invalid, "report.of-another-case", field: "report")])
        }
        guard reports.count > 1 else { throw RuleViolations([RuleViolation(.conflict, "case.last-report")]) }
        _ = try only { () throws(RuleViolation) in try report.state.applying(new == nil ? .giveBack : .move) }
        var findings = Findings()
        let note = findings.requiredText(note, field: "note", limit: TextLimit.note)
        let title = findings.text(new?.title, field: "title", limit: TextLimit.title)
        let matter = new?.matter ?? report.hint
        if let new {
            if let matter {
                findings.require(
                    catalogues.contains(matter), or: RuleViolation(.invalid, "matter.unknown", field: "matter"))
            }
            findings.require(
                new.verification != .patrol || report.channel.isPatrol,
                or: RuleViolation(.invalid, "case.not-patrol", field: "verification"))
        }
        try findings.settle()

        let detail = StepDetail(note: note)
        let left = try moved(.split, detail: detail, by: act)
        var parted = report
        parted.caseID = new?.id
        guard let new else {
            let change = try parted.moved(.giveBack, detail: detail, by: act)
            return Splitting(
                caseFile: left.value, report: change.value, opened: nil, left: left.step, parted: change.step,
                opening: nil)
        }
        let change = try parted.moved(.move, detail: detail, by: act)
        let (opened, opening) = try Case.opening(
            new, title: title ?? report.title, matter: matter, area: new.area ?? report.area, by: act)
        return Splitting(
            caseFile: left.value, report: change.value, opened: opened, left: left.step, parted: change.step,
            opening: opening)
    }
}

extension Report {
    /// Goes on with another case, because its own was merged into that one.
    /// - Throws: `report.not-now`.
    func moving(to caseFile: Case, from old: Case, by act: Act) throws(RuleViolations) -> Change<Report> {
        var moved = self
        moved.caseID = caseFile.id
        return try moved.moved(
            .move, detail: StepDetail(changes: [FieldChange(.caseFile, from: old.label, to: caseFile.label)]), by: act)
    }

    /// Tells the sender that nothing will come of the case, and why.
    /// - Parameter told: the case's public note, which its rule has looked at.
    /// - Throws: `report.not-now`.
    func toldWithoutResult(_ told: String, by act: Act) throws(RuleViolations) -> Change<Report> {
        try moved(.answer, detail: StepDetail(publicNote: told), by: act)
    }
}
