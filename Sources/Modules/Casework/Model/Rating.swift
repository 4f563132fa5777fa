public import Domain

/// What the sender of a report says of its answer (评价); kept apart from what the centre found.
public struct Rating: Hashable, Sendable, Identifiable {
    public let id: RatingID
    public let report: ReportID
    public let caseID: CaseID?
    public let at: Instant
    /// Whether anybody of the administration got in touch, as the sender says; `nil` when left open.
    public let wasContacted: Bool?
    /// With the satisfaction, which a rating always has.
    public let said: Said
    /// Redacted.
    public let words: String?
    /// The report's version after the rating: names its step.
    public let version: Int

    /// Rebuilds a rating that the store kept.
    public init(
        id: RatingID, report: ReportID, caseID: CaseID?, at: Instant, wasContacted: Bool?, said: Said,
        words: String?, version: Int
    ) {
        self.id = id
        self.report = report
        self.caseID = caseID
        self.at = at
        self.wasContacted = wasContacted
        self.said = said
        self.words = words
        self.version = version
    }
}

/// What a sender does not agree with.
public enum Contested: String, Code {
    /// That the report was not taken up.
    case refusal
    /// What was answered, or that it was not filed.
    case answer

    public static let family = "casework.contested"
}

/// What the centre decides about an objection.
public enum ObjectionRuling: String, Code {
    /// The sender is right: the report is looked at again, or the case is taken up again.
    case granted
    /// It stays as it is.
    case upheld

    public static let family = "casework.objection-ruling"
}

/// A sender's objection to a refusal or to an answer, and what somebody else of the centre decided about it.
public struct Objection: Hashable, Sendable, Identifiable {
    public let id: ObjectionID
    public let report: ReportID
    public let contested: Contested
    public let at: Instant
    /// Redacted.
    public let words: String
    /// The report's version after the objection: names its step.
    public let version: Int
    public internal(set) var decision: Decision?

    /// The end of an objection.
    public struct Decision: Hashable, Sendable {
        public let ruling: ObjectionRuling
        public let at: Instant
        /// What the sender is told; redacted.
        public let publicNote: String?
        public let account: AccountID?
        public let organisation: OrganisationID?

        public init(
            ruling: ObjectionRuling, at: Instant, publicNote: String?, account: AccountID?,
            organisation: OrganisationID?
        ) {
            self.ruling = ruling
            self.at = at
            self.publicNote = publicNote
            self.account = account
            self.organisation = organisation
        }
    }

    /// Rebuilds an objection that the store kept.
    public init(
        id: ObjectionID, report: ReportID, contested: Contested, at: Instant, words: String, version: Int,
        decision: Decision?
    ) {
        self.id = id
        self.report = report
        self.contested = contested
        self.at = at
        self.words = words
        self.version = version
        self.decision = decision
    }
}
