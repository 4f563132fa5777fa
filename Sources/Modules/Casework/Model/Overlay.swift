public import Domain

/// Something that lies over a report, case or task and pauses or moves its limits; never a state.
public enum OverlayKind: String, Code {
    /// Postponed with approval (挂账).
    case parked
    /// More time, approved (延期).
    case extended = "extension"
    /// Whose it is, is not agreed (争议).
    case dispute
    /// The reporter was asked for something (待补充).
    case waiting
    /// A joint meeting of organisations (协商).
    case meeting

    public static let family = "casework.overlay"

    /// Whether somebody else has to grant it before it holds.
    public var needsApproval: Bool {
        switch self {
        case .parked, .extended: true
        case .dispute, .waiting, .meeting: false
        }
    }

    /// Whether the clock of the subject stands still while it holds.
    public var pausesClock: Bool {
        switch self {
        case .parked, .dispute, .waiting: true
        case .extended, .meeting: false
        }
    }

    /// What it may lie over.
    public var subjects: Set<SubjectKind> {
        switch self {
        case .parked: [.caseFile, .task]
        case .extended, .dispute: [.task]
        case .waiting: [.report, .caseFile]
        case .meeting: [.caseFile]
        }
    }
}

/// Where an overlay stands.
public enum OverlayState: String, Code {
    /// Asked for; nobody has decided.
    case requested
    /// Holds now.
    case running
    /// Not granted.
    case declined
    /// Taken back before it held.
    case cancelled
    /// Over.
    case ended

    public static let family = "casework.overlay.state"
}

/// What can be done to an overlay.
public enum OverlayAction: String, Code {
    /// Ask for it.
    case request
    /// Begin without asking.
    case begin
    case grant
    case decline
    /// Take the request back.
    case cancel
    /// It is over.
    case end
    /// Its time is over.
    case lapse

    public static let family = "casework.overlay.action"
}

/// One overlay with its request, ground, approver and end.
public struct Overlay: Hashable, Sendable, Identifiable {
    public let id: OverlayID
    public let kind: OverlayKind
    public let subject: Subject
    /// The case whose history shows it; `nil` over a report that has none.
    public let caseID: CaseID?
    /// Why.
    public let reason: String
    public let requestedAt: Instant
    public let requestedBy: AccountID?
    /// The organisation that it was asked for.
    public let requestedFor: OrganisationID?

    public internal(set) var state: OverlayState
    /// Who granted it; differs from who asked.
    public internal(set) var grantedBy: AccountID?
    /// Since when it has held.
    public internal(set) var beganAt: Instant?
    /// Until when it may hold at most; for an extension the new limit.
    public internal(set) var until: Instant?
    public internal(set) var endedAt: Instant?
    public internal(set) var version: Int

    /// Rebuilds an overlay that the store kept.
    public init(
        id: OverlayID, kind: OverlayKind, subject: Subject, caseID: CaseID?, reason: String, requestedAt: Instant,
        requestedBy: AccountID?, requestedFor: OrganisationID?, state: OverlayState, grantedBy: AccountID?,
        beganAt: Instant?, until: Instant?,
        endedAt: Instant?, version: Int
    ) {
        self.id = id
        self.kind = kind
        self.subject = subject
        self.caseID = caseID
        self.reason = reason
        self.requestedAt = requestedAt
        self.requestedBy = requestedBy
        self.requestedFor = requestedFor
        self.state = state
        self.grantedBy = grantedBy
        self.beganAt = beganAt
        self.until = until
        self.endedAt = endedAt
        self.version = version
    }
}
