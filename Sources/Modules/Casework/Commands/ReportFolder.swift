import Domain
import Storage

/// A report inside a transaction: locked, checked, changed and put back as one.
struct ReportFolder {
    let report: Report
    let scopes: Set<Scope>

    /// Locks the report and asks for the right.
    /// - Throws: `report.unknown` for people who may not read it; `forbidden`.
    static func locking(
        _ id: ReportID, _ permission: Permission, by actor: Actor, in casework: Casework, _ tx: WriteTransaction
    ) throws -> ReportFolder {
        guard let report = try ReportStore.lock(id, tx) else { throw Authority.noReport }
        let folder = ReportFolder(report: report, scopes: try casework.scopes(of: report.area))
        try Authority.require(
            permission, reading: CaseworkPermission.readReport, by: actor, on: folder.scopes,
            missing: Authority.noReport)
        return folder
    }

    func save(_ changed: Report, step: Step, in casework: Casework, _ tx: WriteTransaction) throws {
        try ReportStore.update(changed, from: report, scopes: scopes, tx)
        try ReportClock.follow(step, from: report, to: changed, in: casework, tx)
        if let decision = settled(by: step, changed) { try ObjectionStore.decide([changed.id], decision, tx) }
        try History.record(
            [step], of: changed.id.uuid, version: changed.version,
            move: QueueMove(from: report.countedPlaces(scopes), to: changed.countedPlaces(scopes)), in: casework, tx)
    }

    static func insert(
        _ sealed: SealedReport, scopes: Set<Scope>, step: Step, in casework: Casework, _ tx: WriteTransaction
    ) throws {
        try ReportStore.insert(sealed, scopes: scopes, tx)
        try History.record(
            [step], of: sealed.report.id.uuid, version: sealed.report.version,
            move: QueueMove(from: [], to: sealed.report.countedPlaces(scopes)), in: casework, tx)
    }
}

extension Report {
    func countedPlaces(_ scopes: Set<Scope>) -> Set<QueueMove.Place> {
        Set(scopes.map { QueueMove.Place(scope: $0.id, queue: queue) })
    }
}
