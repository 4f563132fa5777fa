public import Domain
import Storage

/// Says that the work is done and checked: everybody who reported it gets the answer and is asked about it (办结转回访).
public struct FinishCase: Sendable {
    public var caseID: CaseID
    public var closing: Closing

    public init(caseID: CaseID, closing: Closing) {
        self.caseID = caseID
        self.closing = closing
    }

    /// - Throws: `case.unknown`, `forbidden`, the violations of ``Case/finishing(_:tasks:asking:by:)``; the conflict
    ///   `case.photo-missing` when the matter asks for photos that the lead has not shown.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let folder = try CaseFolder.locking(caseID, CaseworkPermission.closeCase, by: actor, in: casework, tx)
            let reports = try ReportStore.lockAll(of: caseID, tx)
            let asking = try folder.asking(reports, in: casework, tx)
            let change = try folder.caseFile.finishing(closing, tasks: folder.tasks, asking: asking, by: act)
            try EvidenceFolder.requireForClosing(as: change.value.outcome ?? .done, folder, in: casework, tx)
            try folder.save(change.value, steps: [change.step], in: casework, tx)
            try change.value.answerAll(reports, by: act, in: casework, tx)
            return caseID
        }
    }
}

/// Ends a case: 结案. Everybody who reported it and has no answer yet gets it.
public struct CloseCase: Sendable {
    public var caseID: CaseID
    public var closing: Closing

    public init(caseID: CaseID, closing: Closing) {
        self.caseID = caseID
        self.closing = closing
    }

    /// - Throws: `case.unknown`, `forbidden`, the violations of ``Case/closing(_:tasks:asking:by:)``; the conflict
    ///   `case.photo-missing` when the matter asks for photos that the lead has not shown.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let folder = try CaseFolder.locking(caseID, CaseworkPermission.closeCase, by: actor, in: casework, tx)
            // After the case's lock: a report that was joining has either joined by now or finds the case closed.
            let reports = try ReportStore.lockAll(of: caseID, tx)
            let asking = try folder.asking(reports, in: casework, tx)
            let change = try folder.caseFile.closing(closing, tasks: folder.tasks, asking: asking, by: act)
            try EvidenceFolder.requireForClosing(as: change.value.outcome ?? .done, folder, in: casework, tx)
            try folder.save(change.value, steps: [change.step], in: casework, tx)
            try change.value.answerAll(reports, by: act, in: casework, tx)
            return caseID
        }
    }
}

extension Case {
    /// Tells the result to every report of the case that has none yet.
    /// - Parameter reports: all of them, locked.
    func answerAll(_ reports: [Report], by act: Act, in casework: Casework, _ tx: WriteTransaction) throws {
        guard let publicAnswer, let outcome else { return }
        for report in reports where report.state == .accepted {
            let answered = try report.answering(publicAnswer, outcome: outcome, by: act)
            try ReportFolder(report: report, scopes: try casework.scopes(of: report.area))
                .save(answered.value, step: answered.step, in: casework, tx)
        }
    }
}
