public import Domain

/// The answer to an organisation's refusal (裁定).
public enum Ruling: String, Code {
    /// The task is theirs and has to be signed.
    case uphold
    /// The task is not theirs: the case goes back to dispatch.
    case withdraw

    public static let family = "casework.ruling"
}

extension Case {
    /// From this refusal on, counted over all organisations that were asked, only a supervisor rules.
    public static let refusalForSupervisor = 2

    /// How often organisations refused to take part in the case.
    /// - Parameter tasks: all tasks that the case has.
    public static func refusals(in tasks: some Sequence<CaseTask>) -> Int {
        tasks.reduce(0) { $0 + $1.refusals }
    }

    /// Whether a refusal of one of its tasks is for a supervisor to rule on.
    /// - Parameter tasks: all tasks that the case has.
    public static func needsSupervisor(with tasks: some Sequence<CaseTask>) -> Bool {
        refusals(in: tasks) >= refusalForSupervisor
    }
}

extension CaseTask {
    /// Rules on the organisation's refusal.
    /// - Parameters:
    ///   - tasks: all tasks of the case, this one among them.
    ///   - isSupervisor: whether the person has the supervisor's word.
    /// - Throws: `task.not-now`; the forbidden `task.supervisor-rules` from the second refusal on and
    ///   `task.own-refusal` for people of the organisation that refused; for the field `note`: `input.missing`,
    ///   `input.too-long`.
    public func ruling(
        _ ruling: Ruling, note: String, among tasks: [CaseTask], isSupervisor: Bool, by act: Act
    ) throws(RuleViolations) -> Change<CaseTask> {
        guard state == .refused else {
            throw RuleViolations([
                RuleViolation(
                    .conflict, "task.not-now", arguments: ["state": state.rawValue, "action": ruling.rawValue])
            ])
        }
        guard act.organisation != organisation else {
            throw RuleViolations([RuleViolation(.forbidden, "task.own-refusal")])
        }
        guard isSupervisor || !Case.needsSupervisor(with: tasks) else {
            throw RuleViolations([RuleViolation(.forbidden, "task.supervisor-rules")])
        }
        switch ruling {
        case .uphold: return try upholding(note: note, by: act)
        case .withdraw: return try withdrawing(note: note, by: act)
        }
    }

    /// Takes the task back although nobody has asked for it: dispatched wrongly, or another organisation takes over.
    ///
    /// A refusal is not answered in passing: it is ruled on.
    /// - Throws: `task.not-now`; the conflict `task.to-rule` while a refusal waits; for the field `note`:
    ///   `input.missing`, `input.too-long`.
    public func takingBack(note: String, by act: Act) throws(RuleViolations) -> Change<CaseTask> {
        guard state != .refused else { throw RuleViolations([RuleViolation(.conflict, "task.to-rule")]) }
        return try withdrawing(note: note, by: act)
    }
}
