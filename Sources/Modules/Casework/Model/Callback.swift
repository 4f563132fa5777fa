public import Domain

/// By which way the centre tried to ask a reporter. A sender who answers on the story page rates instead.
public enum CallbackMeans: String, Code {
    case phone
    /// At the door.
    case door
    /// By a text message.
    case message

    public static let family = "casework.callback.means"
}

/// How satisfied somebody is: the five steps of hotlines (五档).
public enum Satisfaction: String, Code {
    case verySatisfied = "very-satisfied"
    case satisfied
    case basically
    case dissatisfied
    case veryDissatisfied = "very-dissatisfied"

    public static let family = "casework.satisfaction"

    /// Whether it counts towards 满意率: satisfied or basically satisfied.
    public var isPositive: Bool {
        switch self {
        case .verySatisfied, .satisfied, .basically: true
        case .dissatisfied, .veryDissatisfied: false
        }
    }
}

/// What somebody said who was asked. Solved and satisfied are two questions.
public struct Said: Hashable, Sendable {
    public let isSolved: Bool
    /// `nil` when somebody did not want to say.
    public let satisfaction: Satisfaction?

    public init(isSolved: Bool, satisfaction: Satisfaction?) {
        self.isSolved = isSolved
        self.satisfaction = satisfaction
    }

    /// Whether the work is left open by it: not solved, or not satisfied.
    public var isComplaint: Bool { !isSolved || satisfaction?.isPositive == false }
}

/// One try to ask a reporter of a case (回访). Tries are kept, those that reached nobody too.
public struct Callback: Hashable, Sendable, Identifiable {
    public let id: CallbackID
    public let caseID: CaseID
    /// Whom it was about.
    public let report: ReportID
    public let at: Instant
    public let means: CallbackMeans
    /// `nil` when nobody was reached, which is not the same as satisfied.
    public let said: Said?
    /// Redacted.
    public let note: String?
    public let account: AccountID?
    public let organisation: OrganisationID?
    /// The case's version after the try: names its step.
    public let version: Int

    /// Rebuilds a try that the store kept.
    public init(
        id: CallbackID, caseID: CaseID, report: ReportID, at: Instant, means: CallbackMeans, said: Said?,
        note: String?, account: AccountID?, organisation: OrganisationID?, version: Int
    ) {
        self.id = id
        self.caseID = caseID
        self.report = report
        self.at = at
        self.means = means
        self.said = said
        self.note = note
        self.account = account
        self.organisation = organisation
        self.version = version
    }
}
