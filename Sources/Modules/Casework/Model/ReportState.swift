/// Where a report stands. What its words are about lives on in the case; this is what the sender sees.
public enum ReportState: String, Code {
    /// Came in, nobody has decided yet.
    case received
    /// The sender is asked for something that is missing.
    case asked
    /// Taken up: belongs to a case.
    case accepted
    /// Not taken up, with a reason, a legal hint and where to go instead.
    case refused
    /// Taken back by the sender.
    case withdrawn
    /// The sender has the answer.
    case answered
    /// The sender has rated the answer.
    case rated

    public static let family = "casework.report.state"
}

/// What can be done to a report.
public enum ReportAction: String, Code {
    /// It comes in.
    case submit
    /// Take it up with a new case.
    case accept
    /// Take it up with a case that exists.
    case join
    /// Do not take it up.
    case refuse
    /// Ask the sender for what is missing.
    case ask
    /// The sender adds what was asked.
    case supplement
    /// The sender takes it back.
    case withdraw
    /// Put it to another case.
    case move
    /// Back to reception: it was joined or taken up wrongly.
    case giveBack = "give-back"
    /// Tell the sender the result.
    case answer
    /// The sender rates the answer.
    case rate
    /// The answer does not hold: the case was taken up again.
    case reopen
    /// Look at a refusal again.
    case reconsider
    /// The sender does not agree with the refusal or the answer, and says why.
    case object
    /// Somebody else looked at the objection: it stays as it is, with a reason.
    case uphold

    public static let family = "casework.report.action"
}
