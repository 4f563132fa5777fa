import Areas
public import Domain
public import Files
import Storage

/// Reports what was found on the round together with what was done about it: 自处置. It goes to check by somebody else.
public struct SelfHandle: Sendable {
    public var area: AreaID
    public var place: String?
    /// What was found.
    public var text: String
    public var work: PatrolWork
    /// What the place looked like before and after.
    public var before = Attachments.none
    public var after = Attachments.none

    public init(area: AreaID, place: String? = nil, text: String, work: PatrolWork) {
        self.area = area
        self.place = place
        self.text = text
        self.work = work
    }

    public struct Receipt: Codable, Hashable, Sendable {
        public let id: CaseID
        public let number: String
        public let report: ReportID
        public let trackingCode: String
    }

    /// - Throws: `forbidden` where the right does not hold, `area.no-street`, `file.unknown`, and the violations of
    ///   ``CaseTask/missingEvidence(for:needed:shown:)``,
    ///   ``Report/submitting(_:id:trackingCode:catalogues:by:)`` and
    ///   ``Report/selfHandling(_:caseID:catalogues:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> Receipt {
        var attempt = 1
        while true {
            do {
                return try await attemptOnce(by: actor, once: once, in: casework)
            } catch let error as StorageError where error.kind == .unique && attempt < 3 {
                // Another report has the tracking code.
                attempt += 1
            }
        }
    }

    private func attemptOnce(by actor: Actor, once: Once?, in casework: Casework) async throws -> Receipt {
        let act = Act(of: actor, in: casework.world)
        let caseID: CaseID = casework.world.id()
        let prepared = try SubmitReport(
            draft: ReportDraft(
                channel: .grid, area: area, place: place, hint: work.matter, title: work.title, text: text)
        ).prepare(by: actor, in: casework)
        try actor.require(CaseworkPermission.selfHandleCase, on: prepared.scopes)
        let received = prepared.sealed.report
        let done = try received.selfHandling(
            work, caseID: caseID, catalogues: casework.catalogues, by: act)
        let street = try casework.street(above: area)
        return try await casework.deed(once) { tx in
            try ReportFolder.insert(
                prepared.sealed, scopes: prepared.scopes, step: prepared.step, in: casework, tx)
            try ReportFolder(report: received, scopes: prepared.scopes)
                .save(done.report, step: done.accepted, in: casework, tx)
            try EvidenceFolder.require(
                for: .done, of: done.task, matter: done.caseFile.matter, before: before.count > 0,
                after: after.count > 0, in: casework, tx)
            let number = try casework.nextNumber(of: street, at: act.at, tx)
            try CaseFolder.insert(
                try done.caseFile.numbered(number), tasks: [done.task], steps: done.steps, in: casework, tx)
            try EvidenceFolder.append(before, as: .before, to: done.answer, by: actor, tx)
            try EvidenceFolder.append(after, as: .after, to: done.answer, by: actor, tx)
            return Receipt(
                id: caseID, number: number.description, report: received.id,
                trackingCode: received.trackingCode.digits)
        }
    }
}

extension Casework {
    /// The street that numbers the cases of an area, with its letters.
    /// - Throws: `area.no-street` for the field `area`.
    func street(above area: AreaID) throws(RuleViolation) -> (id: AreaID, letters: String) {
        guard let street = areas.tree.street(above: area), let letters = street.letters else {
            throw RuleViolation(.invalid, "area.no-street", field: "area")
        }
        return (street.id, letters)
    }

    /// The next case number of the street's day. The counter's row is locked from here to COMMIT, so that nothing that
    /// waits may come between.
    /// - Throws: `area.no-street` for the field `area` when the street's letters make no number.
    func nextNumber(
        of street: (id: AreaID, letters: String), at moment: Instant, _ tx: WriteTransaction
    ) throws -> CaseNumber {
        let day = LocalDay(of: moment, at: world.zone)
        let running = try CaseStore.nextNumber(street: street.id, day: day, tx)
        guard let number = CaseNumber(street: street.letters, day: day, running: running) else {
            throw RuleViolation(.invalid, "area.no-street", field: "area")
        }
        return number
    }
}
