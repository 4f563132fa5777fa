import Domain
import Web

struct ExtensionInput: EndpointInput {
    let task: TaskID
    let until: Instant?
    let reason: String

    init(_ fields: inout Fields) {
        task = fields.id("task")
        until = fields.requiredDeadline("until")
        reason = fields.text("reason", 1...TextLimit.note)
    }

    var command: AskExtension {
        AskExtension(task: task, until: until ?? Instant(milliseconds: 0), reason: reason)
    }
}

struct ExtensionDecisionInput: EndpointInput {
    let task: TaskID
    let verdict: OverlayVerdict
    let note: String?

    init(_ fields: inout Fields) {
        task = fields.id("task")
        verdict = fields.choice("verdict")
        note = fields.optionalText("note", maximum: TextLimit.note)
    }

    var command: DecideExtension { DecideExtension(task: task, verdict: verdict, note: note) }
}

struct ParkingInput: EndpointInput {
    let caseID: CaseID
    let until: Instant?
    let reason: String

    init(_ fields: inout Fields) {
        caseID = fields.id("case")
        until = fields.requiredDeadline("until")
        reason = fields.text("reason", 1...TextLimit.note)
    }

    var command: AskParking {
        AskParking(caseID: caseID, until: until ?? Instant(milliseconds: 0), reason: reason)
    }
}

struct ParkingDecisionInput: EndpointInput {
    let caseID: CaseID
    let verdict: OverlayVerdict
    let note: String?

    init(_ fields: inout Fields) {
        caseID = fields.id("case")
        verdict = fields.choice("verdict")
        note = fields.optionalText("note", maximum: TextLimit.note)
    }

    var command: DecideParking { DecideParking(caseID: caseID, verdict: verdict, note: note) }
}

extension Fields {
    /// A deadline that must be there; nothing is done when it is not.
    mutating func requiredDeadline(_ name: String) -> Instant? {
        guard let text = optionalText(name, maximum: 40), !text.isEmpty else {
            refuse(name, "input.missing")
            return nil
        }
        return deadline(name)
    }
}
