import Domain
import Identity
import Storage

/// What every verb leaves behind: steps, one event, audit entries.
enum History {
    /// The topic of a step's event: `casework.case.dispatch.v1`.
    static func topic(_ step: Step) -> String {
        "casework.\(step.subject.kind.rawValue).\(step.action).v1"
    }

    /// The name of a step's action in the audit trail: `casework.case.dispatch`.
    static func action(_ kind: String, _ action: String) -> String { "casework.\(kind).\(action)" }

    /// Every topic that casework publishes.
    static let topics: Set<String> = {
        let reports = ReportAction.allCases.map { "casework.\(SubjectKind.report.rawValue).\($0.rawValue).v1" }
        let cases = CaseAction.allCases.map { "casework.\(SubjectKind.caseFile.rawValue).\($0.rawValue).v1" }
        let tasks = TaskAction.allCases.map { "casework.\(SubjectKind.task.rawValue).\($0.rawValue).v1" }
        let limits = LimitAction.allCases.map { "casework.\(SubjectKind.limit.rawValue).\($0.rawValue).v1" }
        let overlays = OverlayAction.allCases.map { "casework.\(SubjectKind.overlay.rawValue).\($0.rawValue).v1" }
        return Set(reports + cases + tasks + limits + overlays)
    }()

    /// - Parameters:
    ///   - steps: at least one; the first names the event.
    ///   - subject: the aggregate that the event is about: the report, or the case of the task.
    ///   - version: the aggregate's version after the change.
    static func record(
        _ steps: [Step], of subject: UUIDValue, version: Int, move: QueueMove, in casework: Casework,
        _ tx: WriteTransaction
    ) throws {
        guard let first = steps.first else { return }
        for step in steps {
            try StepStore.append(step, tx)
            // Intake by people without an account is told by the step alone.
            guard let account = step.account else { continue }
            // The entry has the step's id, so that each can be missed by the other (`linli audit verify`).
            try tx.audit(
                AuditEntry(
                    id: AuditID(step.id.uuid), at: step.at, account: account, organisation: step.organisation,
                    action: action(step.subject.kind.rawValue, step.action),
                    subjectKind: step.subject.kind.rawValue,
                    subject: step.subject.id))
        }
        try tx.publish(
            DomainEvent(
                id: casework.world.id(), topic: topic(first), subject: subject, version: Int64(version), at: first.at,
                payload: move.payload))
    }
}
