public import Domain
import Storage

/// What the sender of a report can say now, and what they have said and heard. Their own words are not in it: a code
/// may have come into other hands.
public struct StoryVoice: Sendable {
    /// What waits for the sender; it leads the page.
    public enum Waiting: Hashable, Sendable {
        case nothing
        /// To add what was asked for.
        case question(String, askedAt: Instant)
        /// To rate the answer.
        case rating
    }

    public let waiting: Waiting
    /// What the sender said of the answer that stands.
    public let rating: Rating?
    /// The last objection to what stands, or that led to what stands.
    public let objection: Objection?
    /// Whether the sender may take the report back.
    public let mayWithdraw: Bool
    /// Until when the sender may object, while they may.
    public let objectionEnds: Instant?
    /// How many others reported the same.
    public let others: Int
    /// Whether it was joined to a case that was there already.
    public let isJoined: Bool
}

extension Casework {
    /// - Parameter history: the report's own steps in the order of versions.
    func storyVoice(_ report: Report, history: [Step], _ tx: ReadTransaction) throws -> StoryVoice {
        let told = Report.told(history)
        var ends: Instant?
        if let told, report.mayBeObjected(at: world.now(), history: history, policy: voice) {
            ends = voice.objectionEnds(after: told.at)
        }
        let ratings = try RatingStore.all(of: report.id, tx)
        var waiting = report.state == .answered ? StoryVoice.Waiting.rating : .nothing
        if report.state == .asked, let question = Report.question(history) {
            waiting = .question(question.detail.publicNote ?? "", askedAt: question.at)
        }
        return StoryVoice(
            waiting: waiting,
            rating: report.state == .rated ? ratings.last : nil,
            objection: try ObjectionStore.all(of: [report.id], tx).last,
            mayWithdraw: ReportState.transitions[report.state]?[.withdraw] != nil, objectionEnds: ends,
            others: try report.caseID.map { try ReportStore.others(of: report.id, in: $0, tx) } ?? 0,
            isJoined: report.caseID != nil && history.contains { $0.action == ReportAction.join.rawValue })
    }

    /// What may be done about a report and for its sender now, besides taking it up: right and state together.
    func voiceVerbs(_ report: Report, _ history: [Step], _ scopes: Set<Scope>, by actor: Actor) -> Set<CaseVerb> {
        let may = { (permission: Permission) in actor.may(permission, on: scopes) }
        func can(_ action: ReportAction) -> Bool { ReportState.transitions[report.state]?[action] != nil }
        var verbs: Set<CaseVerb> = []
        if can(.refuse), may(CaseworkPermission.refuseReport) { verbs.insert(.refuse) }
        if can(.ask), may(CaseworkPermission.askReporter) { verbs.insert(.ask) }
        if may(CaseworkPermission.enterReport) {
            if can(.supplement) { verbs.insert(.supplement) }
            if can(.withdraw) { verbs.insert(.withdrawReport) }
            if report.mayBeObjected(at: world.now(), history: history, policy: voice) { verbs.insert(.object) }
        }
        if may(CaseworkPermission.ruleReport) {
            if report.objectedAt != nil { verbs.insert(.ruleObjection) }
            if report.objectedAt == nil, can(.reconsider) { verbs.insert(.reconsider) }
        }
        return verbs
    }
}
