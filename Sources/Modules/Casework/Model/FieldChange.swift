/// What a correction changed: kept with its step, so that the history tells more than "corrected".
public struct FieldChange: Hashable, Sendable, Codable {
    public enum Field: String, Code {
        case title
        case matter
        case area
        /// The case that it went on in, or that a report went to.
        case caseFile = "case"
        /// The person who handles a task.
        case assignee

        public static let family = "casework.changed"
    }

    public let field: Field
    /// In the written form of the field: redacted text, a catalogue entry, an identifier, a case's number.
    public let from: String?
    public let to: String?

    public init(_ field: Field, from: String?, to: String?) {
        self.field = field
        self.from = from
        self.to = to
    }
}
