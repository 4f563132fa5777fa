public import Domain

/// What came of a try to ask a reporter.
public struct CallbackTry: Hashable, Sendable {
    /// The report whose sender was asked; the case's only one when missing.
    public var report: ReportID?
    public var means: CallbackMeans
    public var isReached: Bool
    /// Asked of everybody who was reached.
    public var isSolved: Bool?
    /// `nil` when the person did not want to say.
    public var satisfaction: Satisfaction?
    public var note: String?

    public init(
        report: ReportID? = nil, means: CallbackMeans, isReached: Bool, isSolved: Bool? = nil,
        satisfaction: Satisfaction? = nil, note: String? = nil
    ) {
        self.report = report
        self.means = means
        self.isReached = isReached
        self.isSolved = isSolved
        self.satisfaction = satisfaction
        self.note = note
    }
}

extension Case {
    /// Keeps a try to ask a reporter. Contacted, solved and satisfied are three things; who was not reached has said
    /// nothing.
    /// - Parameter reports: all reports of the case.
    /// - Throws: `case.not-now`; for the fields `report`: `callback.no-such-report`, `input.missing` when there are
    ///   several and none is named; `solved`: `input.missing` when somebody was reached; `solved`, `satisfaction`:
    ///   `callback.not-reached` when nobody was; `note`: `input.too-long`.
    public func callingBack(
        _ attempt: CallbackTry, reports: [Report], by act: Act
    ) throws(RuleViolations) -> (change: Change<Case>, callback: Callback) {
        _ = try only { () throws(RuleViolation) in try state.applying(.callBack) }
        var findings = Findings()
        let asked = findings.report(of: attempt, among: reports.filter(\.mayBeAsked))
        var said: Said?
        if attempt.isReached {
            if let isSolved = attempt.isSolved {
                said = Said(isSolved: isSolved, satisfaction: attempt.satisfaction)
            } else {
                findings.add(RuleViolation(.invalid, "input.missing", field: "solved"))
            }
        } else {
            findings.require(
                attempt.isSolved == nil, or: RuleViolation(.invalid, "callback.not-reached", field: "solved"))
            findings.require(
                attempt.satisfaction == nil,
                or: RuleViolation(.invalid, "callback.not-reached", field: "satisfaction"))
        }
        let note = findings.text(attempt.note, field: "note", limit: TextLimit.note)
        try findings.settle()
        let reason = attempt.isReached ? CallbackResult.reached : .notReached
        let change = try moved(.callBack, detail: StepDetail(note: note, reason: reason.rawValue), by: act)
        let callback = Callback(
            id: act.id(), caseID: id, report: asked, at: act.at, means: attempt.means, said: said, note: note,
            account: act.account, organisation: act.organisation, version: change.value.version)
        return (change, callback)
    }
}

/// Whether a try reached somebody; the reason of its step.
public enum CallbackResult: String, Code {
    case reached
    case notReached = "not-reached"

    public static let family = "casework.callback.result"
}

extension Findings {
    fileprivate mutating func report(of attempt: CallbackTry, among reports: [Report]) -> ReportID {
        let nobody = ReportID(UUIDValue(high: 0, low: 0))
        if let named = attempt.report {
            require(
                reports.contains { $0.id == named },
                or: RuleViolation(.invalid, "callback.no-such-report", field: "report"))
            return named
        }
        guard let first = reports.first else {
            add(RuleViolation(.invalid, "callback.no-such-report", field: "report"))
            return nobody
        }
        require(reports.count == 1, or: RuleViolation(.invalid, "input.missing", field: "report"))
        return first.id
    }
}
