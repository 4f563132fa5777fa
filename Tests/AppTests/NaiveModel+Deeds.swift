import Domain

@testable import Casework

/// What somebody may try.
enum Deed: Sendable {
    case submit(area: String)
    case accept(ReportID, onSpot: Bool)
    case refuseReport(ReportID)
    case join(ReportID, CaseID)
    case verify(CaseID)
    case file(CaseID)
    case sendBack(CaseID)
    case decline(CaseID)
    case reconsider(CaseID)
    case archive(CaseID)
    case close(CaseID)
    case void(CaseID, why: Bool)
    case reopen(CaseID, why: Bool)
    case amend(CaseID, area: String)
    case merge(CaseID, CaseID)
    case split(CaseID, ReportID, own: Bool)
    case dispatch(CaseID, lead: String?, assist: String?)
    case selfHandle(area: String)
    case sign(TaskID)
    case answer(TaskID)
    case recall(TaskID)
    case progress(TaskID)
    case remind(TaskID)
    case withdraw(TaskID)
    case refuseTask(TaskID, clause: Bool)
    case check(TaskID, pass: Bool)
    case rule(TaskID, uphold: Bool)

    /// The verb alone, for counting.
    var name: String { String("\(self)".prefix { $0 != "(" }) }
}

/// What a deed that was done has made.
struct Made: Sendable {
    var report: ReportID?
    var caseID: CaseID?
    /// By office.
    var tasks: [(id: TaskID, office: String, isLead: Bool)] = []
}

extension NaiveModel {
    /// Keeps the picture up to date after a deed that was done.
    mutating func note(_ deed: Deed, by person: Person, _ made: Made) {
        switch deed {
        case .submit(let area): papers[made.report!] = Paper(area: area)
        case .accept(let id, let onSpot):
            papers[id]!.state = "accepted"
            papers[id]!.caseID = made.caseID
            files[made.caseID!] = File(state: onSpot ? "to-verify" : "to-file", area: papers[id]!.area)
        case .refuseReport(let id): papers[id]!.state = "refused"
        case .join(let id, let target):
            papers[id]!.state = "accepted"
            papers[id]!.caseID = target
        case .verify(let id): move(id, "verify")
        case .file(let id): move(id, "file")
        case .sendBack(let id): move(id, "send-back")
        case .archive(let id): move(id, "archive")
        case .decline(let id):
            move(id, "decline")
            reports(of: id, "accepted", "answered")
        case .reconsider(let id):
            move(id, "reconsider")
            reports(of: id, "answered", "accepted")
        case .close(let id):
            move(id, "close")
            reports(of: id, "accepted", "answered")
        case .void(let id, _):
            move(id, "void")
            endTasks(of: id)
            reports(of: id, "accepted", "answered")
        case .reopen(let id, _):
            move(id, "reopen")
            for task in files[id]!.tasks where jobs[task]!.state == "passed" { jobs[task]!.state = "working" }
            reports(of: id, "answered", "accepted")
        case .amend(let id, let area): files[id]!.area = area
        case .merge(let id, let other):
            move(id, "merge")
            endTasks(of: id)
            for (report, paper) in papers where paper.caseID == id && paper.state == "accepted" {
                papers[report]!.caseID = other
            }
        case .split(_, let report, let own):
            papers[report]!.caseID = own ? made.caseID : nil
            papers[report]!.state = own ? "accepted" : "received"
            if own { files[made.caseID!] = File(state: "to-verify", area: papers[report]!.area) }
        case .dispatch(let id, _, _): add(made.tasks, to: id)
        case .selfHandle(let area):
            papers[made.report!] = Paper(state: "accepted", area: area, caseID: made.caseID)
            files[made.caseID!] = File(state: "open", area: area)
            add(made.tasks, to: made.caseID!)
            for task in made.tasks {
                jobs[task.id]!.state = "answered"
                jobs[task.id]!.signer = person.login
                jobs[task.id]!.answerer = person.login
            }
        default: noteTask(deed, by: person)
        }
    }

    private mutating func noteTask(_ deed: Deed, by person: Person) {
        switch deed {
        case .sign(let id):
            jobs[id]!.state = "working"
            jobs[id]!.signer = person.login
        case .answer(let id):
            jobs[id]!.state = "answered"
            jobs[id]!.answerer = person.login
        case .recall(let id): jobs[id]!.state = "working"
        case .withdraw(let id): jobs[id]!.state = "withdrawn"
        case .refuseTask(let id, _):
            jobs[id]!.state = "refused"
            jobs[id]!.refusals += 1
        case .check(let id, let pass): jobs[id]!.state = pass ? "passed" : "working"
        case .rule(let id, let uphold): jobs[id]!.state = uphold ? "offered" : "withdrawn"
        default: break
        }
    }

    private mutating func move(_ id: CaseID, _ verb: String) {
        files[id]!.state = tables.cases[files[id]!.state]![verb]!
    }

    private mutating func reports(of id: CaseID, _ from: String, _ to: String) {
        for (report, paper) in papers where paper.caseID == id && paper.state == from { papers[report]!.state = to }
    }

    private mutating func endTasks(of id: CaseID) {
        for task in files[id]!.tasks where jobs[task]!.state != "passed" { jobs[task]!.state = "withdrawn" }
    }

    private mutating func add(_ tasks: [(id: TaskID, office: String, isLead: Bool)], to id: CaseID) {
        for task in tasks {
            jobs[task.id] = Job(caseID: id, office: task.office, isLead: task.isLead)
            files[id]!.tasks.append(task.id)
        }
    }
}
