public import Domain
import Storage

/// The sender does not agree with a refusal or an answer; the centre has to decide: 申诉.
public struct ObjectToReport: Sendable {
    public var speaking: Speaking
    public var words: String

    public init(speaking: Speaking, words: String) {
        self.speaking = speaking
        self.words = words
    }

    /// - Throws: `tracking-code.unknown`, `story.staff`, `report.unknown`, `forbidden`; `report.case-over` once the
    ///   case is put away; the violations of ``Report/objecting(_:history:policy:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> ReportID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let folder = try ReportFolder.locking(speaking, by: actor, in: casework, tx)
            let report = folder.report
            let (change, objection) = try report.objecting(
                words, history: try StepStore.all(of: .report(report.id), tx), policy: casework.voice, by: act)
            if let id = report.caseID, let stored = try CaseStore.find(id, tx),
                !stored.caseFile.state.canBeTakenUpAgain
            {
                throw RuleViolation(.conflict, "report.case-over")
            }
            try folder.save(change.value, step: change.step, in: casework, tx)
            try ObjectionStore.insert(objection, tx)
            return report.id
        }
    }
}

/// Somebody of the centre decides about an objection, or finds a refusal wrong without one: 复核.
///
/// Granted: a refused report waits for a decision again; a case that was answered is taken up again with the same
/// responsibility, for everybody who reported it. Upheld: it stays, and the sender is told why.
public struct RuleOnObjection: Sendable {
    public var report: ReportID
    public var ruling: ObjectionRuling
    public var publicNote: String?
    public var note: String?

    public init(report: ReportID, ruling: ObjectionRuling, publicNote: String? = nil, note: String? = nil) {
        self.report = report
        self.ruling = ruling
        self.publicNote = publicNote
        self.note = note
    }

    /// - Throws: `report.unknown`, `forbidden`; `report.no-objection`; the violations of
    ///   ``Report/upholding(publicNote:note:history:by:)``, ``Report/reconsidering(publicNote:note:by:)`` and
    ///   ``Case/reopening(note:tasks:by:)`` or ``Case/reconsidering(note:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> ReportID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            // Looked at before anything is locked: a case is locked before its reports.
            guard let seen = try ReportStore.find(report, tx) else { throw Authority.noReport }
            if ruling == .granted, seen.state.isAnswered, let caseID = seen.caseID {
                try Authority.require(
                    CaseworkPermission.ruleReport, reading: CaseworkPermission.readReport, by: actor,
                    on: try casework.scopes(of: seen.area), missing: Authority.noReport)
                try takeUpAgain(caseID, by: actor, act, in: casework, tx)
                return report
            }
            let folder = try ReportFolder.locking(
                report, CaseworkPermission.ruleReport, by: actor, in: casework, tx)
            let change: Change<Report>
            switch ruling {
            case .granted:
                change = try folder.report.reconsidering(publicNote: publicNote, note: note, by: act)
            case .upheld:
                change = try folder.report.upholding(
                    publicNote: publicNote, note: note, history: try StepStore.all(of: .report(report), tx), by: act)
            }
            try folder.save(change.value, step: change.step, in: casework, tx)
            return report
        }
    }

    private func takeUpAgain(
        _ caseID: CaseID, by actor: Actor, _ act: Act, in casework: Casework, _ tx: WriteTransaction
    ) throws {
        let folder = try CaseFolder.locking(caseID, CaseworkPermission.ruleReport, by: actor, in: casework, tx)
        let found = try ReportStore.lockAll(of: caseID, tx).first { $0.id == report }
        guard let found, found.state.isAnswered else { throw RuleViolation(.conflict, "report.not-now") }
        guard found.objectedAt != nil, let objection = try ObjectionStore.all(of: [report], tx).last else {
            throw RuleViolation(.conflict, "report.no-objection")
        }
        var findings = Findings()
        let told = findings.text(publicNote, field: "publicNote", limit: TextLimit.publicText)
        let note = findings.text(note, field: "note", limit: TextLimit.note)
        try findings.settle()
        // Before the reports are saved, which would settle it without the words for the sender.
        try ObjectionStore.decide(
            [report],
            Objection.Decision(
                ruling: .granted, at: act.at, publicNote: told, account: act.account, organisation: act.organisation),
            tx)
        let reason = note ?? objection.words
        guard folder.caseFile.state == .notFiled else {
            return try ReopenCase.reopen(folder, note: reason, by: act, in: casework, tx)
        }
        let change = try folder.caseFile.reconsidering(note: reason, by: act)
        try folder.save(change.value, steps: [change.step], in: casework, tx)
        try change.value.reopenReports(by: act, in: casework, tx)
    }
}

extension CaseState {
    /// Whether an objection can still lead to something.
    var canBeTakenUpAgain: Bool {
        let actions = CaseState.transitions[self] ?? [:]
        return actions[.reopen] != nil || actions[.reconsider] != nil
    }
}
