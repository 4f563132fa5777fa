import Domain
import Web

// The inputs of casework's endpoints. Pages and the JSON interface read the same ones. Limits of texts are those of the
// rules; here they only keep floods out.

struct ReportInput: EndpointInput {
    let text: String
    let title: String?
    let place: String?
    let area: AreaID
    let channel: Channel
    let hint: MatterReference?
    let phone: String?

    init(_ fields: inout Fields) {
        text = fields.text("text", 1...TextLimit.reportText)
        title = fields.optionalText("title", maximum: TextLimit.title)
        place = fields.optionalText("place", maximum: TextLimit.place)
        area = fields.id("area")
        channel = fields.optionalChoice("channel") ?? .web
        hint = fields.matter("hint")
        phone = fields.optionalText("phone", maximum: 40)
    }

    var command: SubmitReport {
        SubmitReport(
            draft: ReportDraft(channel: channel, area: area, place: place, hint: hint, title: title, text: text),
            phone: phone)
    }

    /// Everything in a fixed order, for telling a repeat from another request.
    var identity: String {
        [text, title ?? "", place ?? "", area.description, channel.rawValue, hint?.description ?? "", phone ?? ""]
            .joined(separator: "\u{1F}")
    }
}

struct AcceptInput: EndpointInput {
    let report: ReportID
    let title: String?
    let matter: MatterReference?
    let area: AreaID?
    let verification: Verification
    let note: String?

    init(_ fields: inout Fields) {
        report = fields.id("report")
        title = fields.optionalText("title", maximum: TextLimit.title)
        matter = fields.matter("matter")
        area = fields.optionalID("area")
        verification = fields.choice("verification")
        note = fields.optionalText("note", maximum: TextLimit.note)
    }

    var command: AcceptReport {
        AcceptReport(report: report, title: title, matter: matter, area: area, verification: verification, note: note)
    }
}

struct JoinInput: EndpointInput {
    let report: ReportID
    let number: CaseNumber?
    let caseID: CaseID?
    let note: String?

    /// The case is named by its number, as people write it, or by its identifier.
    init(_ fields: inout Fields) {
        report = fields.id("report")
        let text = fields.text("case", 1...60)
        number = CaseNumber(text)
        caseID = CaseID(text)
        if number == nil && caseID == nil && !text.isEmpty { fields.refuse("case", "case.number-unreadable") }
        note = fields.optionalText("note", maximum: TextLimit.note)
    }
}

struct RefuseInput: EndpointInput {
    let report: ReportID
    let reason: RefusalReason
    let publicNote: String?
    let note: String?

    init(_ fields: inout Fields) {
        report = fields.id("report")
        reason = fields.choice("reason")
        publicNote = fields.optionalText("publicNote", maximum: TextLimit.publicText)
        note = fields.optionalText("note", maximum: TextLimit.note)
    }

    var command: RefuseReport { RefuseReport(report: report, reason: reason, publicNote: publicNote, note: note) }
}

struct VerifyInput: EndpointInput {
    let caseID: CaseID
    let note: String?

    init(_ fields: inout Fields) {
        caseID = fields.id("case")
        note = fields.optionalText("note", maximum: TextLimit.note)
    }

    var command: VerifyCase { VerifyCase(caseID: caseID, note: note) }
}

struct FileInput: EndpointInput {
    let caseID: CaseID
    let matter: MatterReference?
    let title: String?
    let dueAt: Instant?
    let note: String?

    init(_ fields: inout Fields) {
        caseID = fields.id("case")
        matter = fields.matter("matter")
        title = fields.optionalText("title", maximum: TextLimit.title)
        dueAt = fields.deadline("dueAt")
        note = fields.optionalText("note", maximum: TextLimit.note)
    }

    var command: FileCase { FileCase(caseID: caseID, matter: matter, title: title, dueAt: dueAt, note: note) }
}

struct DispatchInput: EndpointInput {
    let caseID: CaseID
    let lead: OrganisationID?
    let assists: [OrganisationID]
    let ground: Ground
    let groundReference: String
    let dueAt: Instant?
    let note: String?

    init(_ fields: inout Fields) {
        caseID = fields.id("case")
        lead = fields.optionalID("lead")
        assists = fields.ids("assists", maximum: 20)
        ground = fields.choice("ground")
        groundReference = fields.optionalText("groundReference", maximum: TextLimit.groundReference) ?? ""
        dueAt = fields.deadline("dueAt")
        note = fields.optionalText("note", maximum: TextLimit.note)
    }

    var command: DispatchCase {
        DispatchCase(
            caseID: caseID,
            order: DispatchOrder(
                lead: lead, assists: assists, ground: ground, groundReference: groundReference, dueAt: dueAt, note: note
            ))
    }
}

struct SignInput: EndpointInput {
    let task: TaskID

    init(_ fields: inout Fields) {
        task = fields.id("task")
    }

    var command: SignTask { SignTask(task: task) }
}

struct AnswerInput: EndpointInput {
    let task: TaskID
    let outcome: Outcome
    let publicText: String?
    let internalText: String?

    init(_ fields: inout Fields) {
        task = fields.id("task")
        outcome = fields.choice("outcome")
        publicText = fields.optionalText("publicText", maximum: TextLimit.publicText)
        internalText = fields.optionalText("internalText", maximum: TextLimit.note)
    }

    var command: AnswerTask {
        AnswerTask(task: task, answer: TaskAnswer(outcome: outcome, publicText: publicText, internalText: internalText))
    }
}

struct CheckInput: EndpointInput {
    let task: TaskID
    let verdict: Verdict
    let note: String?

    init(_ fields: inout Fields) {
        task = fields.id("task")
        verdict = fields.choice("verdict")
        note = fields.optionalText("note", maximum: TextLimit.note)
    }

    var command: CheckTask { CheckTask(task: task, verdict: verdict, note: note) }
}

/// How a case ends; outcome and answer are missing once they were given.
struct CloseInput: EndpointInput {
    let caseID: CaseID
    let outcome: Outcome?
    let publicText: String?
    let note: String?

    init(_ fields: inout Fields) {
        caseID = fields.id("case")
        outcome = fields.optionalChoice("outcome")
        publicText = fields.optionalText("publicText", maximum: TextLimit.publicText)
        note = fields.optionalText("note", maximum: TextLimit.note)
    }

    private var closing: Closing { Closing(outcome: outcome, publicText: publicText, note: note) }
    var command: CloseCase { CloseCase(caseID: caseID, closing: closing) }
    var finishing: FinishCase { FinishCase(caseID: caseID, closing: closing) }
}

/// A list of one scope.
struct ListInput: EndpointInput {
    let scope: UUIDValue?
    let queue: Queue?
    let due: DueFilter?
    let after: PageMark?
    let limit: Int

    init(_ fields: inout Fields) {
        scope = (fields.optionalID("scope") as ID<Scope>?)?.uuid
        queue = fields.optionalChoice("queue")
        due = fields.optionalChoice("due")
        after = fields.mark("after")
        limit = fields.optionalInteger("limit", in: 1...Casework.pageSize) ?? Casework.pageSize
    }
}

struct SearchInput: EndpointInput {
    let q: String
    let scope: UUIDValue?
    let after: PageMark?
    let limit: Int

    init(_ fields: inout Fields) {
        q = fields.text("q", 1...100)
        scope = (fields.optionalID("scope") as ID<Scope>?)?.uuid
        after = fields.mark("after")
        limit = fields.optionalInteger("limit", in: 1...Casework.pageSize) ?? Casework.pageSize
    }
}

struct ReportAddress: EndpointInput {
    let report: ReportID
    init(_ fields: inout Fields) { report = fields.id("report") }
}

struct CaseAddress: EndpointInput {
    let caseID: CaseID
    init(_ fields: inout Fields) { caseID = fields.id("case") }
}

struct CodeInput: EndpointInput {
    let code: String
    init(_ fields: inout Fields) { code = fields.text("code", 1...40) }
}

extension Fields {
    /// A catalogue entry in its written form.
    mutating func matter(_ name: String) -> MatterReference? {
        guard let text = optionalText(name, maximum: 80) else { return nil }
        guard let reference = MatterReference(text) else {
            refuse(name, "matter.unknown")
            return nil
        }
        return reference
    }

    /// A deadline: a moment, or a day, which means the end of office hours (18:00).
    mutating func deadline(_ name: String) -> Instant? {
        guard let text = optionalText(name, maximum: 40) else { return nil }
        if let day = LocalDay(text) { return day.start(at: .china).advanced(bySeconds: 18 * 3600) }
        // A browser's date field sends no seconds.
        let full = text.utf8.count == 16 ? text + ":00" : text
        guard let instant = Instant(iso8601: full, defaultZone: .china) else {
            refuse(name, "input.instant")
            return nil
        }
        return instant
    }

    mutating func mark(_ name: String) -> PageMark? {
        guard let text = optionalText(name, maximum: 80) else { return nil }
        guard let mark = PageMark(text) else {
            refuse(name, "input.mark")
            return nil
        }
        return mark
    }
}
