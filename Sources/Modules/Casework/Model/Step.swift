public import Domain

/// What a step is about.
public enum SubjectKind: String, Code {
    case report
    case caseFile = "case"
    case task
    case overlay
    case limit

    public static let family = "casework.subject"
}

/// What a step happened to.
public enum Subject: Hashable, Sendable {
    case report(ReportID)
    case caseFile(CaseID)
    case task(TaskID)
    case overlay(OverlayID)
    case limit(LimitID)

    public init(kind: SubjectKind, id: UUIDValue) {
        switch kind {
        case .report: self = .report(ReportID(id))
        case .caseFile: self = .caseFile(CaseID(id))
        case .task: self = .task(TaskID(id))
        case .overlay: self = .overlay(OverlayID(id))
        case .limit: self = .limit(LimitID(id))
        }
    }

    public var kind: SubjectKind {
        switch self {
        case .report: .report
        case .caseFile: .caseFile
        case .task: .task
        case .overlay: .overlay
        case .limit: .limit
        }
    }

    public var id: UUIDValue {
        switch self {
        case .report(let id): id.uuid
        case .caseFile(let id): id.uuid
        case .task(let id): id.uuid
        case .overlay(let id): id.uuid
        case .limit(let id): id.uuid
        }
    }
}

/// One entry of the append-only history (流转记录).
///
/// The state of a report, case, task or overlay is the fold of its steps: see ``StateMachine/fold(_:)``.
public struct Step: Hashable, Sendable, Identifiable {
    public let id: StepID
    public let subject: Subject
    /// The case whose history shows the step; `nil` while a report has none.
    public let caseID: CaseID?
    /// The subject's version after the step; 1 for its first.
    public let version: Int
    public let at: Instant
    /// `nil` for a resident who has not signed in, or for the system.
    public let account: AccountID?
    /// The organisation acted for; `nil` for residents and the system.
    public let organisation: OrganisationID?
    /// The raw value of the subject's action.
    public let action: String
    /// The raw value of the state before; `nil` for the first step.
    public let from: String?
    /// The raw value of the state after.
    public let to: String
    /// What else is worth keeping.
    public internal(set) var detail: StepDetail

    public init(
        id: StepID, subject: Subject, caseID: CaseID?, version: Int, at: Instant, account: AccountID?,
        organisation: OrganisationID?, action: String, from: String?, to: String, detail: StepDetail
    ) {
        self.id = id
        self.subject = subject
        self.caseID = caseID
        self.version = version
        self.at = at
        self.account = account
        self.organisation = organisation
        self.action = action
        self.from = from
        self.to = to
        self.detail = detail
    }

    /// The catalogue key of the action's name.
    public var actionKey: String {
        switch subject.kind {
        case .report: "\(ReportAction.family).\(action)"
        case .caseFile: "\(CaseAction.family).\(action)"
        case .task: "\(TaskAction.family).\(action)"
        case .overlay: "\(OverlayAction.family).\(action)"
        case .limit: "\(LimitAction.family).\(action)"
        }
    }
}

/// The part of a step that not every step has. All texts are redacted.
public struct StepDetail: Hashable, Sendable {
    /// For staff.
    public var note: String?
    /// For everybody; no personal data.
    public var publicNote: String?
    /// The raw value of a reason, verdict, outcome or verification.
    public var reason: String?
    public var ground: Ground?
    public var groundReference: String?
    /// The new limit, where the step sets or moves one.
    public var dueAt: Instant?
    /// The organisation that it was given to or taken from.
    public var target: OrganisationID?
    /// What a correction changed.
    public var changes: [FieldChange]

    public init(
        note: String? = nil, publicNote: String? = nil, reason: String? = nil, ground: Ground? = nil,
        groundReference: String? = nil, dueAt: Instant? = nil, target: OrganisationID? = nil,
        changes: [FieldChange] = []
    ) {
        self.note = note
        self.publicNote = publicNote
        self.reason = reason
        self.ground = ground
        self.groundReference = groundReference
        self.dueAt = dueAt
        self.target = target
        self.changes = changes
    }
}
