public import Domain
import Storage

/// Asks for more time for a task: 延期. The organisation that handles it asks, the centre decides.
public struct AskExtension: Sendable {
    public var task: TaskID
    public var until: Instant
    public var reason: String

    public init(task: TaskID, until: Instant, reason: String) {
        self.task = task
        self.until = until
        self.reason = reason
    }

    /// - Throws: `task.unknown`, `forbidden`, and the violations of ``Overlay/extending(_:_:beside:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let (folder, task) = try CaseFolder.locking(
                taskID: task, CaseworkPermission.askExtension, by: actor, in: casework, tx)
            let others = try OverlayStore.all(of: task.caseID, tx)
            let change = try Overlay.extending(
                task, OverlayRequest(kind: .extended, until: until, reason: reason), beside: others, by: act)
            try OverlayStore.insert(change.value, tx)
            try folder.save(steps: [change.step], in: casework, tx)
            return task.caseID
        }
    }
}

/// Decides about the time that was asked for.
public struct DecideExtension: Sendable {
    public var task: TaskID
    public var verdict: OverlayVerdict
    public var note: String?

    public init(task: TaskID, verdict: OverlayVerdict, note: String? = nil) {
        self.task = task
        self.verdict = verdict
        self.note = note
    }

    /// - Throws: `task.unknown`, `forbidden`, the conflict `overlay.none`, and the violations of
    ///   ``Overlay/deciding(_:note:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let (folder, task) = try CaseFolder.locking(
                taskID: task, CaseworkPermission.decideExtension, by: actor, in: casework, tx)
            let asked = try OverlayStore.requested(.extended, over: .task(task.id), of: task.caseID, tx)
            var change = try asked.deciding(verdict, note: note, by: act)
            var steps = [change.step]
            var keeper = try LimitKeeper(folder.caseFile, tasks: folder.tasks, by: act, in: casework, tx)
            if verdict == .grant, let until = change.value.until {
                try keeper.extend(.handle, .task(task.id), to: until)
                // The promise of the case cannot lie before the end of one of its tasks.
                if let promised = folder.caseFile.dueAt, promised < until {
                    try keeper.extend(.whole, .caseFile(task.caseID), to: until)
                }
                // More time is given in one moment: nothing of it is left to end.
                change = try change.value.ending(note: nil, by: act)
                steps.append(change.step)
            }
            try OverlayStore.update(change.value, tx)
            try keeper.save()
            try folder.save(keeper, steps: steps + keeper.steps, in: casework, tx)
            return task.caseID
        }
    }
}

/// Asks that a whole case waits: 挂账.
public struct AskParking: Sendable {
    public var caseID: CaseID
    public var until: Instant
    public var reason: String

    public init(caseID: CaseID, until: Instant, reason: String) {
        self.caseID = caseID
        self.until = until
        self.reason = reason
    }

    /// - Throws: `case.unknown`, `forbidden`, and the violations of ``Overlay/parking(_:_:beside:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let folder = try CaseFolder.locking(caseID, CaseworkPermission.askParking, by: actor, in: casework, tx)
            let change = try Overlay.parking(
                folder.caseFile, OverlayRequest(kind: .parked, until: until, reason: reason),
                beside: try OverlayStore.all(of: caseID, tx), by: act)
            try OverlayStore.insert(change.value, tx)
            try folder.save(steps: [change.step], in: casework, tx)
            return caseID
        }
    }
}

/// Decides whether a case waits. While it does, all its clocks stand still.
public struct DecideParking: Sendable {
    public var caseID: CaseID
    public var verdict: OverlayVerdict
    public var note: String?

    public init(caseID: CaseID, verdict: OverlayVerdict, note: String? = nil) {
        self.caseID = caseID
        self.verdict = verdict
        self.note = note
    }

    /// - Throws: `case.unknown`, `forbidden`, the conflict `overlay.none`, and the violations of
    ///   ``Overlay/deciding(_:note:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let folder = try CaseFolder.locking(caseID, CaseworkPermission.decideParking, by: actor, in: casework, tx)
            let asked = try OverlayStore.requested(.parked, over: .caseFile(caseID), of: caseID, tx)
            let change = try asked.deciding(verdict, note: note, by: act)
            try OverlayStore.update(change.value, tx)
            var keeper = try LimitKeeper(folder.caseFile, tasks: folder.tasks, by: act, in: casework, tx)
            if verdict == .grant, let until = change.value.until {
                try keeper.hold()
                try tx.schedule(Parking.kind, key: change.value.id.description, at: until)
            }
            try keeper.save()
            try folder.save(keeper, steps: [change.step] + keeper.steps, in: casework, tx)
            return caseID
        }
    }
}

/// Takes a parked case up again before its time.
public struct EndParking: Sendable {
    public var caseID: CaseID
    public var note: String?

    public init(caseID: CaseID, note: String? = nil) {
        self.caseID = caseID
        self.note = note
    }

    /// - Throws: `case.unknown`, `forbidden`, the conflict `overlay.none`; for the field `note`: `input.too-long`.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let folder = try CaseFolder.locking(caseID, CaseworkPermission.decideParking, by: actor, in: casework, tx)
            guard let parked = try OverlayStore.all(of: caseID, tx).first(where: \.isParking) else {
                throw RuleViolation(.conflict, "overlay.none")
            }
            let change = try parked.ending(note: note, by: act)
            try tx.cancelJob(Parking.kind, key: parked.id.description)
            try Parking.release(folder, change, by: act, in: casework, tx)
            return caseID
        }
    }
}

/// Cases that wait.
enum Parking {
    static let kind = "casework.parking"

    /// Ends a pause, with the time that was left.
    static func release(
        _ folder: CaseFolder, _ change: Change<Overlay>, by act: Act, in casework: Casework, _ tx: WriteTransaction
    ) throws {
        try OverlayStore.update(change.value, tx)
        var keeper = try LimitKeeper(folder.caseFile, tasks: folder.tasks, by: act, in: casework, tx)
        try keeper.release()
        try keeper.save()
        try folder.save(keeper, steps: [change.step] + keeper.steps, in: casework, tx)
    }

    /// Takes a case up again when its time of waiting is over, as of that time.
    static func handler(in casework: Casework) -> JobHandler {
        .inTransaction(kind) { job, tx in
            guard let id = OverlayID(job.key), let found = try OverlayStore.find(id, tx), let caseID = found.caseID,
                let stored = try CaseStore.lock(caseID, tx), let parked = try OverlayStore.find(id, tx),
                parked.isParking, let until = parked.until
            else { return }
            let folder = CaseFolder(
                stored: stored, tasks: try TaskStore.all(of: caseID, tx),
                areaScopes: try casework.scopes(of: stored.caseFile.area))
            let act = Act(at: until, account: nil, organisation: nil) { casework.world.id(Step.self).uuid }
            try release(folder, try parked.lapsing(by: act), by: act, in: casework, tx)
        }
    }
}

extension Overlay {
    var isParking: Bool { kind == .parked && state == .running }
}

extension OverlayStore {
    /// - Throws: the conflict `overlay.none` when nothing of the kind waits for a decision.
    static func requested(
        _ kind: OverlayKind, over subject: Subject, of caseID: CaseID, _ tx: ReadTransaction
    ) throws -> Overlay {
        let asked = try all(of: caseID, tx).first {
            $0.kind == kind && $0.subject == subject && $0.state == .requested
        }
        guard let asked else { throw RuleViolation(.conflict, "overlay.none") }
        return asked
    }
}
