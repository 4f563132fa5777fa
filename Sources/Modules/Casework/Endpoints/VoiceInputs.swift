import Domain
import Web

// The inputs of the reporters' side. Pages and the JSON interface read the same ones.

/// A try to ask a reporter.
struct CallBackInput: EndpointInput {
    let caseID: CaseID
    let report: ReportID?
    let means: CallbackMeans
    let reached: YesNo
    let solved: YesNo?
    let satisfaction: Satisfaction?
    let note: String?

    init(_ fields: inout Fields) {
        caseID = fields.id("case")
        report = fields.optionalID("report")
        means = fields.choice("means")
        reached = fields.choice("reached")
        solved = fields.optionalChoice("solved")
        satisfaction = fields.optionalChoice("satisfaction")
        note = fields.optionalText("note", maximum: TextLimit.note)
    }

    var command: CallBack {
        CallBack(
            caseID: caseID,
            attempt: CallbackTry(
                report: report, means: means, isReached: reached == .yes, isSolved: solved.map { $0 == .yes },
                satisfaction: satisfaction, note: note))
    }
}

/// What a sender says of the answer.
struct RateInput: EndpointInput {
    let code: String
    let contacted: YesNo?
    let solved: YesNo
    let satisfaction: Satisfaction
    let words: String?

    init(_ fields: inout Fields) {
        code = fields.text("code", 1...40)
        contacted = fields.optionalChoice("contacted")
        solved = fields.choice("solved")
        satisfaction = fields.choice("satisfaction")
        words = fields.optionalText("words", maximum: TextLimit.note)
    }

    func command() throws(RuleViolation) -> RateReport {
        RateReport(
            code: try TrackingCode(typed: code),
            draft: RatingDraft(
                wasContacted: contacted.map { $0 == .yes }, isSolved: solved == .yes, satisfaction: satisfaction,
                words: words))
    }
}

/// An objection by whoever has the code.
struct ObjectInput: EndpointInput {
    let code: String
    let why: String

    init(_ fields: inout Fields) {
        code = fields.text("code", 1...40)
        why = fields.text("why", 1...TextLimit.note)
    }

    func command() throws(RuleViolation) -> ObjectToReport {
        ObjectToReport(speaking: .sender(try TrackingCode(typed: code)), words: why)
    }
}

/// An objection that a seat enters for a caller.
struct ObjectForInput: EndpointInput {
    let report: ReportID
    let why: String

    init(_ fields: inout Fields) {
        report = fields.id("report")
        why = fields.text("why", 1...TextLimit.note)
    }

    var command: ObjectToReport { ObjectToReport(speaking: .behalf(report), words: why) }
}

struct RuleObjectionInput: EndpointInput {
    let report: ReportID
    let ruling: ObjectionRuling
    let publicNote: String?
    let note: String?

    init(_ fields: inout Fields) {
        report = fields.id("report")
        ruling = fields.choice("ruling")
        publicNote = fields.optionalText("publicNote", maximum: TextLimit.publicText)
        note = fields.optionalText("note", maximum: TextLimit.note)
    }

    var command: RuleOnObjection {
        RuleOnObjection(report: report, ruling: ruling, publicNote: publicNote, note: note)
    }
}

/// What the story page says after its reader did something.
enum StoryNotice: String, CaseIterable, Sendable {
    case rated, objected, supplemented, withdrawn

    var phrase: Phrase { .code("casework.story.notice", rawValue) }
}

/// The story page of a report.
struct StoryInput: EndpointInput {
    let code: String
    let notice: StoryNotice?

    init(_ fields: inout Fields) {
        code = fields.text("code", 1...40)
        notice = fields.optionalChoice("notice")
    }
}

struct AskInput: EndpointInput {
    let report: ReportID
    let question: String
    let note: String?

    init(_ fields: inout Fields) {
        report = fields.id("report")
        question = fields.text("question", 1...TextLimit.publicText)
        note = fields.optionalText("note", maximum: TextLimit.note)
    }

    var command: AskReporter { AskReporter(report: report, question: question, note: note) }
}

/// What was missing, by whoever has the code.
struct SupplementInput: EndpointInput {
    let code: String
    let more: String

    init(_ fields: inout Fields) {
        code = fields.text("code", 1...40)
        more = fields.text("more", 1...TextLimit.reportText)
    }

    func command() throws(RuleViolation) -> SupplementReport {
        SupplementReport(speaking: .sender(try TrackingCode(typed: code)), text: more)
    }
}

/// What was missing, entered by a seat for a caller.
struct SupplementForInput: EndpointInput {
    let report: ReportID
    let more: String

    init(_ fields: inout Fields) {
        report = fields.id("report")
        more = fields.text("more", 1...TextLimit.reportText)
    }

    var command: SupplementReport { SupplementReport(speaking: .behalf(report), text: more) }
}

/// A report taken back by whoever has the code.
struct WithdrawReportInput: EndpointInput {
    let code: String
    let note: String?

    init(_ fields: inout Fields) {
        code = fields.text("code", 1...40)
        note = fields.optionalText("note", maximum: TextLimit.note)
    }

    func command() throws(RuleViolation) -> WithdrawReport {
        WithdrawReport(speaking: .sender(try TrackingCode(typed: code)), note: note)
    }
}

/// A report taken back by a seat for a caller.
struct WithdrawReportForInput: EndpointInput {
    let report: ReportID
    let note: String?

    init(_ fields: inout Fields) {
        report = fields.id("report")
        note = fields.optionalText("note", maximum: TextLimit.note)
    }

    var command: WithdrawReport { WithdrawReport(speaking: .behalf(report), note: note) }
}
