import Areas
import Domain
import Identity
import Web

/// What the console shows: one scope, one list, one thing beside it.
struct ConsoleModel: Sendable {
    enum Entry: Sendable {
        case report(Report)
        case caseFile(CaseSummary)
    }

    enum Selection: Sendable {
        case nothing
        case report(ReportDetail)
        case caseFile(CaseDetail)

        /// Whether a form names the organisations.
        var offersDispatch: Bool {
            if case .caseFile(let detail) = self { detail.verbs.contains(.dispatch) } else { false }
        }
    }

    let scope: Scope
    let scopes: [(scope: Scope, name: LocalizedName)]
    let queue: Queue
    let queues: [Queue]
    let counts: [Queue: Int]
    /// The cases of all lists by their ends, when that is what is shown.
    let due: DueFilter?
    let dueCounts: DueCounts
    /// By when the centre has to decide about the reports that are listed.
    let acceptLimits: [ReportID: LimitView]
    let entries: [Entry]
    let next: PageMark?
    let selection: Selection
    /// Whom a case can be given to.
    let organisations: [Organisation]
    let communities: [Area]
    let areaNames: [AreaID: LocalizedName]
    let forms: PageForms
    /// Whether the form for putting the case right is drawn; a link asks for it.
    let amends: Bool
    /// What is about to be done to several entries, and what could be.
    let bulk: BulkVerb?
    let bulkVerbs: [BulkVerb]
    let notice: Phrase?
    let catalogues: Catalogues
}

/// What an organisation's desk shows: to sign, in work, and one case.
struct DeskModel: Sendable {
    let scope: Scope
    let scopes: [(scope: Scope, name: LocalizedName)]
    let toSign: [CaseSummary]
    let working: [CaseSummary]
    let waiting: [CaseSummary]
    let dueCounts: DueCounts
    let isCut: Bool
    let selection: CaseDetail?
    /// The people who can be named for the selected task.
    let colleagues: [AccountStore.Colleague]
    let areaNames: [AreaID: LocalizedName]
    let forms: PageForms
    let notice: Phrase?
    let catalogues: Catalogues
}

/// What waits for a person, over all their scopes.
struct WorkModel: Sendable {
    struct Line: Sendable {
        let scope: Scope
        let name: LocalizedName
        let counts: [(queue: Queue, count: Int)]
    }

    let lines: [Line]
}
