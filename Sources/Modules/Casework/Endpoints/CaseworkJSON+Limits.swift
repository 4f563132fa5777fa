import Domain
import Web

/// A running or past clock. What is left is given in the limit's own unit: milliseconds for hours, days for days.
struct LimitJSON: Codable, Sendable {
    let stage: LimitStage
    let subject: SubjectKind
    let subjectId: UUIDValue
    let organisation: OrganisationID?
    let amount: Int?
    let unit: LimitUnit?
    let beganAt: String
    let dueAt: String
    let warnAt: String
    let isOver: Bool
    let left: Int64
    let provisional: Bool
    let holidays: String
    let generation: Int
    let pausedSince: String?
    let warnedAt: String?
    let missedAt: String?
    let finishedAt: String?
    let cancelledAt: String?

    init(_ view: LimitView) {
        let limit = view.limit
        stage = limit.stage
        subject = limit.subject.kind
        subjectId = limit.subject.id
        organisation = limit.organisation
        amount = limit.amount?.count
        unit = limit.amount?.unit
        beganAt = limit.beganAt.iso8601(at: .china)
        dueAt = limit.dueAt.iso8601(at: .china)
        warnAt = limit.warnAt.iso8601(at: .china)
        isOver = view.isOver
        switch view.left {
        case .milliseconds(let time): left = time
        case .days(let days): left = Int64(days)
        }
        provisional = limit.isProvisional
        holidays = limit.tableVersion
        generation = limit.generation
        pausedSince = limit.pausedAt?.iso8601(at: .china)
        warnedAt = limit.warnedAt?.iso8601(at: .china)
        missedAt = limit.missedAt?.iso8601(at: .china)
        finishedAt = limit.finishedAt?.iso8601(at: .china)
        cancelledAt = limit.cancelledAt?.iso8601(at: .china)
    }
}
