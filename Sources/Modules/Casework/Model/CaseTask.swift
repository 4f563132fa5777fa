public import Domain

/// What one organisation must do for a case (工单).
public struct CaseTask: Hashable, Sendable, Identifiable {
    public let id: TaskID
    public let caseID: CaseID
    public let organisation: OrganisationID
    public let role: TaskRole
    public let ground: Ground
    /// The clause, the minutes, or the written reason.
    public let groundReference: String
    public let offeredAt: Instant

    public internal(set) var state: TaskState
    public internal(set) var dueAt: Instant?
    public internal(set) var signing: Signing?
    /// The person of the organisation who handles it, if one was named.
    public internal(set) var assignee: AccountID?
    /// The last answer; stays when the check sends the task back.
    public internal(set) var answer: Answer?
    /// The last check.
    public internal(set) var check: Check?
    /// How often the work was sent back, by a check or by taking the case up again.
    public internal(set) var reworks: Int
    /// How often the organisation refused; see ``Case/needsSupervisor(with:)``.
    public internal(set) var refusals: Int
    /// The number of steps so far.
    public internal(set) var version: Int

    /// The organisation's signature for the task.
    public struct Signing: Hashable, Sendable {
        public let account: AccountID
        public let at: Instant

        public init(account: AccountID, at: Instant) {
            self.account = account
            self.at = at
        }
    }

    /// The organisation's result.
    public struct Answer: Hashable, Sendable {
        public let outcome: Outcome
        /// For everybody; no personal data.
        public let publicText: String?
        /// For staff.
        public let internalText: String?
        public let account: AccountID
        public let at: Instant

        public init(outcome: Outcome, publicText: String?, internalText: String?, account: AccountID, at: Instant) {
            self.outcome = outcome
            self.publicText = publicText
            self.internalText = internalText
            self.account = account
            self.at = at
        }
    }

    /// What the checker found.
    public struct Check: Hashable, Sendable {
        public let verdict: Verdict
        public let note: String?
        public let account: AccountID
        public let organisation: OrganisationID?
        public let at: Instant

        public init(verdict: Verdict, note: String?, account: AccountID, organisation: OrganisationID?, at: Instant) {
            self.verdict = verdict
            self.note = note
            self.account = account
            self.organisation = organisation
            self.at = at
        }
    }

    /// Rebuilds a task that the store kept.
    public init(
        id: TaskID, caseID: CaseID, organisation: OrganisationID, role: TaskRole, ground: Ground,
        groundReference: String, offeredAt: Instant, state: TaskState, dueAt: Instant?, signing: Signing?,
        answer: Answer?, check: Check?, reworks: Int, refusals: Int, version: Int, assignee: AccountID? = nil
    ) {
        self.id = id
        self.caseID = caseID
        self.organisation = organisation
        self.role = role
        self.ground = ground
        self.groundReference = groundReference
        self.offeredAt = offeredAt
        self.state = state
        self.dueAt = dueAt
        self.signing = signing
        self.answer = answer
        self.check = check
        self.reworks = reworks
        self.refusals = refusals
        self.version = version
        self.assignee = assignee
    }
}
