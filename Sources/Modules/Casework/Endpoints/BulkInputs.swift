import Domain
import Web

// The inputs of verbs that are asked of several things at once: the same fields, and a list instead of one.

struct BulkDispatchInput: EndpointInput {
    let cases: [CaseID]
    let order: DispatchOrder

    init(_ fields: inout Fields) {
        cases = fields.several("cases")
        order = DispatchOrder(
            lead: fields.optionalID("lead"), assists: fields.ids("assists", maximum: 20),
            ground: fields.choice("ground"),
            groundReference: fields.text("groundReference", 1...TextLimit.groundReference),
            dueAt: fields.deadline("dueAt"), note: fields.optionalText("note", maximum: TextLimit.note))
    }
}

struct BulkCloseInput: EndpointInput {
    let cases: [CaseID]
    let closing: Closing

    init(_ fields: inout Fields) {
        cases = fields.several("cases")
        closing = Closing(
            outcome: fields.choice("outcome"), publicText: fields.text("publicText", 1...TextLimit.publicText),
            note: fields.optionalText("note", maximum: TextLimit.note))
    }
}

struct BulkWithdrawInput: EndpointInput {
    let cases: [CaseID]
    let note: String

    init(_ fields: inout Fields) {
        cases = fields.several("cases")
        note = fields.text("note", 1...TextLimit.note)
    }
}

struct BulkVoidInput: EndpointInput {
    let cases: [CaseID]
    let publicNote: String
    let note: String

    init(_ fields: inout Fields) {
        cases = fields.several("cases")
        publicNote = fields.text("publicNote", 1...TextLimit.publicText)
        note = fields.text("note", 1...TextLimit.note)
    }
}

struct BulkJoinInput: EndpointInput {
    let reports: [ReportID]
    let number: CaseNumber?
    let caseID: CaseID?
    let note: String?

    init(_ fields: inout Fields) {
        reports = fields.several("reports")
        let text = fields.text("case", 1...60)
        number = CaseNumber(text)
        caseID = CaseID(text)
        if number == nil && caseID == nil && !text.isEmpty { fields.refuse("case", "case.number-unreadable") }
        note = fields.optionalText("note", maximum: TextLimit.note)
    }
}

extension Fields {
    /// At least one identifier and at most as many as one request may name.
    fileprivate mutating func several<Subject>(_ name: String) -> [ID<Subject>] {
        let before = violations.count
        let found: [ID<Subject>] = ids(name, maximum: Casework.bulkLimit)
        if found.isEmpty, violations.count == before { refuse(name, "bulk.nothing-chosen") }
        return found
    }
}

struct BulkJSON: JSONAnswer {
    struct Item: Codable, Sendable {
        struct Problem: Codable, Sendable {
            let code: String
            let field: String?
        }

        let id: UUIDValue
        let done: Bool
        /// Why not.
        let problems: [Problem]
    }

    /// In the order asked for.
    let items: [Item]
    let done: Int
    let refused: Int

    init<Subject>(_ outcomes: [BulkItem<ID<Subject>>]) {
        items = outcomes.map { outcome in
            Item(
                id: outcome.id.uuid, done: outcome.isDone,
                problems: outcome.violations.map { Item.Problem(code: $0.code, field: $0.field) })
        }
        done = outcomes.filter(\.isDone).count
        refused = outcomes.count - done
    }
}
