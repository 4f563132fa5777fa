import Domain
import Foundation
import Storage

/// Computes provisional limits again when a table of holidays was imported, a few at a time; each end that changes is a
/// step in the history of its case.
enum Recalculation {
    static let kind = "casework.recalculation"
    private static let batch = 20

    private struct Progress: Codable {
        var after: LimitID?
    }

    /// Plans the work for the table that was written in this transaction.
    static func plan(at now: Instant, _ tx: WriteTransaction) throws {
        try tx.schedule(kind, key: "", at: now)
    }

    static func handler(in casework: Casework) -> JobHandler {
        .inTransaction(kind) { job, tx in
            let progress = try JSONDecoder().decode(Progress.self, from: Data(job.payload.utf8))
            let version = try casework.timetable(tx).table.version
            let found = try LimitStore.provisional(notBy: version, after: progress.after, limit: batch, tx)
            for limit in found { try recalculate(limit, in: casework, tx) }
            guard let last = found.last, found.count == batch else { return }
            let next = String(decoding: try JSONEncoder().encode(Progress(after: last.id)), as: UTF8.self)
            try tx.schedule(kind, key: job.key, payload: next, at: casework.world.now())
        }
    }

    private static func recalculate(_ limit: Limit, in casework: Casework, _ tx: WriteTransaction) throws {
        let act = Act.system(in: casework.world)
        guard let caseID = limit.caseID else { return try recalculateReport(limit, by: act, in: casework, tx) }
        guard let stored = try CaseStore.lock(caseID, tx) else { return }
        let folder = CaseFolder(
            stored: stored, tasks: try TaskStore.all(of: caseID, tx),
            areaScopes: try casework.scopes(of: stored.caseFile.area))
        var keeper = try LimitKeeper(stored.caseFile, tasks: folder.tasks, by: act, in: casework, tx)
        try keeper.recalculate(limit.id)
        try keeper.save()
        if !keeper.steps.isEmpty { try folder.save(keeper, steps: keeper.steps, in: casework, tx) }
    }

    private static func recalculateReport(
        _ found: Limit, by act: Act, in casework: Casework, _ tx: WriteTransaction
    ) throws {
        guard case .report(let report) = found.subject, try ReportStore.lock(report, tx) != nil,
            let limit = try LimitStore.find(found.id, tx), limit.isRunning, limit.missedAt == nil
        else { return }
        let change = try limit.recalculated(.holidays, by: act, calendar: try casework.timetable(tx).calendar(of: nil))
        try LimitStore.update(change.limit, tx)
        try LimitTimer.plan(change.limit, insteadOf: limit, tx)
        try LimitTimer.tell([change.step].compactMap(\.self), in: casework, tx)
    }
}
