/// Where one organisation's part of a case stands.
public enum TaskState: String, Code {
    /// Given to the organisation, which has not signed yet.
    case offered
    /// Signed; being handled.
    case working
    /// The organisation has answered; nobody has checked yet.
    case answered
    /// Checked and found good.
    case passed
    /// The organisation says that it is not theirs; waits for a ruling.
    case refused
    /// Taken back by the centre.
    case withdrawn

    public static let family = "casework.task.state"

    /// Whether the task counts for its case: everything but withdrawn.
    public var isLive: Bool { self != .withdrawn }
}

/// What can be done to a task.
public enum TaskAction: String, Code {
    /// Give it to the organisation.
    case offer
    /// The organisation takes it.
    case sign
    /// The organisation says that it is not theirs.
    case refuse
    /// The ruling: it is theirs.
    case uphold
    /// Take it back.
    case withdraw
    /// Name the person who handles it.
    case assign
    /// Tell how far it is.
    case progress
    /// Press for it.
    case remind
    /// Answer with a result.
    case answer
    /// The organisation takes its answer back before the check.
    case recall
    /// The check found it good.
    case pass
    /// The check found it lacking.
    case rework
    /// The case was taken up again: the same organisation continues.
    case reopen

    public static let family = "casework.task.action"
}
