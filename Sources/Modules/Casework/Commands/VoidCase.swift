public import Domain
import Storage

/// Takes a case off the books that was opened wrongly: 作废.
public struct VoidCase: Sendable {
    public var caseID: CaseID
    public var publicNote: String
    public var note: String

    public init(caseID: CaseID, publicNote: String, note: String) {
        self.caseID = caseID
        self.publicNote = publicNote
        self.note = note
    }

    /// - Throws: `case.unknown`, `forbidden`, and the violations of ``Case/voiding(publicNote:note:tasks:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let folder = try CaseFolder.locking(caseID, CaseworkPermission.voidCase, by: actor, in: casework, tx)
            let change = try folder.caseFile.voiding(
                publicNote: publicNote, note: note, tasks: folder.tasks, by: act)
            try folder.save(change.caseFile, changed: change.tasks, steps: change.steps, in: casework, tx)
            try change.caseFile.tellReports(by: act, in: casework, tx)
            return caseID
        }
    }
}

/// Lets a case go on in another one that is about the same thing: 合并. Its reports move along.
public struct MergeCase: Sendable {
    public var caseID: CaseID
    public var into: CaseID
    public var note: String

    public init(caseID: CaseID, into: CaseID, note: String) {
        self.caseID = caseID
        self.into = into
        self.note = note
    }

    /// - Returns: the case that goes on.
    /// - Throws: `case.unknown`, `forbidden` (it takes the right on both), and the violations of
    ///   ``Case/merging(into:note:tasks:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            // Two cases are locked in the order of their identifiers, so that two merges cannot wait for each other.
            var folders: [CaseID: CaseFolder] = [:]
            for id in Set([caseID, into]).sorted(by: { $0.uuid < $1.uuid }) {
                folders[id] = try CaseFolder.locking(id, CaseworkPermission.mergeCase, by: actor, in: casework, tx)
            }
            guard let folder = folders[caseID], let other = folders[into]?.caseFile else { throw Authority.noCase }
            let change = try folder.caseFile.merging(into: other, note: note, tasks: folder.tasks, by: act)
            try folder.save(change.caseFile, changed: change.tasks, steps: change.steps, in: casework, tx)
            for report in try ReportStore.lockAll(of: caseID, tx) where report.state == .accepted {
                let moved = try report.moving(to: other, from: folder.caseFile, by: act)
                try ReportFolder(report: report, scopes: try casework.scopes(of: report.area))
                    .save(moved.value, step: moved.step, in: casework, tx)
            }
            return into
        }
    }
}

/// Lets a report go that was joined to the wrong case: 拆分.
public struct SplitCase: Sendable {
    public var caseID: CaseID
    public var report: ReportID
    public var destination: SplitDestination
    public var title: String?
    public var matter: MatterReference?
    public var verification: Verification
    public var note: String

    public init(
        caseID: CaseID, report: ReportID, destination: SplitDestination, title: String? = nil,
        matter: MatterReference? = nil, verification: Verification = .onSpot, note: String
    ) {
        self.caseID = caseID
        self.report = report
        self.destination = destination
        self.title = title
        self.matter = matter
        self.verification = verification
        self.note = note
    }

    /// - Returns: the new case, or the one that the report has left.
    /// - Throws: `case.unknown`, `forbidden`, and the violations of
    ///   ``Case/splitting(off:of:into:note:catalogues:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        let id: CaseID = casework.world.id()
        return try await casework.deed(once) { tx in
            let folder = try CaseFolder.locking(caseID, CaseworkPermission.mergeCase, by: actor, in: casework, tx)
            let reports = try ReportStore.lockAll(of: caseID, tx)
            let new =
                destination == .reception
                ? nil : NewCase(id: id, title: title, matter: matter, verification: verification)
            let splitting = try folder.caseFile.splitting(
                off: report, of: reports, into: new, note: note, catalogues: casework.catalogues, by: act)
            try folder.save(splitting.caseFile, steps: [splitting.left], in: casework, tx)
            if let old = reports.first(where: { $0.id == report }) {
                try ReportFolder(report: old, scopes: try casework.scopes(of: old.area))
                    .save(splitting.report, step: splitting.parted, in: casework, tx)
            }
            guard let opened = splitting.opened, let opening = splitting.opening else { return caseID }
            try CaseFolder.insert(opened, steps: [opening], in: casework, tx)
            return id
        }
    }
}
