public import Domain

/// What a grid worker found on the round and did about it at once.
public struct PatrolWork: Hashable, Sendable {
    public var title: String?
    public var matter: MatterReference?
    /// For everybody: what was done.
    public var publicText: String
    /// For staff.
    public var internalText: String?

    public init(title: String? = nil, matter: MatterReference?, publicText: String, internalText: String? = nil) {
        self.title = title
        self.matter = matter
        self.publicText = publicText
        self.internalText = internalText
    }
}

/// A report that its finder has handled: the case and the task that wait for a check.
public struct SelfHandling: Sendable {
    /// The report after it was taken up, and the step for that.
    public let report: Report
    public let accepted: Step
    /// Still without its number.
    public let caseFile: Case
    public let task: CaseTask
    /// The case's and the task's steps, in their order.
    public let steps: [Step]
    /// The last of them.
    public let answer: Step
}

extension Report {
    /// Takes the report up, verifies, files, signs and answers it in one go, all by the finder (自处置).
    ///
    /// Somebody of another organisation checks it like any other work.
    /// - Throws: `task.not-yours` for somebody without an organisation; and the violations of
    ///   ``accepting(as:catalogues:by:)`` (`case.not-patrol` unless the channel is a patrol's),
    ///   ``Case/filing(_:catalogues:by:)`` and ``CaseTask/answering(_:by:)``.
    public func selfHandling(
        _ work: PatrolWork, caseID: CaseID, catalogues: Catalogues, by act: Act
    ) throws(RuleViolations) -> SelfHandling {
        guard let organisation = act.organisation else {
            throw RuleViolations([RuleViolation(.forbidden, "task.not-yours")])
        }
        let acceptance = try accepting(
            as: NewCase(id: caseID, title: work.title, matter: work.matter, verification: .patrol),
            catalogues: catalogues, by: act)
        let filed = try acceptance.caseFile.filing(Filing(), catalogues: catalogues, by: act)
        let offered = try filed.value.offering(
            DispatchOrder(lead: organisation, ground: .selfHandled, groundReference: ""), by: act)
        guard let task = offered.tasks.first else { preconditionFailure("a dispatch with a lead makes a task") }
        let signed = try task.signing(by: act)
        let answered = try signed.value.answering(
            TaskAnswer(outcome: .done, publicText: work.publicText, internalText: work.internalText), by: act)
        return SelfHandling(
            report: acceptance.report, accepted: acceptance.steps[0], caseFile: offered.caseFile,
            task: answered.value,
            steps: acceptance.steps.dropFirst() + [filed.step] + offered.steps + [signed.step, answered.step],
            answer: answered.step)
    }
}
