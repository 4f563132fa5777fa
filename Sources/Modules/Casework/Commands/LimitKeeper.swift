import Domain
import Storage

/// Keeps the limits of one case in step with its history, inside the transaction of a verb.
struct LimitKeeper {
    private(set) var caseFile: Case
    private(set) var tasks: [CaseTask]
    /// What supervision has to note: for the history.
    private(set) var steps: [Step] = []
    private let act: Act
    private let casework: Casework
    private let tx: WriteTransaction
    private let timetable: Timetable
    private var limits: [Limit]
    private var before: [LimitID: Limit]
    private var plan: LimitPlan?

    /// - Parameter isNew: a case that has no limits yet.
    init(
        _ caseFile: Case, tasks: [CaseTask], isNew: Bool = false, by act: Act, in casework: Casework,
        _ tx: WriteTransaction
    ) throws {
        self.caseFile = caseFile
        self.tasks = tasks
        self.act = act
        self.casework = casework
        self.tx = tx
        timetable = try casework.timetable(for: Set(tasks.map(\.organisation)), tx)
        limits = isNew ? [] : try LimitStore.all(of: caseFile.id, tx)
        before = Dictionary(uniqueKeysWithValues: limits.map { ($0.id, $0) })
    }

    // MARK: Following the history

    /// Does what the steps of a verb ask for, and tells the steps the ends that it has found.
    mutating func follow(_ told: [Step]) throws -> [Step] {
        var told = told
        for index in told.indices {
            for effect in LimitEffect.effects(of: told[index]) { try apply(effect, told[index]) }
            switch (told[index].subject, told[index].action) {
            case (.caseFile, CaseAction.file.rawValue): told[index].detail.dueAt = caseFile.dueAt
            case (.task(let id), TaskAction.offer.rawValue):
                told[index].detail.dueAt = tasks.first { $0.id == id }?.dueAt
            default: break
            }
        }
        return told
    }

    private mutating func apply(_ effect: LimitEffect, _ step: Step) throws {
        switch effect {
        case .begin(let stage, let subject): try begin(stage, subject, isFirst: Self.isFirst(step))
        case .finish(let stage, let subject): try change(stage, subject) { $0.finished(at: $1, calendar: $2) }
        case .pause(let stage, let subject): try pause(stage, subject)
        case .resume(let stage, let subject): if !isHeld { try resume(stage, subject) }
        case .again(let stage, let subject): try again(stage, subject)
        case .cancel(let subject):
            for limit in limits where limit.subject == subject { try cancel(limit) }
        case .cancelAll:
            for limit in limits { try cancel(limit) }
        case .recalculate: try recalculate()
        }
    }

    /// Whether a date that stands in the case or task was set by a person with this step.
    private static func isFirst(_ step: Step) -> Bool {
        step.action == CaseAction.file.rawValue || step.action == TaskAction.offer.rawValue
    }

    private mutating func begin(_ stage: LimitStage, _ subject: Subject, isFirst: Bool) throws {
        if let old = current(stage, subject) { try cancel(old) }
        let set: Instant? =
            switch stage {
            case .whole where isFirst: caseFile.dueAt
            case .handle where isFirst: task(subject)?.dueAt
            default: nil
            }
        let amount = try planned().amounts[stage]
        guard let term = set.map(LimitTerm.until) ?? amount.map(LimitTerm.amount) else { return }
        let organisation = task(subject)?.organisation
        let limit = Limit.beginning(
            LimitOrder(stage: stage, subject: subject, caseID: caseFile.id, organisation: organisation), term: term,
            notAfter: stage == .handle ? caseFile.dueAt : nil,
            generation: (current(stage, subject)?.generation ?? 0) + 1, id: act.id(), at: act.at,
            calendar: timetable.calendar(of: organisation))
        let begun = isHeld && stage != .whole ? limit.paused(at: act.at) : limit
        limits.append(begun)
        showDue(of: begun)
    }

    private mutating func again(_ stage: LimitStage, _ subject: Subject) throws {
        guard let old = current(stage, subject), let doneAt = old.finishedAt, old.missedAt == nil else {
            return try begin(stage, subject, isFirst: false)
        }
        let limit = old.taken(upAgainAfter: doneAt, id: act.id(), at: act.at, calendar: calendar(of: old))
        limits.append(limit)
        showDue(of: limit)
    }

    mutating func pause(_ stage: LimitStage, _ subject: Subject) throws {
        try change(stage, subject) { limit, moment, _ in limit.paused(at: moment) }
    }

    mutating func resume(_ stage: LimitStage, _ subject: Subject) throws {
        guard let old = current(stage, subject), old.isOpen else { return }
        try put(try old.resumed(by: act, calendar: calendar(of: old)))
    }

    mutating func extend(_ stage: LimitStage, _ subject: Subject, to date: Instant) throws {
        guard let old = try watched(stage, subject), old.isOpen else { return }
        if old.missedAt == nil {
            try put(try old.extended(to: date, by: act, calendar: calendar(of: old)))
        } else {
            // What was missed stays missed; the new time is a new limit.
            try cancel(old)
            let limit = Limit.beginning(
                LimitOrder(stage: stage, subject: subject, caseID: caseFile.id, organisation: old.organisation),
                term: .until(date), generation: old.generation + 1, id: act.id(), at: act.at,
                calendar: calendar(of: old))
            limits.append(limit)
            showDue(of: limit)
        }
    }

    /// The whole case waits: every clock stands still, also those that begin meanwhile.
    mutating func hold() throws {
        for limit in limits where limit.isRunning { try pause(limit.stage, limit.subject) }
    }

    /// The case goes on. A task that waits for a ruling goes on waiting.
    mutating func release() throws {
        let refused = Set(tasks.filter { $0.state == .refused }.map { Subject.task($0.id) })
        for limit in limits where limit.isOpen && limit.pausedAt != nil && !refused.contains(limit.subject) {
            try resume(limit.stage, limit.subject)
        }
    }

    private var isHeld: Bool {
        limits.contains { $0.stage == .whole && $0.isOpen && $0.pausedAt != nil }
    }

    private mutating func recalculate() throws {
        let amounts = try planned().amounts
        for old in limits where old.isRunning && old.missedAt == nil {
            guard let amount = old.amount, let new = amounts[old.stage], new != amount else { continue }
            try put(try old.recalculated(.matter, amount: new, by: act, calendar: calendar(of: old)))
        }
    }

    /// Computes one limit again with the table that holds now.
    mutating func recalculate(_ id: LimitID) throws {
        guard let old = limits.first(where: { $0.id == id }), old.isRunning, old.isProvisional, old.missedAt == nil
        else { return }
        try put(try old.recalculated(.holidays, by: act, calendar: calendar(of: old)))
    }

    /// Notes what the clock of one limit says now.
    mutating func watch(_ id: LimitID) throws {
        guard let old = limits.first(where: { $0.id == id }) else { return }
        let seen = try old.watched(by: act)
        steps += seen.steps
        replace(seen.limit)
    }

    // MARK: One limit

    private func current(_ stage: LimitStage, _ subject: Subject) -> Limit? {
        limits.last { $0.stage == stage && $0.subject == subject }
    }

    /// What was warned about or missed before this verb is noted before the verb ends the limit.
    private mutating func watched(_ stage: LimitStage, _ subject: Subject) throws -> Limit? {
        guard let limit = current(stage, subject) else { return nil }
        try watch(limit.id)
        return current(stage, subject)
    }

    private mutating func change(
        _ stage: LimitStage, _ subject: Subject, _ body: (Limit, Instant, WorkCalendar) -> Limit
    ) throws {
        guard let limit = try watched(stage, subject), limit.isOpen else { return }
        let changed = body(limit, act.at, calendar(of: limit))
        replace(changed)
        showDue(of: changed)
    }

    private mutating func cancel(_ limit: Limit) throws {
        guard limit.isOpen else { return }
        try watch(limit.id)
        guard let seen = limits.first(where: { $0.id == limit.id }) else { return }
        replace(seen.cancelled(at: act.at, calendar: calendar(of: seen)))
    }

    private mutating func put(_ change: (limit: Limit, step: Step?)) throws {
        replace(change.limit)
        if let step = change.step { steps.append(step) }
        showDue(of: change.limit)
    }

    private mutating func replace(_ limit: Limit) {
        guard let index = limits.firstIndex(where: { $0.id == limit.id }) else { return }
        limits[index] = limit
    }

    /// Lists are ordered by the ends that the case and its tasks carry. While a clock stands still nobody knows the end.
    private mutating func showDue(of limit: Limit) {
        guard limit.isOpen else { return }
        let due = limit.pausedAt == nil ? limit.dueAt : nil
        switch (limit.stage, limit.subject) {
        case (.whole, _): caseFile.dueAt = due
        case (.handle, .task(let id)):
            guard let index = tasks.firstIndex(where: { $0.id == id }) else { return }
            tasks[index].dueAt = due
        default: return
        }
    }

    private func task(_ subject: Subject) -> CaseTask? {
        guard case .task(let id) = subject else { return nil }
        return tasks.first { $0.id == id }
    }

    private func calendar(of limit: Limit) -> WorkCalendar { timetable.calendar(of: limit.organisation) }

    private mutating func planned() throws -> LimitPlan {
        if let plan { return plan }
        let found = try casework.limitPlan(for: caseFile.matter, tx)
        plan = found
        return found
    }

    // MARK: Writing

    /// Writes what changed, with the timers.
    func save() throws {
        for limit in limits {
            let old = before[limit.id]
            if old == limit { continue }
            if old == nil { try LimitStore.insert(limit, tx) } else { try LimitStore.update(limit, tx) }
            try LimitTimer.plan(limit, insteadOf: old, tx)
        }
    }
}

extension Limit {
    /// A limit that was done in time, when what was done did not hold: what was left then is left now.
    func taken(upAgainAfter doneAt: Instant, id: LimitID, at moment: Instant, calendar: WorkCalendar) -> Limit {
        var limit = Limit(
            id: id, stage: stage, subject: subject, caseID: caseID, organisation: organisation, beganAt: beganAt,
            amount: amount, setDue: setDue, dueAt: dueAt, warnAt: warnAt, tableVersion: tableVersion,
            isProvisional: isProvisional, generation: generation + 1,
            pauses: pauses + [ClosedPause(from: doneAt, to: moment)], pausedAt: nil, warnedAt: nil, missedAt: nil,
            finishedAt: nil, cancelledAt: nil, standing: nil, version: 0)
        limit.reckon(by: calendar)
        return limit
    }
}
