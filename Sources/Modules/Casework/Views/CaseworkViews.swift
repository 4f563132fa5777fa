public import Domain
public import Web

// What pages and the JSON interface show. Plain values, made in one read transaction; no personal data in clear.

/// An entry of a list of cases.
public struct CaseSummary: Sendable {
    public let id: CaseID
    public let number: CaseNumber?
    public let title: String
    public let matter: MatterReference?
    public let area: AreaID
    public let state: CaseState
    public let phase: CasePhase
    /// The list it waits in, as the scope sees it.
    public let queue: Queue
    public let openedAt: Instant
    /// The end of the whole case; `nil` while its clock stands still.
    public let dueAt: Instant?
    /// The end that the list is ordered by: the whole case's for areas, the organisation's own for its desk.
    public let listDue: Instant?
    /// How the clocks of the whole case stand.
    public let clock: CaseClock
    public let tasks: [TaskSummaryView]
    public let mark: PageMark
}

/// How the clock of a whole case stands, in a list.
public struct CaseClock: Hashable, Sendable {
    public let isProvisional: Bool
    public let isPaused: Bool
}

/// An organisation's part, in a list.
public struct TaskSummaryView: Sendable {
    public let id: TaskID
    public let organisation: OrganisationID
    public let organisationName: LocalizedName
    public let role: TaskRole
    public let state: TaskState
}

/// A page of a list, and where the next one begins.
public struct Listing<Entry: Sendable>: Sendable {
    public let entries: [Entry]
    public let next: PageMark?
}

/// A person or an organisation in a history.
public struct Names: Sendable {
    public let organisations: [OrganisationID: LocalizedName]
    public let accounts: [AccountID: String]
}

/// Everything that staff see of a case.
public struct CaseDetail: Sendable {
    public let caseFile: Case
    public let revision: Int
    public let phase: CasePhase
    public let tasks: [CaseTask]
    public let reports: [Report]
    public let steps: [Step]
    /// Photos and documents of its reports and tasks, oldest first.
    public let evidence: [Evidence]
    /// The photos that the matter asks for.
    public let needed: Set<EvidenceStage>
    public let names: Names
    /// Whether the reader may open the reports themselves.
    public let seesReports: Bool
    /// Every try to ask its reporters, oldest first.
    public let callbacks: [Callback]
    /// What senders added when asked, oldest first.
    public let supplements: [Supplement]
    /// What senders said of its answers by themselves, oldest first.
    public let ratings: [Rating]
    /// What senders do not agree with, oldest first.
    public let objections: [Objection]
    /// Whether its reporters have been asked since the work was finished.
    public let asking: Asking
    /// The masked numbers of reporters who left one.
    public let numbers: [ReportID: String]
    /// What the reader may do to the case now: right and state together.
    public let verbs: Set<CaseVerb>
    /// All clocks, past ones too, the nearest end first.
    public let limits: [LimitView]
    /// What was asked for, holds or held, in the order of asking.
    public let overlays: [Overlay]
}

/// Everything that staff see of a report.
public struct ReportDetail: Sendable {
    public let report: Report
    public let phoneMask: String?
    public let label: String?
    public let supplements: [Supplement]
    public let ratings: [Rating]
    public let objections: [Objection]
    public let steps: [Step]
    public let evidence: [Evidence]
    public let names: Names
    public let verbs: Set<CaseVerb>
    /// By when the centre has to decide.
    public let limit: LimitView?
}

/// What the sender of a report sees: where it stands, in plain words, without personal data.
public struct PublicStory: Sendable {
    public let trackingCode: TrackingCode
    public let receivedAt: Instant
    public let area: AreaID
    public let state: ReportState
    public let number: CaseNumber?
    public let matter: MatterReference?
    public let phase: CasePhase?
    /// What was promised; `nil` before filing and while the clock stands still.
    public let dueAt: Instant?
    public let clock: CaseClock
    public let leadName: LocalizedName?
    public let answer: String?
    public let outcome: Outcome?
    public let refusal: RefusalReason?
    public let refusalNote: String?
    public let milestones: [Milestone]
    public let photos: [StoryPhoto]
    /// What its sender can say now, and has said.
    public let voice: StoryVoice
    /// Who opened the sender's words or number, newest first.
    public var disclosures: [ToldDisclosure] = []

    /// That somebody opened personal data, without the name of a person.
    public struct ToldDisclosure: Sendable {
        public let at: Instant
        public let organisation: LocalizedName?
        public let role: String?
        public let field: DisclosedField
        public let purpose: DisclosurePurpose
        public let reason: String?
    }

    /// One line of the story, newest first.
    public struct Milestone: Sendable {
        public let at: Instant
        public let kind: SubjectKind
        public let action: String
        public let organisation: LocalizedName?
        public let publicNote: String?
    }
}
