public import Domain

/// What the centre decided to handle. Joins one or more reports and owns the tasks.
public struct Case: Hashable, Sendable, Identifiable {
    public let id: CaseID
    public let openedAt: Instant

    public internal(set) var area: AreaID
    /// Redacted.
    public internal(set) var title: String
    public internal(set) var matter: MatterReference?
    /// Given at filing.
    public internal(set) var number: CaseNumber?
    public internal(set) var state: CaseState
    /// When the case is promised to be done.
    public internal(set) var dueAt: Instant?
    /// What came of it, once closed.
    public internal(set) var outcome: Outcome?
    /// The answer for everybody, without personal data, once the case is over.
    public internal(set) var publicAnswer: String?
    /// The number of steps so far.
    public internal(set) var version: Int

    /// Rebuilds a case that the store kept.
    public init(
        id: CaseID, openedAt: Instant, area: AreaID, title: String, matter: MatterReference?, number: CaseNumber?,
        state: CaseState, dueAt: Instant?, outcome: Outcome?, publicAnswer: String?, version: Int
    ) {
        self.id = id
        self.openedAt = openedAt
        self.area = area
        self.title = title
        self.matter = matter
        self.number = number
        self.state = state
        self.dueAt = dueAt
        self.outcome = outcome
        self.publicAnswer = publicAnswer
        self.version = version
    }
}
