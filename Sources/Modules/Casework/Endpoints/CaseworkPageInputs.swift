import Domain
import Web

/// What the page says after an action.
enum Notice: String, CaseIterable, Sendable {
    case accepted, joined, refused, verified, filed, dispatched, signed, answered, passed, closed
    case sentBack = "sent-back"

    var phrase: Phrase { .code("casework.notice", rawValue) }
}

/// Two inputs read from one request.
struct Both<First: EndpointInput, Second: EndpointInput>: EndpointInput {
    let first: First
    let second: Second

    init(_ fields: inout Fields) {
        first = First(&fields)
        second = Second(&fields)
    }
}

/// The list and the thing that a form of the console belongs to. Lenient: it serves for showing a page again.
struct ConsolePlace: EndpointInput {
    let scope: UUIDValue?
    let queue: Queue?
    let report: ReportID?
    let caseID: CaseID?
    let task: TaskID?

    init(_ fields: inout Fields) {
        scope = (fields.optionalID("scope") as ID<Scope>?)?.uuid
        queue = fields.optionalChoice("queue")
        report = fields.optionalID("report")
        caseID = CaseID(fields.optionalText("case", maximum: 60) ?? "")
        task = fields.optionalID("task")
    }
}

struct ConsoleInput: EndpointInput {
    let scope: UUIDValue?
    let queue: Queue?
    let report: ReportID?
    let caseID: CaseID?
    let after: PageMark?
    let notice: Notice?
    let form: FormState

    init(_ fields: inout Fields) {
        scope = (fields.optionalID("scope") as ID<Scope>?)?.uuid
        queue = fields.optionalChoice("queue")
        report = fields.optionalID("report")
        caseID = fields.optionalID("case")
        after = fields.mark("after")
        notice = fields.optionalChoice("notice")
        form = .empty
    }

    init(scope: UUIDValue?, queue: Queue?, report: ReportID?, caseID: CaseID?, form: FormState) {
        self.scope = scope
        self.queue = queue
        self.report = report
        self.caseID = caseID
        self.after = nil
        self.notice = nil
        self.form = form
    }
}

struct DeskInput: EndpointInput {
    let scope: UUIDValue?
    let caseID: CaseID?
    let notice: Notice?
    let form: FormState

    init(_ fields: inout Fields) {
        scope = (fields.optionalID("scope") as ID<Scope>?)?.uuid
        caseID = fields.optionalID("case")
        notice = fields.optionalChoice("notice")
        form = .empty
    }

    init(caseID: CaseID?, form: FormState) {
        self.scope = nil
        self.caseID = caseID
        self.notice = nil
        self.form = form
    }
}
