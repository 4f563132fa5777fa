public import Domain

/// What a new limit is about.
public struct LimitOrder: Hashable, Sendable {
    public var stage: LimitStage
    public var subject: Subject
    public var caseID: CaseID?
    public var organisation: OrganisationID?

    public init(stage: LimitStage, subject: Subject, caseID: CaseID?, organisation: OrganisationID? = nil) {
        self.stage = stage
        self.subject = subject
        self.caseID = caseID
        self.organisation = organisation
    }
}

/// How long a limit runs: an amount of the catalogue, or a date that a person has set.
public enum LimitTerm: Hashable, Sendable {
    case amount(LimitAmount)
    case until(Instant)
}

/// The share of its time, in percent, that is left when a limit warns.
public enum LimitWarning {
    public static let share = 20
}

extension Limit {
    /// Begins to run.
    /// - Parameter latest: what it may not end after, where the end is computed: the promise of the whole case. An end
    ///   that has passed binds nobody.
    public static func beginning(
        _ order: LimitOrder, term: LimitTerm, notAfter latest: Instant? = nil, generation: Int, id: LimitID,
        at start: Instant, calendar: WorkCalendar
    ) -> Limit {
        var limit = Limit(
            id: id, stage: order.stage, subject: order.subject, caseID: order.caseID, organisation: order.organisation,
            beganAt: start, amount: nil, setDue: nil, dueAt: start, warnAt: start, tableVersion: calendar.table.version,
            isProvisional: false, generation: generation, pauses: [], pausedAt: nil, warnedAt: nil, missedAt: nil,
            finishedAt: nil, cancelledAt: nil, standing: nil, version: 0)
        switch term {
        case .amount(let amount): limit.amount = amount
        case .until(let date): limit.setDue = date
        }
        limit.reckon(by: calendar)
        if let latest, latest > start, limit.dueAt > latest {
            limit.amount = nil
            limit.setDue = latest
            limit.reckon(by: calendar)
        }
        return limit
    }

    /// Computes the end from the beginning, the amount or date, and the pauses that are over.
    mutating func reckon(by calendar: WorkCalendar) {
        var end =
            amount.map { calendar.adding($0, to: beganAt) } ?? Reckoned(setDue ?? beganAt, isProvisional: false)
        for pause in pauses {
            let moved = calendar.resuming(due: end.value, unit: unit, pause: pause.from, resumption: pause.to)
            end = Reckoned(moved.value, isProvisional: end.isProvisional || moved.isProvisional)
        }
        dueAt = end.value
        isProvisional = end.isProvisional
        tableVersion = calendar.table.version
        // Pauses lie between beginning and end: what is left after the last one is what can be warned about.
        warnAt = calendar.moment(
            leaving: LimitWarning.share, between: min(pauses.last?.to ?? beganAt, dueAt), and: dueAt, in: unit)
    }

    // MARK: Done, or no longer asked for

    func finished(at moment: Instant, calendar: WorkCalendar) -> Limit {
        var limit = running(at: moment, calendar: calendar)
        limit.finishedAt = moment
        return limit
    }

    func cancelled(at moment: Instant, calendar: WorkCalendar) -> Limit {
        var limit = running(at: moment, calendar: calendar)
        limit.cancelledAt = moment
        return limit
    }

    /// An end during a pause ends the pause.
    private func running(at moment: Instant, calendar: WorkCalendar) -> Limit {
        guard let pausedAt else { return self }
        var limit = self
        limit.pausedAt = nil
        limit.pauses.append(ClosedPause(from: pausedAt, to: moment))
        limit.reckon(by: calendar)
        return limit
    }

    // MARK: Pauses

    /// The clock stands still; nothing happens when it does already, or when the limit was over before.
    func paused(at moment: Instant) -> Limit {
        guard isRunning, dueAt > moment else { return self }
        var limit = self
        limit.pausedAt = moment
        return limit
    }

    /// The clock runs again, with what was left.
    func resumed(by act: Act, calendar: WorkCalendar) throws(RuleViolations) -> (limit: Limit, step: Step?) {
        guard isOpen, let from = pausedAt else { return (self, nil) }
        var limit = self
        limit.pausedAt = nil
        limit.pauses.append(ClosedPause(from: from, to: act.at))
        return try limit.moved(because: .pause, from: self, by: act, calendar: calendar)
    }

    // MARK: Another end

    /// The end that somebody has granted.
    func extended(
        to date: Instant, by act: Act, calendar: WorkCalendar
    ) throws(RuleViolations) -> (
        limit: Limit, step: Step?
    ) {
        var limit = self
        limit.amount = nil
        limit.setDue = date
        limit.pauses = []
        return try limit.moved(because: .extended, from: self, by: act, calendar: calendar)
    }

    /// Computed again: with a new table of holidays, or another amount.
    ///
    /// An end that would lie in the past stays where it was: nobody misses a limit because of a table.
    func recalculated(
        _ reason: LimitMove, amount: LimitAmount? = nil, by act: Act, calendar: WorkCalendar
    ) throws(RuleViolations) -> (limit: Limit, step: Step?) {
        var limit = self
        if let amount { limit.amount = amount }
        var trial = limit
        trial.reckon(by: calendar)
        guard trial.dueAt > act.at else {
            limit = self
            limit.tableVersion = calendar.table.version
            limit.isProvisional = trial.isProvisional
            return (limit, nil)
        }
        return try limit.moved(because: reason, from: self, by: act, calendar: calendar)
    }

    private func moved(
        because reason: LimitMove, from old: Limit, by act: Act, calendar: WorkCalendar
    ) throws(RuleViolations) -> (limit: Limit, step: Step?) {
        var limit = self
        limit.reckon(by: calendar)
        guard limit.dueAt != old.dueAt else { return (limit, nil) }
        limit.generation += 1
        // What was warned about is no longer so; a limit that was missed stays missed.
        guard missedAt == nil else { return (limit, nil) }
        limit.warnedAt = nil
        let step = try limit.noted(.move, at: act.at, reason: reason.rawValue, by: act)
        return (limit, step)
    }

    // MARK: Supervision

    /// What the clock says at this moment: a warning, then the miss; each once, each with the time at which it became
    /// true, also when nobody looked.
    func watched(by act: Act) throws(RuleViolations) -> (limit: Limit, steps: [Step]) {
        guard isRunning else { return (self, []) }
        var limit = self
        var steps: [Step] = []
        if warnedAt == nil, missedAt == nil, warnAt <= act.at, warnAt < dueAt {
            limit.warnedAt = warnAt
            steps.append(try limit.noted(.warn, at: warnAt, reason: nil, by: act))
        }
        if missedAt == nil, dueAt <= act.at {
            limit.missedAt = dueAt
            steps.append(try limit.noted(.miss, at: dueAt, reason: nil, by: act))
        }
        return (limit, steps)
    }

    /// When the timer has to look next; `nil` when there is nothing more to see.
    var nextLook: Instant? {
        guard isRunning, missedAt == nil else { return nil }
        return warnedAt == nil && warnAt < dueAt ? warnAt : dueAt
    }

    private mutating func noted(
        _ action: LimitAction, at moment: Instant, reason: String?, by act: Act
    ) throws(RuleViolations) -> Step {
        let from = standing
        let machine = LimitStanding.machine
        let next = try only { () throws(RuleViolation) in
            if let from { try machine.applying(action, to: from) } else { try machine.beginning(with: action) }
        }
        standing = next
        version += 1
        return Step(
            id: act.id(), subject: .limit(id), caseID: caseID, version: version, at: moment, account: act.account,
            organisation: act.organisation, action: action.rawValue, from: from?.rawValue, to: next.rawValue,
            detail: StepDetail(note: nil, reason: reason ?? stage.rawValue, dueAt: dueAt, target: organisation))
    }
}
