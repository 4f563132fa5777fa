import Domain
import Web

/// A task, and what somebody may say about it.
struct TaskRemarkInput: EndpointInput {
    let task: TaskID
    let note: String?

    init(_ fields: inout Fields) {
        task = fields.id("task")
        note = fields.optionalText("note", maximum: TextLimit.note)
    }
}

struct ProgressInput: EndpointInput {
    let task: TaskID
    let publicText: String?
    let note: String?

    init(_ fields: inout Fields) {
        task = fields.id("task")
        publicText = fields.optionalText("publicText", maximum: TextLimit.publicText)
        note = fields.optionalText("note", maximum: TextLimit.note)
    }

    var command: TellProgress { TellProgress(task: task, publicText: publicText, note: note) }
}

struct AssignInput: EndpointInput {
    let task: TaskID
    let assignee: AccountID?
    let note: String?

    init(_ fields: inout Fields) {
        task = fields.id("task")
        assignee = fields.optionalID("assignee")
        note = fields.optionalText("note", maximum: TextLimit.note)
    }

    var command: AssignTask { AssignTask(task: task, assignee: assignee, note: note) }
}

struct SelfHandleInput: EndpointInput {
    let area: AreaID
    let place: String?
    let title: String?
    let matter: MatterReference?
    let text: String
    let publicText: String
    let internalText: String?

    init(_ fields: inout Fields) {
        area = fields.id("area")
        place = fields.optionalText("place", maximum: TextLimit.place)
        title = fields.optionalText("title", maximum: TextLimit.title)
        matter = fields.matter("matter")
        text = fields.text("text", 1...TextLimit.reportText)
        publicText = fields.text("publicText", 1...TextLimit.publicText)
        internalText = fields.optionalText("internalText", maximum: TextLimit.note)
    }

    var command: SelfHandle {
        SelfHandle(
            area: area, place: place, text: text,
            work: PatrolWork(title: title, matter: matter, publicText: publicText, internalText: internalText))
    }
}
