import Domain
import Web

/// What the page says after an action.
enum Notice: String, CaseIterable, Sendable {
    case accepted, joined, refused, verified, filed, dispatched, signed, answered, passed, closed, finished
    case calledBack = "called-back"
    case notReached = "not-reached"
    case objected, granted, stands, asked, supplemented
    case withdrawnFor = "withdrawn-for"
    case sentBack = "sent-back"
    case taskRefused = "task-refused"
    case extensionAsked = "extension-asked"
    case extensionDecided = "extension-decided"
    case parkingAsked = "parking-asked"
    case parkingDecided = "parking-decided"
    case unparked
    case upheld, withdrawn, reopened, declined, reconsidered, amended, archived, voided, merged, split
    case recalled, told, assigned, reminded
    case toVerifyAgain = "to-verify-again"

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
    let due: DueFilter?
    let report: ReportID?
    let caseID: CaseID?
    let after: PageMark?
    let notice: Notice?
    let forms: PageForms
    /// Draws the form for putting the case right, which carries the whole catalogue.
    let amends: Bool
    /// Draws boxes beside the entries of the list, and the form over them.
    let bulk: BulkVerb?

    init(_ fields: inout Fields) {
        scope = (fields.optionalID("scope") as ID<Scope>?)?.uuid
        queue = fields.optionalChoice("queue")
        due = fields.optionalChoice("due")
        report = fields.optionalID("report")
        caseID = fields.optionalID("case")
        after = fields.mark("after")
        notice = fields.optionalChoice("notice")
        forms = .untouched
        amends = fields.flag("amend")
        bulk = fields.optionalChoice("bulk")
    }

    /// The same place again, with a form that was refused.
    init(_ place: ConsolePlace, caseID: CaseID?, form: FormState, verb: RoutePath, bulk: BulkVerb? = nil) {
        self.bulk = bulk
        self.scope = place.scope
        self.queue = place.queue
        self.due = nil
        self.report = place.report
        self.caseID = caseID
        self.after = nil
        self.amends = verb == CaseworkRoutes.amend
        self.notice = nil
        self.forms = .refused(form, verb, task: place.task)
    }
}

struct DeskInput: EndpointInput {
    let scope: UUIDValue?
    let caseID: CaseID?
    let notice: Notice?
    let forms: PageForms

    init(_ fields: inout Fields) {
        scope = (fields.optionalID("scope") as ID<Scope>?)?.uuid
        caseID = fields.optionalID("case")
        notice = fields.optionalChoice("notice")
        forms = .untouched
    }

    init(_ place: ConsolePlace, caseID: CaseID?, form: FormState, verb: RoutePath) {
        self.scope = nil
        self.caseID = caseID
        self.notice = nil
        self.forms = .refused(form, verb, task: place.task)
    }
}
