public import Domain
import Storage

/// The organisation takes its task: 签收.
public struct SignTask: Sendable {
    public var task: TaskID

    public init(task: TaskID) {
        self.task = task
    }

    /// - Throws: `task.unknown`, `forbidden`, and the violations of ``CaseTask/signing(by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let (folder, found) = try CaseFolder.locking(
                taskID: task, CaseworkPermission.signTask, by: actor, in: casework, tx)
            let change = try found.signing(by: act)
            try folder.save(changed: [change.value], steps: [change.step], in: casework, tx)
            return folder.caseFile.id
        }
    }
}

/// The organisation gives its result: 反馈.
public struct AnswerTask: Sendable {
    public var task: TaskID
    public var answer: TaskAnswer

    public init(task: TaskID, answer: TaskAnswer) {
        self.task = task
        self.answer = answer
    }

    /// - Throws: `task.unknown`, `forbidden`, and the violations of ``CaseTask/answering(_:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let (folder, found) = try CaseFolder.locking(
                taskID: task, CaseworkPermission.answerTask, by: actor, in: casework, tx)
            let change = try found.answering(answer, by: act)
            try folder.save(changed: [change.value], steps: [change.step], in: casework, tx)
            return folder.caseFile.id
        }
    }
}

/// Somebody else looks at the result: 核查.
public struct CheckTask: Sendable {
    public var task: TaskID
    public var verdict: Verdict
    public var note: String?

    public init(task: TaskID, verdict: Verdict, note: String? = nil) {
        self.task = task
        self.verdict = verdict
        self.note = note
    }

    /// - Throws: `task.unknown`, `forbidden`, and the violations of ``CaseTask/checking(_:note:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let (folder, found) = try CaseFolder.locking(
                taskID: task, CaseworkPermission.checkTask, by: actor, in: casework, tx)
            let change = try found.checking(verdict, note: note, by: act)
            try folder.save(changed: [change.value], steps: [change.step], in: casework, tx)
            return folder.caseFile.id
        }
    }
}
