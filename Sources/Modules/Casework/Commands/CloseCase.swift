public import Domain
import Storage

/// Ends a case and tells everybody who reported it: 结案.
public struct CloseCase: Sendable {
    public var caseID: CaseID
    public var closing: Closing

    public init(caseID: CaseID, closing: Closing) {
        self.caseID = caseID
        self.closing = closing
    }

    /// - Throws: `case.unknown`, `forbidden`, the violations of ``Case/closing(_:tasks:by:)``; the conflict
    ///   `case.photo-missing` when the matter asks for photos that the lead has not shown.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let folder = try CaseFolder.locking(caseID, CaseworkPermission.closeCase, by: actor, in: casework, tx)
            let change = try folder.caseFile.closing(closing, tasks: folder.tasks, by: act)
            try EvidenceFolder.requireForClosing(as: closing.outcome, folder, in: casework, tx)
            try folder.save(change.value, steps: [change.step], in: casework, tx)
            // After the case's lock: a report that was joining has either joined by now or finds the case closed.
            for report in try ReportStore.lockAll(of: caseID, tx) where report.state == .accepted {
                let answered = try report.answering(
                    change.value.publicAnswer ?? closing.publicText, outcome: closing.outcome, by: act)
                try ReportFolder(report: report, scopes: try casework.scopes(of: report.area))
                    .save(answered.value, step: answered.step, in: casework, tx)
            }
            return caseID
        }
    }
}
