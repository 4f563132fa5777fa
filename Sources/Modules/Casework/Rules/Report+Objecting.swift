public import Domain

extension Report {
    /// The step by which the sender was last told a refusal or an answer.
    /// - Parameter history: the report's own steps in the order of versions.
    public static func told(_ history: [Step]) -> Step? {
        history.last { $0.action == ReportAction.refuse.rawValue || $0.action == ReportAction.answer.rawValue }
    }

    /// Whether its sender may object now: once to each refusal or answer, within the period.
    /// - Parameter history: the report's own steps in the order of versions.
    public func mayBeObjected(at moment: Instant, history: [Step], policy: VoicePolicy) -> Bool {
        objectionObstacle(at: moment, history: history, policy: policy) == nil
    }

    private func objectionObstacle(at moment: Instant, history: [Step], policy: VoicePolicy) -> RuleViolation? {
        do { _ = try state.applying(.object) } catch { return error }
        guard let told = Report.told(history) else { return RuleViolation(.conflict, "report.not-now") }
        let objected = history.contains { $0.action == ReportAction.object.rawValue && $0.version > told.version }
        if objected { return RuleViolation(.conflict, "report.objected-already") }
        guard moment <= policy.objectionEnds(after: told.at) else {
            return RuleViolation(
                .conflict, "report.objection-late", arguments: ["days": String(policy.objectionDays)])
        }
        return nil
    }

    /// The sender does not agree with the refusal or the answer. Decides nothing: somebody of the centre has to.
    /// - Parameter history: the report's own steps in the order of versions.
    /// - Throws: `report.not-now`, `report.objected-already`, `report.objection-late`; for the field `why`:
    ///   `input.missing`, `input.too-long`.
    public func objecting(
        _ words: String, history: [Step], policy: VoicePolicy, by act: Act
    ) throws(RuleViolations) -> (change: Change<Report>, objection: Objection) {
        if let obstacle = objectionObstacle(at: act.at, history: history, policy: policy) {
            throw RuleViolations([obstacle])
        }
        var findings = Findings()
        let words = findings.requiredText(words, field: "why", limit: TextLimit.note)
        try findings.settle()
        let contested: Contested = state == .refused ? .refusal : .answer
        var change = try moved(.object, detail: StepDetail(reason: contested.rawValue), by: act)
        var objected = change.value
        objected.objectedAt = act.at
        change = Change(value: objected, step: change.step)
        let objection = Objection(
            id: act.id(), report: id, contested: contested, at: act.at, words: words, version: objected.version,
            decision: nil)
        return (change, objection)
    }

    /// The objection was looked at, and the refusal or the answer stands.
    ///
    /// Nobody rules that their own decision stands.
    /// - Parameter history: the report's own steps in the order of versions.
    /// - Throws: `report.not-now`; the conflict `report.no-objection`; the forbidden `report.ruling-own-decision`; for
    ///   the fields `publicNote`: `input.missing`, `input.too-long`; `note`: `input.too-long`.
    public func upholding(
        publicNote: String?, note: String? = nil, history: [Step], by act: Act
    ) throws(RuleViolations) -> Change<Report> {
        _ = try only { () throws(RuleViolation) in try state.applying(.uphold) }
        guard objectedAt != nil else { throw RuleViolations([RuleViolation(.conflict, "report.no-objection")]) }
        guard let account = act.account, account != Report.told(history)?.account else {
            throw RuleViolations([RuleViolation(.forbidden, "report.ruling-own-decision")])
        }
        var findings = Findings()
        let told = findings.requiredText(publicNote, field: "publicNote", limit: TextLimit.publicText)
        let note = findings.text(note, field: "note", limit: TextLimit.note)
        try findings.settle()
        let detail = StepDetail(note: note, publicNote: told, reason: ObjectionRuling.upheld.rawValue)
        return try moved(.uphold, detail: detail, by: act)
    }

    /// The refusal was wrong, or is looked at again: the report waits for a decision as on its first day.
    /// - Throws: `report.not-now`; for the fields `publicNote`, `note`: `input.too-long`.
    public func reconsidering(
        publicNote: String? = nil, note: String? = nil, by act: Act
    ) throws(RuleViolations) -> Change<Report> {
        _ = try only { () throws(RuleViolation) in try state.applying(.reconsider) }
        var findings = Findings()
        let told = findings.text(publicNote, field: "publicNote", limit: TextLimit.publicText)
        let note = findings.text(note, field: "note", limit: TextLimit.note)
        try findings.settle()
        let detail = StepDetail(note: note, publicNote: told, reason: ObjectionRuling.granted.rawValue)
        return try moved(.reconsider, detail: detail, by: act)
    }
}
