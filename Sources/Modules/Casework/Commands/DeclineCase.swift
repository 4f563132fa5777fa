public import Domain
import Storage

/// Does not file a case; its reporters are told why: 不立案.
public struct DeclineCase: Sendable {
    public var caseID: CaseID
    public var publicNote: String
    public var note: String?

    public init(caseID: CaseID, publicNote: String, note: String? = nil) {
        self.caseID = caseID
        self.publicNote = publicNote
        self.note = note
    }

    /// - Throws: `case.unknown`, `forbidden`, and the violations of ``Case/declining(publicNote:note:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let folder = try CaseFolder.locking(caseID, CaseworkPermission.declineCase, by: actor, in: casework, tx)
            let change = try folder.caseFile.declining(publicNote: publicNote, note: note, by: act)
            try folder.save(change.value, steps: [change.step], in: casework, tx)
            try change.value.tellReports(by: act, in: casework, tx)
            return caseID
        }
    }
}

/// Sends a case back to verification: 退回核实.
public struct SendBackCase: Sendable {
    public var caseID: CaseID
    public var note: String

    public init(caseID: CaseID, note: String) {
        self.caseID = caseID
        self.note = note
    }

    /// - Throws: `case.unknown`, `forbidden`, and the violations of ``Case/sendingBack(note:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let folder = try CaseFolder.locking(caseID, CaseworkPermission.fileCase, by: actor, in: casework, tx)
            let change = try folder.caseFile.sendingBack(note: note, by: act)
            try folder.save(change.value, steps: [change.step], in: casework, tx)
            return caseID
        }
    }
}

/// Looks again at the decision not to file: 重新审核.
public struct ReconsiderCase: Sendable {
    public var caseID: CaseID
    public var note: String

    public init(caseID: CaseID, note: String) {
        self.caseID = caseID
        self.note = note
    }

    /// - Throws: `case.unknown`, `forbidden`, and the violations of ``Case/reconsidering(note:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let folder = try CaseFolder.locking(caseID, CaseworkPermission.reconsiderCase, by: actor, in: casework, tx)
            let change = try folder.caseFile.reconsidering(note: note, by: act)
            try folder.save(change.value, steps: [change.step], in: casework, tx)
            try change.value.reopenReports(by: act, in: casework, tx)
            return caseID
        }
    }
}

/// Puts a case away: 归档.
public struct ArchiveCase: Sendable {
    public var caseID: CaseID
    public var note: String?

    public init(caseID: CaseID, note: String? = nil) {
        self.caseID = caseID
        self.note = note
    }

    /// - Throws: `case.unknown`, `forbidden`, and the violations of ``Case/archiving(note:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let folder = try CaseFolder.locking(caseID, CaseworkPermission.archiveCase, by: actor, in: casework, tx)
            let change = try folder.caseFile.archiving(note: note, by: act)
            try folder.save(change.value, steps: [change.step], in: casework, tx)
            return caseID
        }
    }
}

extension Case {
    /// Tells the public note of a case that ends without a result to every report that has no answer yet. After the
    /// case's lock: a report that was joining has either joined by now or finds the case over.
    func tellReports(by act: Act, in casework: Casework, _ tx: WriteTransaction) throws {
        guard let publicAnswer else { return }
        for report in try ReportStore.lockAll(of: id, tx) where report.state == .accepted {
            let change = try report.toldWithoutResult(publicAnswer, by: act)
            try ReportFolder(report: report, scopes: try casework.scopes(of: report.area))
                .save(change.value, step: change.step, in: casework, tx)
        }
    }

    /// Takes every report up again that had an answer.
    func reopenReports(by act: Act, in casework: Casework, _ tx: WriteTransaction) throws {
        for report in try ReportStore.lockAll(of: id, tx) where report.state.isAnswered {
            let change = try report.reopening(by: act)
            try ReportFolder(report: report, scopes: try casework.scopes(of: report.area))
                .save(change.value, step: change.step, in: casework, tx)
        }
    }
}
