public import Domain

/// What is asked for: more time for a task, or that a whole case waits.
public struct OverlayRequest: Hashable, Sendable {
    public var kind: OverlayKind
    /// For an extension the new end of the task, for parking the last moment of waiting.
    public var until: Instant
    /// Why; the ground that the approver looks at.
    public var reason: String

    public init(kind: OverlayKind, until: Instant, reason: String) {
        self.kind = kind
        self.until = until
        self.reason = reason
    }
}

/// What the approver says.
public enum OverlayVerdict: String, Code {
    case grant
    case decline

    public static let family = "casework.overlay.verdict"
}

extension Overlay {
    /// The longest that a case may be parked at once.
    public static let longestParking: Int64 = 180 * 86_400

    /// Asks for more time for a task that is being handled.
    /// - Parameter others: all overlays of the case.
    /// - Throws: `task.not-yours`; the conflicts `overlay.task-not-working`, `overlay.exists`, `overlay.late` once the
    ///   end has passed; for the fields `until`: `overlay.not-later`; `reason`: `input.missing`, `input.too-long`.
    public static func extending(
        _ task: CaseTask, _ request: OverlayRequest, beside others: [Overlay], by act: Act
    ) throws(RuleViolations) -> Change<Overlay> {
        _ = try task.handler(of: act)
        guard task.state == .working, let due = task.dueAt else {
            throw RuleViolations([RuleViolation(.conflict, "overlay.task-not-working")])
        }
        guard due > act.at else { throw RuleViolations([RuleViolation(.conflict, "overlay.late")]) }
        var findings = Findings()
        findings.require(request.until > due, or: RuleViolation(.invalid, "overlay.not-later", field: "until"))
        return try asking(.task(task.id), of: task.caseID, request, beside: others, &findings, by: act)
    }

    /// Asks that a whole case waits.
    /// - Throws: the conflicts `overlay.case-not-open`, `overlay.exists`; for the fields `until`: `limit.past`,
    ///   `overlay.too-long`; `reason`: `input.missing`, `input.too-long`.
    public static func parking(
        _ caseFile: Case, _ request: OverlayRequest, beside others: [Overlay], by act: Act
    ) throws(RuleViolations) -> Change<Overlay> {
        guard caseFile.state == .open else {
            throw RuleViolations([RuleViolation(.conflict, "overlay.case-not-open")])
        }
        var findings = Findings()
        findings.require(request.until > act.at, or: RuleViolation(.invalid, "limit.past", field: "until"))
        findings.require(
            request.until <= act.at.advanced(bySeconds: longestParking),
            or: RuleViolation(.invalid, "overlay.too-long", field: "until"))
        return try asking(.caseFile(caseFile.id), of: caseFile.id, request, beside: others, &findings, by: act)
    }

    private static func asking(
        _ subject: Subject, of caseID: CaseID, _ request: OverlayRequest, beside others: [Overlay],
        _ findings: inout Findings, by act: Act
    ) throws(RuleViolations) -> Change<Overlay> {
        let reason = findings.requiredText(request.reason, field: "reason", limit: TextLimit.note)
        findings.require(
            !others.contains { $0.subject == subject && $0.kind == request.kind && $0.isLive },
            or: RuleViolation(.conflict, "overlay.exists"))
        try findings.settle()
        let state = try only { () throws(RuleViolation) in try OverlayState.machine.beginning(with: .request) }
        let overlay = Overlay(
            id: act.id(), kind: request.kind, subject: subject, caseID: caseID, reason: reason, requestedAt: act.at,
            requestedBy: act.account, requestedFor: act.organisation, state: state, grantedBy: nil, beganAt: nil,
            until: request.until, endedAt: nil, version: 1)
        let detail = StepDetail(note: reason, reason: request.kind.rawValue, dueAt: request.until)
        return Change(value: overlay, step: overlay.step(.request, from: nil, at: act.at, detail: detail, by: act))
    }

    /// Whether it waits for a decision or holds.
    public var isLive: Bool { state == .requested || state == .running }

    /// Grants it or does not. Never by who asked, and for a task never from the organisation that asked.
    /// - Throws: `overlay.not-now`; the forbidden `overlay.approver-asked`; for the field `until`: `limit.past` when
    ///   what was asked for has passed; `note`: `input.missing` when it is not granted, `input.too-long`.
    public func deciding(
        _ verdict: OverlayVerdict, note: String?, by act: Act
    ) throws(RuleViolations) -> Change<Overlay> {
        let action: OverlayAction = verdict == .grant ? .grant : .decline
        _ = try only { () throws(RuleViolation) in try state.applying(action) }
        guard let account = act.account, account != requestedBy,
            subject.kind != .task || act.organisation != requestedFor
        else { throw RuleViolations([RuleViolation(.forbidden, "overlay.approver-asked")]) }
        var findings = Findings()
        let note: String? =
            verdict == .decline
            ? findings.requiredText(note, field: "note", limit: TextLimit.note)
            : findings.text(note, field: "note", limit: TextLimit.note)
        if verdict == .grant, let until {
            findings.require(until > act.at, or: RuleViolation(.invalid, "limit.past", field: "until"))
        }
        try findings.settle()
        var decided = self
        if verdict == .grant {
            decided.grantedBy = account
            decided.beganAt = act.at
        }
        return try decided.moved(
            action, at: act.at, detail: StepDetail(note: note, reason: kind.rawValue, dueAt: until), by: act)
    }

    /// It is over before its time, or has done what it was for.
    /// - Throws: `overlay.not-now`; for the field `note`: `input.too-long`.
    public func ending(note: String?, by act: Act) throws(RuleViolations) -> Change<Overlay> {
        var findings = Findings()
        let note = findings.text(note, field: "note", limit: TextLimit.note)
        try findings.settle()
        var ended = self
        ended.endedAt = act.at
        return try ended.moved(.end, at: act.at, detail: StepDetail(note: note, reason: kind.rawValue), by: act)
    }

    /// Its time is over: at that time, whenever somebody looks.
    /// - Throws: `overlay.not-now`.
    func lapsing(by act: Act) throws(RuleViolations) -> Change<Overlay> {
        var lapsed = self
        lapsed.endedAt = until ?? act.at
        return try lapsed.moved(.lapse, at: until ?? act.at, detail: StepDetail(reason: kind.rawValue), by: act)
    }

    private func moved(
        _ action: OverlayAction, at moment: Instant, detail: StepDetail, by act: Act
    ) throws(RuleViolations) -> Change<Overlay> {
        let next = try only { () throws(RuleViolation) in try state.applying(action) }
        var moved = self
        moved.state = next
        moved.version += 1
        return Change(value: moved, step: moved.step(action, from: state, at: moment, detail: detail, by: act))
    }

    private func step(
        _ action: OverlayAction, from: OverlayState?, at moment: Instant, detail: StepDetail, by act: Act
    ) -> Step {
        Step(
            id: act.id(), subject: .overlay(id), caseID: caseID, version: version, at: moment, account: act.account,
            organisation: act.organisation, action: action.rawValue, from: from?.rawValue, to: state.rawValue,
            detail: detail)
    }
}
