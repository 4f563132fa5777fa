import Domain
public import Files
import Storage

/// Who may see the photos of reports and tasks: whoever may read the report, or the case that it or the task belongs to.
enum FileGuards {
    static let report: StaticString = "casework.report"
    static let caseFile: StaticString = "casework.case"
    static let task: StaticString = "casework.task"
    static let overlay: StaticString = "casework.overlay"
    static let limit: StaticString = "casework.limit"
}

extension Casework {
    /// For the list of modules.
    public var fileGuards: [FileGuard] {
        [
            FileGuard(FileGuards.report) { id, _, actor, tx in
                guard let report = try ReportStore.find(ReportID(id), tx) else { return false }
                if actor.may(CaseworkPermission.readReport, on: try scopes(of: report.area)) { return true }
                guard let caseID = report.caseID else { return false }
                return try mayRead(caseID, actor, tx)
            },
            FileGuard(FileGuards.task) { id, _, actor, tx in
                guard let caseID = try TaskStore.caseID(of: TaskID(id), tx) else { return false }
                return try mayRead(caseID, actor, tx)
            },
        ]
    }

    private func mayRead(_ caseID: CaseID, _ actor: Actor, _ tx: ReadTransaction) throws -> Bool {
        guard let stored = try CaseStore.find(caseID, tx) else { return false }
        let folder = CaseFolder(
            stored: stored, tasks: try TaskStore.all(of: caseID, tx), areaScopes: try scopes(of: stored.caseFile.area))
        return actor.may(CaseworkPermission.readCase, on: folder.scopes)
    }
}
