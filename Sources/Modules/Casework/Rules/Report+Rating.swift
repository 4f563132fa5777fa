public import Domain

/// What a sender says of the answer.
public struct RatingDraft: Hashable, Sendable {
    public var wasContacted: Bool?
    public var isSolved: Bool
    public var satisfaction: Satisfaction
    public var words: String?

    public init(wasContacted: Bool? = nil, isSolved: Bool, satisfaction: Satisfaction, words: String? = nil) {
        self.wasContacted = wasContacted
        self.isSolved = isSolved
        self.satisfaction = satisfaction
        self.words = words
    }
}

extension Report {
    /// The sender says what the answer is worth, once for each answer. Changes nothing that the centre decided.
    /// - Throws: `report.not-now`; for the field `words`: `input.too-long`.
    public func rating(
        _ draft: RatingDraft, by act: Act
    ) throws(RuleViolations) -> (change: Change<Report>, rating: Rating) {
        _ = try only { () throws(RuleViolation) in try state.applying(.rate) }
        var findings = Findings()
        let words = findings.text(draft.words, field: "words", limit: TextLimit.note)
        try findings.settle()
        let change = try moved(.rate, detail: StepDetail(reason: draft.satisfaction.rawValue), by: act)
        let rating = Rating(
            id: act.id(), report: id, caseID: caseID, at: act.at, wasContacted: draft.wasContacted,
            said: Said(isSolved: draft.isSolved, satisfaction: draft.satisfaction), words: words,
            version: change.value.version)
        return (change, rating)
    }
}
