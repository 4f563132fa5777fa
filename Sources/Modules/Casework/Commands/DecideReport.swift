public import Domain
import Storage

/// Takes a report up with a new case: 受理.
public struct AcceptReport: Sendable {
    public var report: ReportID
    public var title: String?
    public var matter: MatterReference?
    public var area: AreaID?
    public var verification: Verification
    public var note: String?

    public init(
        report: ReportID, title: String? = nil, matter: MatterReference? = nil, area: AreaID? = nil,
        verification: Verification, note: String? = nil
    ) {
        self.report = report
        self.title = title
        self.matter = matter
        self.area = area
        self.verification = verification
        self.note = note
    }

    /// - Returns: the new case.
    /// - Throws: `report.unknown`, `forbidden`, and the violations of ``Report/accepting(as:catalogues:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        let id: CaseID = casework.world.id()
        return try await casework.deed(once) { tx in
            let folder = try ReportFolder.locking(report, CaseworkPermission.acceptReport, by: actor, in: casework, tx)
            let acceptance = try folder.report.accepting(
                as: NewCase(id: id, title: title, matter: matter, area: area, verification: verification, note: note),
                catalogues: casework.catalogues, by: act)
            // Moving a case into an area where the acceptor has no say would take it out of everybody's sight here.
            try actor.require(CaseworkPermission.acceptReport, on: try casework.scopes(of: acceptance.caseFile.area))
            try folder.save(acceptance.report, step: acceptance.steps[0], in: casework, tx)
            try CaseFolder.insert(acceptance.caseFile, steps: Array(acceptance.steps.dropFirst()), in: casework, tx)
            return id
        }
    }
}

/// Takes a report up with a case that is being handled already: 并案.
public struct JoinReport: Sendable {
    public var report: ReportID
    public var caseID: CaseID
    public var note: String?

    public init(report: ReportID, caseID: CaseID, note: String? = nil) {
        self.report = report
        self.caseID = caseID
        self.note = note
    }

    /// - Throws: `report.unknown`, `case.unknown`, `forbidden`, and the violations of ``Report/joining(_:note:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let folder = try ReportFolder.locking(report, CaseworkPermission.acceptReport, by: actor, in: casework, tx)
            // Only a report of no case goes on to lock one; closing locks a case and then its reports, so that the two
            // cannot wait for each other.
            _ = try folder.report.state.applying(.join)
            let target = try CaseFolder.locking(caseID, CaseworkPermission.readCase, by: actor, in: casework, tx)
            let change = try folder.report.joining(target.caseFile, note: note, by: act)
            try folder.save(change.value, step: change.step, in: casework, tx)
            return caseID
        }
    }
}

/// Does not take a report up, with a reason that the sender is told: 不受理.
public struct RefuseReport: Sendable {
    public var report: ReportID
    public var reason: RefusalReason
    public var publicNote: String?
    public var note: String?

    public init(report: ReportID, reason: RefusalReason, publicNote: String? = nil, note: String? = nil) {
        self.report = report
        self.reason = reason
        self.publicNote = publicNote
        self.note = note
    }

    /// - Throws: `report.unknown`, `forbidden`, and the violations of ``Report/refusing(_:publicNote:note:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> ReportID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let folder = try ReportFolder.locking(report, CaseworkPermission.refuseReport, by: actor, in: casework, tx)
            let change = try folder.report.refusing(reason, publicNote: publicNote, note: note, by: act)
            try folder.save(change.value, step: change.step, in: casework, tx)
            return report
        }
    }
}
