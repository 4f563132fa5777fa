public import Domain
public import Files

/// What a photo shows.
public enum EvidenceStage: String, Code {
    /// What the sender saw.
    case reported
    /// Before the work, by the handler.
    case before
    /// After the work, by the handler.
    case after
    /// What the checker found.
    case checked

    public static let family = "casework.evidence"
}

/// A photo or document that belongs to a step of a report or a task.
public struct Evidence: Hashable, Sendable, Identifiable {
    public let file: FileID
    public let kind: FileKind
    public let subject: Subject
    public let step: StepID
    public let stage: EvidenceStage
    public let at: Instant

    public var id: FileID { file }
}

extension CaseDetail {
    func evidence(of task: CaseTask) -> [Evidence] { evidence.filter { $0.subject == .task(task.id) } }
    func evidence(of report: Report) -> [Evidence] { evidence.filter { $0.subject == .report(report.id) } }
}
