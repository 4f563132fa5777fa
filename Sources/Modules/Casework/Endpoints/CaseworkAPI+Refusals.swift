import Domain
import Web

extension CaseworkAPI {
    /// What happens when an organisation says that a task is not theirs, or the centre takes it back.
    var refusals: [Endpoint] {
        [
            verb(
                CaseworkRoutes.API.taskRefusal, CaseworkPermission.refuseTask,
                "The organisation says that the task is not theirs, on a ground of the matrix.",
                errors: ["task.unknown", "task.not-now", "task.not-yours", "ground.clause-missing"]
            ) { (input: RefuseTaskInput, actor, once) in
                CaseReceiptJSON(id: try await input.command.run(by: actor, once: once, in: casework))
            },
            verb(
                CaseworkRoutes.API.ruling, CaseworkPermission.ruleTask,
                "Rules on a refusal: the task is theirs, or the case goes back to dispatch.",
                errors: ["task.unknown", "task.not-now", "task.supervisor-rules", "task.own-refusal"]
            ) { (input: RulingInput, actor, once) in
                CaseReceiptJSON(id: try await input.command.run(by: actor, once: once, in: casework))
            },
            verb(
                CaseworkRoutes.API.withdrawal, CaseworkPermission.withdrawTask,
                "Takes a task back; without its lead the case waits for dispatch again.",
                errors: ["task.unknown", "task.not-now", "task.to-rule"]
            ) { (input: TaskNoteInput, actor, once) in
                CaseReceiptJSON(
                    id: try await WithdrawTask(task: input.task, note: input.note)
                        .run(by: actor, once: once, in: casework))
            },
        ]
    }

    var reopenings: [Endpoint] {
        [
            verb(
                CaseworkRoutes.API.reopening, CaseworkPermission.reopenCase,
                "Takes a case up again; the same organisations go on.",
                errors: ["case.unknown", "case.not-now"]
            ) { (input: CaseNoteInput, actor, once) in
                CaseReceiptJSON(
                    id: try await ReopenCase(caseID: input.caseID, note: input.note)
                        .run(by: actor, once: once, in: casework))
            }
        ]
    }
}

struct RefuseTaskInput: EndpointInput {
    let task: TaskID
    let reason: TaskRefusalReason
    let groundReference: String
    let note: String?

    init(_ fields: inout Fields) {
        task = fields.id("task")
        reason = fields.choice("reason")
        groundReference = fields.optionalText("groundReference", maximum: TextLimit.groundReference) ?? ""
        note = fields.optionalText("note", maximum: TextLimit.note)
    }

    var command: RefuseTask {
        RefuseTask(task: task, reason: reason, groundReference: groundReference, note: note)
    }
}

struct RulingInput: EndpointInput {
    let task: TaskID
    let ruling: Ruling
    let note: String

    init(_ fields: inout Fields) {
        task = fields.id("task")
        ruling = fields.choice("ruling")
        note = fields.text("note", 1...TextLimit.note)
    }

    var command: RuleOnRefusal { RuleOnRefusal(task: task, ruling: ruling, note: note) }
}

/// A task, and why something is done to it.
struct TaskNoteInput: EndpointInput {
    let task: TaskID
    let note: String

    init(_ fields: inout Fields) {
        task = fields.id("task")
        note = fields.text("note", 1...TextLimit.note)
    }
}

/// A case, and why something is done to it.
struct CaseNoteInput: EndpointInput {
    let caseID: CaseID
    let note: String

    init(_ fields: inout Fields) {
        caseID = fields.id("case")
        note = fields.text("note", 1...TextLimit.note)
    }
}
