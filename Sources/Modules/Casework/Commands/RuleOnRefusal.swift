public import Domain
import Storage

/// The organisation says that a task is not theirs: 退单.
public struct RefuseTask: Sendable {
    public var task: TaskID
    public var reason: TaskRefusalReason
    /// The clause of the responsibility matrix.
    public var groundReference: String
    public var note: String?

    public init(task: TaskID, reason: TaskRefusalReason, groundReference: String, note: String? = nil) {
        self.task = task
        self.reason = reason
        self.groundReference = groundReference
        self.note = note
    }

    /// - Throws: `task.unknown`, `forbidden`, and the violations of
    ///   ``CaseTask/refusing(_:groundReference:note:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let (folder, found) = try CaseFolder.locking(
                taskID: task, CaseworkPermission.refuseTask, by: actor, in: casework, tx)
            let change = try found.refusing(reason, groundReference: groundReference, note: note, by: act)
            try folder.save(changed: [change.value], steps: [change.step], in: casework, tx)
            return folder.caseFile.id
        }
    }
}

/// Rules on a refusal: it is theirs, or the case goes back to dispatch: 裁定.
public struct RuleOnRefusal: Sendable {
    public var task: TaskID
    public var ruling: Ruling
    public var note: String

    public init(task: TaskID, ruling: Ruling, note: String) {
        self.task = task
        self.ruling = ruling
        self.note = note
    }

    /// - Throws: `task.unknown`, `forbidden`, and the violations of
    ///   ``CaseTask/ruling(_:note:among:isSupervisor:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let (folder, found) = try CaseFolder.locking(
                taskID: task, CaseworkPermission.ruleTask, by: actor, in: casework, tx)
            let change = try found.ruling(
                ruling, note: note, among: folder.tasks,
                isSupervisor: actor.may(CaseworkPermission.supervise, on: folder.scopes), by: act)
            try folder.save(changed: [change.value], steps: [change.step], in: casework, tx)
            return folder.caseFile.id
        }
    }
}

/// Takes a task back: 撤销. Without its lead the case waits for dispatch again.
public struct WithdrawTask: Sendable {
    public var task: TaskID
    public var note: String

    public init(task: TaskID, note: String) {
        self.task = task
        self.note = note
    }

    /// - Throws: `task.unknown`, `forbidden`, and the violations of ``CaseTask/takingBack(note:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let (folder, found) = try CaseFolder.locking(
                taskID: task, CaseworkPermission.withdrawTask, by: actor, in: casework, tx)
            let change = try found.takingBack(note: note, by: act)
            try folder.save(changed: [change.value], steps: [change.step], in: casework, tx)
            return folder.caseFile.id
        }
    }
}
