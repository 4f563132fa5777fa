/// What came of the work.
public enum Outcome: String, Code {
    case done
    /// Done in part, or for a time.
    case partly
    /// It cannot be done, with the reason.
    case cannot

    public static let family = "casework.outcome"
}

/// What the check found.
public enum Verdict: String, Code {
    case pass
    case rework

    public static let family = "casework.verdict"
}

/// How it became known that a matter is as reported, before filing.
public enum Verification: String, Code {
    /// Somebody has to go and look.
    case onSpot = "on-spot"
    /// The finder is a patrol and has seen it.
    case patrol
    /// Asked by phone.
    case phone
    /// Shown by photos or papers.
    case material
    /// There is nothing to look at: a question, a suggestion.
    case needless

    public static let family = "casework.verification"
}
