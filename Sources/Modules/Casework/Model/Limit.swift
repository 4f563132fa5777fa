public import Domain

public typealias LimitID = ID<Limit>

/// What a limit is about.
public enum LimitStage: String, Code {
    /// The centre decides about a report (受理).
    case accept
    /// The centre files a case or does not (立案).
    case filing
    /// The organisation takes its task (签收).
    case sign
    /// The organisation answers (处置).
    case handle
    /// The whole case: what the reporter was promised (办结).
    case whole

    public static let family = "casework.limit.stage"
}

extension LimitUnit: Code {
    public static let family = "casework.limit.unit"
}

/// The class of a matter: each is appraised by its own ruler.
public enum MatterClass: String, Code {
    /// 审批.
    case approval
    /// 执法.
    case enforcement
    /// 服务.
    case service
    /// 化解.
    case mediation
    /// 设施.
    case facility

    public static let family = "casework.matter-class"
}

/// What supervision has noted about a limit. A limit without a note has no steps.
public enum LimitStanding: String, Code {
    /// Its end was moved, and nothing is wrong.
    case running
    /// The warning share was reached before it was done.
    case warned
    /// It was not done in time.
    case missed

    public static let family = "casework.limit.standing"
}

/// What happens to a limit.
public enum LimitAction: String, Code {
    /// The warning share is reached.
    case warn
    /// The end has passed.
    case miss
    /// The end is another one: a pause, more time, another matter, a new table of holidays.
    case move

    public static let family = "casework.limit.action"
}

/// Why the end of a limit was moved.
public enum LimitMove: String, Code {
    /// The clock stood still.
    case pause
    /// More time was granted.
    case extended = "extension"
    /// A new table of holidays.
    case holidays
    /// The matter turned out to be another one.
    case matter

    public static let family = "casework.limit.moved"
}

/// One running clock: what must be done by when, since when it runs, what became of it.
///
/// The end is a pure function of the beginning, the amount (or the date that a person has set) and the pauses, so that
/// it can be computed again with another table of holidays.
public struct Limit: Hashable, Sendable, Identifiable {
    public let id: LimitID
    public let stage: LimitStage
    /// The report, case or task.
    public let subject: Subject
    /// `nil` while a report has no case.
    public internal(set) var caseID: CaseID?
    /// Who must act, by whose office hours it is counted; `nil` for the centre, which has the usual hours.
    public let organisation: OrganisationID?
    public let beganAt: Instant

    /// `nil` when a person has set the date.
    public internal(set) var amount: LimitAmount?
    /// The date that a person has set.
    public internal(set) var setDue: Instant?
    public internal(set) var dueAt: Instant
    /// When the warning share is all that is left.
    public internal(set) var warnAt: Instant
    /// The table of holidays that it was computed with.
    public internal(set) var tableVersion: String
    /// Whether the computation looked past the table's coverage.
    public internal(set) var isProvisional: Bool
    /// Counts the ends that the stage of this subject has had; a timer of an earlier one does not fire.
    public internal(set) var generation: Int
    public internal(set) var pauses: [ClosedPause]
    /// Since when the clock stands still.
    public internal(set) var pausedAt: Instant?
    public internal(set) var warnedAt: Instant?
    public internal(set) var missedAt: Instant?
    public internal(set) var finishedAt: Instant?
    /// Replaced by a later one, or no longer asked for.
    public internal(set) var cancelledAt: Instant?
    /// `nil` while there is nothing to note.
    public internal(set) var standing: LimitStanding?
    /// The number of steps.
    public internal(set) var version: Int

    /// A pause that is over.
    public struct ClosedPause: Hashable, Sendable {
        public let from: Instant
        public let to: Instant

        public init(from: Instant, to: Instant) {
            self.from = from
            self.to = to
        }
    }

    /// Rebuilds a limit that the store kept.
    public init(
        id: LimitID, stage: LimitStage, subject: Subject, caseID: CaseID?, organisation: OrganisationID?,
        beganAt: Instant, amount: LimitAmount?, setDue: Instant?, dueAt: Instant, warnAt: Instant, tableVersion: String,
        isProvisional: Bool, generation: Int, pauses: [ClosedPause], pausedAt: Instant?, warnedAt: Instant?,
        missedAt: Instant?, finishedAt: Instant?, cancelledAt: Instant?, standing: LimitStanding?, version: Int
    ) {
        self.id = id
        self.stage = stage
        self.subject = subject
        self.caseID = caseID
        self.organisation = organisation
        self.beganAt = beganAt
        self.amount = amount
        self.setDue = setDue
        self.dueAt = dueAt
        self.warnAt = warnAt
        self.tableVersion = tableVersion
        self.isProvisional = isProvisional
        self.generation = generation
        self.pauses = pauses
        self.pausedAt = pausedAt
        self.warnedAt = warnedAt
        self.missedAt = missedAt
        self.finishedAt = finishedAt
        self.cancelledAt = cancelledAt
        self.standing = standing
        self.version = version
    }

    /// What it is counted in; a date that a person has set moves by whole days.
    public var unit: LimitUnit { amount?.unit ?? .calendarDay }

    /// Whether somebody still has to act.
    public var isOpen: Bool { finishedAt == nil && cancelledAt == nil }

    /// Whether its timer runs.
    public var isRunning: Bool { isOpen && pausedAt == nil }
}
