/// The list that something waits in: what a tab shows and a counter counts.
public enum Queue: String, Code {
    /// Reports to take up or refuse.
    case accept
    /// Cases to look at on the spot.
    case verify
    /// Cases to file.
    case file
    /// Cases to give to an organisation.
    case dispatch
    /// Tasks to sign.
    case sign
    /// Tasks to handle.
    case work
    /// Answers to check.
    case check
    /// Cases to end.
    case close
    /// Reporters to ask.
    case callBack = "call-back"
    /// Reports whose senders were asked for something that is missing.
    case supplement
    /// Reports whose senders object to a refusal or an answer.
    case objection
    /// Waits for nobody here.
    case none

    public static let family = "casework.queue"
}

extension ReportState {
    /// The centre's list that a report in this state waits in; see ``Report/queue``.
    public var queue: Queue {
        switch self {
        case .received: .accept
        case .asked: .supplement
        case .accepted, .refused, .withdrawn, .answered, .rated: .none
        }
    }
}

extension Report {
    /// The centre's list that the report waits in: an objection waits for its ruling whatever the state.
    public var queue: Queue { objectedAt == nil ? state.queue : .objection }
}

extension TaskState {
    /// The list of the organisation's own desk. Refused and answered tasks wait for the centre, not for the desk.
    public var deskQueue: Queue {
        switch self {
        case .offered: .sign
        case .working: .work
        case .answered, .passed, .refused, .withdrawn: .none
        }
    }

    /// The list of the centre that the task puts its case into.
    public var centreQueue: Queue {
        switch self {
        case .refused: .dispatch
        case .offered: .sign
        case .working: .work
        case .answered: .check
        case .passed, .withdrawn: .none
        }
    }
}
