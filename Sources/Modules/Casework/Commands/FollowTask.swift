public import Domain
import Identity
import Storage

/// The organisation takes its answer back before the check: 撤回反馈.
public struct RecallAnswer: Sendable {
    public var task: TaskID
    public var note: String?

    public init(task: TaskID, note: String? = nil) {
        self.task = task
        self.note = note
    }

    /// - Throws: `task.unknown`, `forbidden`, and the violations of ``CaseTask/recalling(note:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let (folder, found) = try CaseFolder.locking(
                taskID: task, CaseworkPermission.answerTask, by: actor, in: casework, tx)
            let change = try found.recalling(note: note, by: act)
            try folder.save(changed: [change.value], steps: [change.step], in: casework, tx)
            return folder.caseFile.id
        }
    }
}

/// The organisation tells how far it is: 阶段反馈.
public struct TellProgress: Sendable {
    public var task: TaskID
    public var publicText: String?
    public var note: String?

    public init(task: TaskID, publicText: String? = nil, note: String? = nil) {
        self.task = task
        self.publicText = publicText
        self.note = note
    }

    /// - Throws: `task.unknown`, `forbidden`, and the violations of ``CaseTask/progressing(publicText:note:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let (folder, found) = try CaseFolder.locking(
                taskID: task, CaseworkPermission.answerTask, by: actor, in: casework, tx)
            let change = try found.progressing(publicText: publicText, note: note, by: act)
            try folder.save(changed: [change.value], steps: [change.step], in: casework, tx)
            return folder.caseFile.id
        }
    }
}

/// The centre presses for a task: 催办.
public struct RemindTask: Sendable {
    public var task: TaskID
    public var note: String

    public init(task: TaskID, note: String) {
        self.task = task
        self.note = note
    }

    /// - Throws: `task.unknown`, `forbidden`, and the violations of ``CaseTask/reminding(note:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let (folder, found) = try CaseFolder.locking(
                taskID: task, CaseworkPermission.remindTask, by: actor, in: casework, tx)
            let change = try found.reminding(note: note, by: act)
            try folder.save(changed: [change.value], steps: [change.step], in: casework, tx)
            return folder.caseFile.id
        }
    }
}

/// The organisation names the person who handles a task: 指定经办人.
public struct AssignTask: Sendable {
    public var task: TaskID
    /// `nil` takes the name off.
    public var assignee: AccountID?
    public var note: String?

    public init(task: TaskID, assignee: AccountID?, note: String? = nil) {
        self.task = task
        self.assignee = assignee
        self.note = note
    }

    /// - Throws: `task.unknown`, `forbidden`, and the violations of ``CaseTask/assigning(to:among:note:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let (folder, found) = try CaseFolder.locking(
                taskID: task, CaseworkPermission.assignTask, by: actor, in: casework, tx)
            let colleagues = try AccountStore.colleagues(of: found.organisation, at: act.at, in: tx)
            let change = try found.assigning(to: assignee, among: Set(colleagues.map(\.id)), note: note, by: act)
            try folder.save(changed: [change.value], steps: [change.step], in: casework, tx)
            return folder.caseFile.id
        }
    }
}
