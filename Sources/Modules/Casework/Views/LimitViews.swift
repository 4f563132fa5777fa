public import Domain
import Storage

/// Which of the cases in a list, by their ends.
public enum DueFilter: String, Code {
    /// The end has passed.
    case late
    /// Ends before the day is over.
    case today

    public static let family = "casework.due"

    /// The ends that belong to it: from, not included, to, included.
    func range(at now: Instant, zone: ZoneOffset) -> (after: Instant, until: Instant) {
        let midnight = LocalDay(of: now, at: zone).advanced(by: 1).start(at: zone)
        switch self {
        case .late: return (Instant(milliseconds: .min), now)
        case .today: return (now, midnight)
        }
    }
}

/// How many cases of a list are late, and how many end today. Counted up to a thousand.
public struct DueCounts: Hashable, Sendable {
    public static let most = 1000

    public let late: Int
    public let today: Int

    public subscript(filter: DueFilter) -> Int {
        switch filter {
        case .late: late
        case .today: today
        }
    }
}

/// A limit as people read it: with what is left of it, in its own unit.
public struct LimitView: Sendable {
    public let limit: Limit
    /// What is left, or by how much it is over; while the clock stands still, what was left then.
    public let left: UnitTime
    public let isOver: Bool

    init(_ limit: Limit, at now: Instant, calendar: WorkCalendar) {
        self.limit = limit
        let moment = limit.pausedAt ?? limit.finishedAt ?? now
        isOver = limit.dueAt <= moment
        left =
            isOver
            ? calendar.elapsed(from: limit.dueAt, to: moment, in: limit.unit).value
            : calendar.elapsed(from: moment, to: limit.dueAt, in: limit.unit).value
    }
}

extension Casework {
    /// The limits of a case as people read them, the nearest end first.
    func limitViews(_ limits: [Limit], _ tx: ReadTransaction) throws -> [LimitView] {
        guard !limits.isEmpty else { return [] }
        let timetable = try timetable(for: Set(limits.compactMap(\.organisation)), tx)
        let now = world.now()
        return limits.sorted { ($0.dueAt, $0.id) < ($1.dueAt, $1.id) }.map {
            LimitView($0, at: now, calendar: timetable.calendar(of: $0.organisation))
        }
    }

    /// By when the centre has to decide about these reports; costs three or four statements for any number of them.
    func acceptLimits(_ reports: [Report], _ tx: ReadTransaction) throws -> [ReportID: LimitView] {
        guard !reports.isEmpty else { return [:] }
        let calendar = try timetable(tx).calendar(of: nil)
        let amount = try limitPlan(for: nil, tx).amounts[.accept]
        let kept = try LimitStore.latest(of: reports.map { .report($0.id) }, tx)
        let now = world.now()
        return reports.reduce(into: [:]) { found, report in
            let derived = amount.map { amount in
                Limit.beginning(
                    LimitOrder(stage: .accept, subject: .report(report.id), caseID: nil), term: .amount(amount),
                    generation: 1, id: LimitID(report.id.uuid), at: report.id.madeAt, calendar: calendar)
            }
            guard let limit = kept[.report(report.id)] ?? derived else { return }
            found[report.id] = LimitView(limit, at: now, calendar: calendar)
        }
    }

    /// How many cases of the scope are late or end today.
    public func dueCounts(in scope: Scope, by actor: Actor) async throws -> DueCounts {
        try actor.require(CaseworkPermission.readCase, in: scope)
        let now = world.now()
        let zone = world.zone
        return try await database.read { tx in
            try QueueStore.dueCounts(
                in: scope, late: DueFilter.late.range(at: now, zone: zone),
                today: DueFilter.today.range(at: now, zone: zone), tx)
        }
    }
}
