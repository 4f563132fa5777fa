/// Where a case stands. While it is open, its ``CasePhase`` is derived from its tasks.
public enum CaseState: String, Code {
    /// Somebody has to look at the place first.
    case toVerify = "to-verify"
    /// Waits for the decision to file.
    case toFile = "to-file"
    /// Not filed, with a reason.
    case notFiled = "not-filed"
    /// Filed: has its number and is being handled.
    case open
    /// Handled and checked; the reporter is to be asked.
    case toCallBack = "to-call-back"
    /// Handled to the end.
    case closed
    /// Put away; nothing changes any more.
    case archived
    /// Opened wrongly or twice; a number that was given stays on the books.
    case void

    public static let family = "casework.case.state"
}

/// What can be done to a case.
public enum CaseAction: String, Code {
    /// Opened from a report that has to be verified.
    case register
    /// Opened from a report that needs no verification on the spot.
    case registerVerified = "register-verified"
    /// Found as reported.
    case verify
    /// Verify again.
    case sendBack = "send-back"
    /// File: take the case into the books with a number.
    case file
    /// Do not file.
    case decline
    /// Look again at the decision not to file.
    case reconsider
    /// Correct matter, place or title.
    case amend
    /// Give it to a lead and assisting organisations.
    case dispatch
    /// Raise it to the next level.
    case raise
    /// Hand it down with help.
    case handDown = "hand-down"
    /// All tasks passed: ask the reporter.
    case finish
    /// A try to reach the reporter.
    case callBack = "call-back"
    /// End it.
    case close
    /// Take it up again.
    case reopen
    /// Put it away.
    case archive
    /// Opened wrongly.
    case void
    /// The same thing as another case, which goes on.
    case merge
    /// One of its reports is about something else and leaves it.
    case split

    public static let family = "casework.case.action"
}
