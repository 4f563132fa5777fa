import Domain
import HTTPTypes
public import Web

extension CaseworkAPI {
    /// What happens to a task between signing and check.
    var followings: [Endpoint] {
        [
            verb(
                CaseworkRoutes.API.recall, CaseworkPermission.answerTask,
                "The organisation takes its answer back before the check.",
                errors: ["task.unknown", "task.not-now", "task.not-yours"]
            ) { (input: TaskRemarkInput, actor, once) in
                CaseReceiptJSON(
                    id: try await RecallAnswer(task: input.task, note: input.note)
                        .run(by: actor, once: once, in: casework))
            },
            verb(
                CaseworkRoutes.API.progress, CaseworkPermission.answerTask,
                "The organisation tells how far it is; what is public the reporters see.",
                errors: ["task.unknown", "task.not-now", "task.not-yours", "task.progress-empty"]
            ) { (input: ProgressInput, actor, once) in
                CaseReceiptJSON(id: try await input.command.run(by: actor, once: once, in: casework))
            },
            verb(
                CaseworkRoutes.API.reminder, CaseworkPermission.remindTask, "The centre presses for a task.",
                errors: ["task.unknown", "task.not-now"]
            ) { (input: TaskNoteInput, actor, once) in
                CaseReceiptJSON(
                    id: try await RemindTask(task: input.task, note: input.note)
                        .run(by: actor, once: once, in: casework))
            },
            verb(
                CaseworkRoutes.API.assignment, CaseworkPermission.assignTask,
                "The organisation names the person who handles a task.",
                errors: [
                    "task.unknown", "task.not-now", "task.not-yours", "task.assignee-unknown", "task.assignee-same",
                ]
            ) { (input: AssignInput, actor, once) in
                CaseReceiptJSON(id: try await input.command.run(by: actor, once: once, in: casework))
            },
            verb(
                CaseworkRoutes.API.selfHandled, CaseworkPermission.selfHandleCase,
                "Reports what was found on the round together with what was done about it.", success: .created,
                errors: [
                    "area.unknown", "area.no-street", "matter.unknown", "case.matter-missing",
                    "task.photo-missing-before", "task.photo-missing-after",
                ]
            ) { (input: Both<SelfHandleInput, AnswerPhotosInput>, actor, once) in
                try await casework.selfHandle(input, by: actor, once: once)
            },
        ]
    }
}

extension SelfHandle.Receipt: HasLocation, JSONAnswer {
    public var location: URLPath { CaseworkRoutes.API.caseFile.url(id) }
}
