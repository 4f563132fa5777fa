public import Domain
import Storage

/// Takes every task of a case back that can be: 撤回. The case waits for dispatch again.
public struct WithdrawTasks: Sendable {
    public var caseID: CaseID
    public var note: String

    public init(caseID: CaseID, note: String) {
        self.caseID = caseID
        self.note = note
    }

    /// - Throws: `case.unknown`, `forbidden`; the conflicts `task.to-rule` while a refusal waits and
    ///   `case.no-task-to-withdraw`; and the violations of ``CaseTask/takingBack(note:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let folder = try CaseFolder.locking(caseID, CaseworkPermission.withdrawTask, by: actor, in: casework, tx)
            let live = folder.tasks.filter { $0.state.isLive && $0.state != .passed }
            guard !live.isEmpty else { throw RuleViolation(.conflict, "case.no-task-to-withdraw") }
            var changes: [Change<CaseTask>] = []
            for task in live { changes.append(try task.takingBack(note: note, by: act)) }
            try folder.save(changed: changes.map(\.value), steps: changes.map(\.step), in: casework, tx)
            return caseID
        }
    }
}
