/// Why a report is not taken up.
///
/// Each reason has three texts: its name (``Code/key``), what the law or rule says (``hintKey``) and where to go
/// instead (``directionKey``).
public enum RefusalReason: String, Code {
    /// For a court, or already before one.
    case litigation
    /// For arbitration or administrative review.
    case arbitration
    /// A petition under its own procedure.
    case petition
    /// For discipline inspection.
    case discipline
    /// Danger in the moment: 110, 119, 120, 122.
    case emergency
    /// Outside this district.
    case elsewhere
    /// Answered for good before, nothing new.
    case settled
    /// Nobody can tell what is meant, and the sender cannot be asked or has not answered.
    case unclear
    /// No matter for the administration: dealings between private persons, advertising, abuse.
    case outside

    public static let family = "casework.refusal"

    /// What the law or rule says.
    public var hintKey: String { "\(key).hint" }
    /// Where to go instead.
    public var directionKey: String { "\(key).direction" }
}

/// Why an organisation says that a task is not theirs.
public enum TaskRefusalReason: String, Code {
    /// The matrix gives the matter to another organisation.
    case matrix
    /// The place is outside its area.
    case place
    /// What was found is not what was dispatched.
    case matter
    /// The power was given to another level.
    case level

    public static let family = "casework.task.refusal"
}
