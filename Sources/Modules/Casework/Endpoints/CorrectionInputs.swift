import Domain
import Web

struct DeclineInput: EndpointInput {
    let caseID: CaseID
    let publicNote: String
    let note: String?

    init(_ fields: inout Fields) {
        caseID = fields.id("case")
        publicNote = fields.text("publicNote", 1...TextLimit.publicText)
        note = fields.optionalText("note", maximum: TextLimit.note)
    }

    var command: DeclineCase { DeclineCase(caseID: caseID, publicNote: publicNote, note: note) }
}

struct AmendInput: EndpointInput {
    let caseID: CaseID
    let title: String?
    let matter: MatterReference?
    let area: AreaID?
    let note: String

    init(_ fields: inout Fields) {
        caseID = fields.id("case")
        title = fields.optionalText("title", maximum: TextLimit.title)
        matter = fields.matter("matter")
        area = fields.optionalID("area")
        note = fields.text("note", 1...TextLimit.note)
    }

    var command: AmendCase {
        AmendCase(caseID: caseID, amendment: Amendment(title: title, matter: matter, area: area, note: note))
    }
}

struct VoidInput: EndpointInput {
    let caseID: CaseID
    let publicNote: String
    let note: String

    init(_ fields: inout Fields) {
        caseID = fields.id("case")
        publicNote = fields.text("publicNote", 1...TextLimit.publicText)
        note = fields.text("note", 1...TextLimit.note)
    }

    var command: VoidCase { VoidCase(caseID: caseID, publicNote: publicNote, note: note) }
}

struct MergeInput: EndpointInput {
    let caseID: CaseID
    let number: CaseNumber?
    let intoID: CaseID?
    let note: String

    init(_ fields: inout Fields) {
        caseID = fields.id("case")
        let text = fields.text("into", 1...60)
        number = CaseNumber(text)
        intoID = CaseID(text)
        if number == nil && intoID == nil && !text.isEmpty { fields.refuse("into", "case.number-unreadable") }
        note = fields.text("note", 1...TextLimit.note)
    }
}

struct SplitInput: EndpointInput {
    let caseID: CaseID
    let report: ReportID
    let destination: SplitDestination
    let title: String?
    let matter: MatterReference?
    let verification: Verification
    let note: String

    init(_ fields: inout Fields) {
        caseID = fields.id("case")
        report = fields.id("report")
        destination = fields.choice("destination")
        title = fields.optionalText("title", maximum: TextLimit.title)
        matter = fields.matter("matter")
        verification = fields.optionalChoice("verification") ?? .onSpot
        note = fields.text("note", 1...TextLimit.note)
    }

    var command: SplitCase {
        SplitCase(
            caseID: caseID, report: report, destination: destination, title: title, matter: matter,
            verification: verification, note: note)
    }
}
