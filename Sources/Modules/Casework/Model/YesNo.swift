/// An answer to a question that may also stay open.
public enum YesNo: String, Code {
    case yes
    case no

    public static let family = "casework.yes-no"
}
