import Domain
import Web

extension CaseworkPages {
    var refusalActions: [Endpoint] {
        [
            deskAction(
                CaseworkRoutes.refuseTask, CaseworkPermission.refuseTask,
                "The organisation says that a task is not theirs."
            ) { (input: RefuseTaskInput, who, once) in
                (try await input.command.run(by: who.actor, once: once, in: casework), .taskRefused)
            },
            action(CaseworkRoutes.rule, CaseworkPermission.ruleTask, "Rules on a refusal.") {
                (input: RulingInput, who, once) in
                _ = try await input.command.run(by: who.actor, once: once, in: casework)
                return input.ruling == .uphold ? .upheld : .withdrawn
            },
            action(CaseworkRoutes.withdraw, CaseworkPermission.withdrawTask, "Takes a task back.") {
                (input: TaskNoteInput, who, once) in
                _ = try await WithdrawTask(task: input.task, note: input.note)
                    .run(by: who.actor, once: once, in: casework)
                return .withdrawn
            },
        ]
    }

    var reopeningActions: [Endpoint] {
        [
            action(CaseworkRoutes.reopen, CaseworkPermission.reopenCase, "Takes a case up again.") {
                (input: CaseNoteInput, who, once) in
                _ = try await ReopenCase(caseID: input.caseID, note: input.note)
                    .run(by: who.actor, once: once, in: casework)
                return .reopened
            }
        ]
    }
}
