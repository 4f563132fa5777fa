public import Domain
import Storage

/// Which report somebody speaks about, and for whom.
public enum Speaking: Hashable, Sendable {
    /// The sender, who has the code.
    case sender(TrackingCode)
    /// A seat for a caller.
    case behalf(ReportID)
}

extension ReportFolder {
    /// Locks the report that its sender, or a seat for them, says something about.
    /// - Throws: `tracking-code.unknown` for the field `code`; the forbidden `story.staff` for people who are signed
    ///   in: they see codes at work and could speak in a sender's name; `report.unknown`, `forbidden` for a seat.
    static func locking(
        _ speaking: Speaking, by actor: Actor, in casework: Casework, _ tx: WriteTransaction
    ) throws -> ReportFolder {
        switch speaking {
        case .behalf(let id):
            return try locking(id, CaseworkPermission.enterReport, by: actor, in: casework, tx)
        case .sender(let code):
            guard actor.account == nil else { throw RuleViolation(.forbidden, "story.staff") }
            guard let report = try ReportStore.lock(code, tx) else { throw Authority.noCode }
            return ReportFolder(report: report, scopes: try casework.scopes(of: report.area))
        }
    }

    /// What became of the report's waiting objection by this step, if it settles one.
    func settled(by step: Step, _ changed: Report) -> Objection.Decision? {
        guard report.objectedAt != nil, changed.objectedAt == nil else { return nil }
        return Objection.Decision(
            ruling: step.action == ReportAction.uphold.rawValue ? .upheld : .granted, at: step.at,
            publicNote: step.detail.publicNote, account: step.account, organisation: step.organisation)
    }
}

extension Authority {
    static let noCode = RuleViolation(.notFound, "tracking-code.unknown", field: "code")
}
