public import Domain
public import Files
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
    /// What the place looked like before and after the work.
    public var before = Attachments.none
    public var after = Attachments.none

    public init(task: TaskID, answer: TaskAnswer) {
        self.task = task
        self.answer = answer
    }

    /// - Throws: `task.unknown`, `forbidden`, `file.unknown`, the violations of ``CaseTask/answering(_:by:)`` and of
    ///   ``CaseTask/missingEvidence(for:needed:shown:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let (folder, found) = try CaseFolder.locking(
                taskID: task, CaseworkPermission.answerTask, by: actor, in: casework, tx)
            let change = try found.answering(answer, by: act)
            try EvidenceFolder.require(
                for: answer.outcome, of: found, matter: folder.caseFile.matter, before: before.count > 0,
                after: after.count > 0, in: casework, tx)
            try folder.save(changed: [change.value], steps: [change.step], in: casework, tx)
            try EvidenceFolder.append(before, as: .before, to: change.step, by: actor, tx)
            try EvidenceFolder.append(after, as: .after, to: change.step, by: actor, tx)
            return folder.caseFile.id
        }
    }
}

/// Somebody else looks at the result: 核查.
public struct CheckTask: Sendable {
    public var task: TaskID
    public var verdict: Verdict
    public var note: String?
    /// What the checker found.
    public var photos = Attachments.none

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
            try EvidenceFolder.append(photos, as: .checked, to: change.step, by: actor, tx)
            return folder.caseFile.id
        }
    }
}
