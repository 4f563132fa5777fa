import Domain
import Foundation
import Storage

/// The clock of a report: the centre has to decide about it in time.
///
/// Intake writes nothing for it. The clock follows from the moment of coming in, and gets a row when there is something
/// to keep: at the decision, at a question to the sender, or when ``watching`` finds that the warning share is reached.
enum ReportClock {
    static let kind = "casework.report-clock"

    /// How often it is looked for reports that wait too long.
    static let interval: Int64 = 60
    private static let batch = 100

    // MARK: Following the history

    /// - Parameters:
    ///   - report: before the step.
    ///   - changed: after it.
    static func follow(
        _ step: Step, from report: Report, to changed: Report, in casework: Casework, _ tx: WriteTransaction
    ) throws {
        guard let action = ReportAction(rawValue: step.action) else { return }
        let isUndecided = report.state == .received || report.state == .asked
        let act = Act(of: step, in: casework.world)
        switch action {
        case .ask:
            try change(report, by: act, in: casework, tx) { limit, _ in (limit.paused(at: act.at), nil) }
        case .supplement:
            try change(report, by: act, in: casework, tx) { try $0.resumed(by: act, calendar: $1) }
        case .accept, .join, .refuse, .withdraw:
            guard isUndecided else { return }
            try change(report, by: act, in: casework, tx) { limit, calendar in
                var limit = limit.finished(at: act.at, calendar: calendar)
                limit.caseID = changed.caseID
                return (limit, nil)
            }
        case .reconsider, .giveBack:
            let last = try LimitStore.all(of: .report(report.id), tx).last
            guard
                let limit = try beginning(
                    report.id, at: act.at, generation: (last?.generation ?? 0) + 1, by: act, in: casework, tx)
            else { return }
            try LimitStore.insert(limit, tx)
            try LimitTimer.plan(limit, insteadOf: nil, tx)
        case .move:
            guard var limit = try LimitStore.all(of: .report(report.id), tx).last else { return }
            limit.caseID = changed.caseID
            try LimitStore.update(limit, tx)
        case .submit, .answer, .rate, .reopen, .object, .uphold: return
        }
    }

    private static func change(
        _ report: Report, by act: Act, in casework: Casework, _ tx: WriteTransaction,
        _ body: (Limit, WorkCalendar) throws -> (limit: Limit, step: Step?)
    ) throws {
        let old = try LimitStore.all(of: .report(report.id), tx).last
        guard
            let limit = try old
                ?? beginning(report.id, at: report.id.madeAt, generation: 1, by: act, in: casework, tx),
            limit.isOpen
        else { return }
        let seen = try limit.watched(by: act)
        let calendar = try casework.timetable(tx).calendar(of: nil)
        let changed = try body(seen.limit, calendar)
        if old == nil { try LimitStore.insert(changed.limit, tx) } else { try LimitStore.update(changed.limit, tx) }
        try LimitTimer.plan(changed.limit, insteadOf: old, tx)
        try LimitTimer.tell(seen.steps + [changed.step].compactMap(\.self), in: casework, tx)
    }

    /// `nil` where nothing is said of how soon reports are decided about.
    private static func beginning(
        _ report: ReportID, at start: Instant, generation: Int, by act: Act, in casework: Casework,
        _ tx: ReadTransaction
    ) throws -> Limit? {
        guard let amount = try casework.limitPlan(for: nil, tx).amounts[.accept] else { return nil }
        return Limit.beginning(
            LimitOrder(stage: .accept, subject: .report(report), caseID: nil), term: .amount(amount),
            generation: generation, id: act.id(), at: start, calendar: try casework.timetable(tx).calendar(of: nil))
    }

    // MARK: Reports that wait

    /// Where the watch has come to: every report up to this one has been decided about, or has a row.
    private struct Progress: Codable {
        var after: ReportID?
    }

    /// Looks, every minute, for reports that wait and have reached the warning share, and gives their clocks a row and a
    /// timer. Walks along the reports in the order of their coming in, and never back.
    static func handler(in casework: Casework) -> JobHandler {
        .inTransaction(kind) { job, tx in
            let now = casework.world.now()
            var progress = try JSONDecoder().decode(Progress.self, from: Data(job.payload.utf8))
            let isMore = try watch(&progress, in: casework, tx)
            let payload = String(decoding: try JSONEncoder().encode(progress), as: UTF8.self)
            try tx.schedule(
                kind, key: job.key, payload: payload, at: isMore ? now : now.advanced(bySeconds: interval))
        }
    }

    private static func watch(_ progress: inout Progress, in casework: Casework, _ tx: WriteTransaction) throws -> Bool
    {
        let act = Act.system(in: casework.world)
        guard let amount = try casework.limitPlan(for: nil, tx).amounts[.accept] else { return false }
        let calendar = try casework.timetable(tx).calendar(of: nil)
        let bound = ReportID(UUIDValue(firstAt: act.at))
        let first = ReportID(UUIDValue(high: 0, low: 0))
        let ids = try LimitStore.unwatchedReports(after: progress.after ?? first, before: bound, limit: batch, tx)
        for id in ids {
            let limit = Limit.beginning(
                LimitOrder(stage: .accept, subject: .report(id), caseID: nil), term: .amount(amount), generation: 1,
                id: act.id(), at: id.madeAt, calendar: calendar)
            // Later ones came in later and end later.
            guard limit.warnAt <= act.at else { return false }
            progress.after = id
            // The lock that decisions take: it may have been decided about since it was found.
            guard let report = try ReportStore.lock(id, tx), report.state == .received,
                try LimitStore.all(of: .report(id), tx).isEmpty
            else { continue }
            try LimitStore.insert(limit, tx)
            try LimitTimer.plan(limit, insteadOf: nil, tx)
        }
        return ids.count == batch
    }
}
