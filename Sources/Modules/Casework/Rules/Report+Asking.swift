public import Domain

extension Report {
    /// Asks the sender for what is missing; nobody decides before it is there.
    /// - Throws: `report.not-now`; for the fields `question`: `input.missing`, `input.too-long`; `note`:
    ///   `input.too-long`.
    public func asking(_ question: String, note: String? = nil, by act: Act) throws(RuleViolations) -> Change<Report> {
        _ = try only { () throws(RuleViolation) in try state.applying(.ask) }
        var findings = Findings()
        let question = findings.requiredText(question, field: "question", limit: TextLimit.publicText)
        let note = findings.text(note, field: "note", limit: TextLimit.note)
        try findings.settle()
        return try moved(.ask, detail: StepDetail(note: note, publicNote: question), by: act)
    }

    /// What the sender was last asked.
    /// - Parameter history: the report's own steps in the order of versions.
    public static func question(_ history: [Step]) -> Step? {
        history.last { $0.action == ReportAction.ask.rawValue }
    }

    /// The missing part is there: the report waits for a decision again. The report's own words stay as they came.
    /// - Throws: `report.not-now`; for the field `more`: `input.missing`, `input.too-long`.
    public func supplementing(
        _ text: String, id: SupplementID, by act: Act
    ) throws(RuleViolations) -> (change: Change<Report>, supplement: Supplement) {
        _ = try only { () throws(RuleViolation) in try state.applying(.supplement) }
        var findings = Findings()
        let text = findings.requiredText(text, field: "more", limit: TextLimit.reportText)
        try findings.settle()
        let change = try moved(.supplement, by: act)
        let supplement = Supplement(
            id: id, report: self.id, at: act.at, text: text, account: act.account, version: change.value.version)
        return (change, supplement)
    }
}
