/// What an assignment rests on: law, agreement, or a leader's designation.
public enum Ground: String, Code {
    /// By the responsibility matrix (法定); the reference names its clause.
    case statutory
    /// By agreement of a joint meeting (商定); the reference names the minutes.
    case agreed
    /// By a leader's designation (指定); the reference is the written reason.
    case designated
    /// Nobody was asked: who found it has done it on the spot (自处置); the reference is empty.
    case selfHandled = "self-handled"

    /// The grounds that a dispatcher can name.
    public static let ofDispatch: [Ground] = [.statutory, .agreed, .designated]

    public static let family = "casework.ground"
}

/// An organisation's part in a case.
public enum TaskRole: String, Code {
    /// Answers for the whole (主办); exactly one per case.
    case lead
    /// Helps (协办).
    case assist

    public static let family = "casework.task.role"
}
