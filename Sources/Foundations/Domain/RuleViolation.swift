/// A request that the rules refuse. Nothing has been changed.
///
/// The code is stable and names the text for the person: the catalogues hold `problem.<code>`.
public struct RuleViolation: Error, Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// The input makes no sense (HTTP 422).
        case invalid
        /// It made sense, but not in the present state; often somebody was quicker (HTTP 409).
        case conflict
        /// There is no such thing, or none that this person may know of (HTTP 404).
        case notFound
        /// The person does not hold the right (HTTP 403).
        case forbidden
        /// Too many tries (HTTP 429).
        case tooMany
    }

    public let kind: Kind
    /// Lower case words and dots, such as `case.already-signed`.
    public let code: String
    /// The input field that is wrong, where one is.
    public let field: String?
    /// Values for the text's placeholders. Never personal data.
    public let arguments: [String: String]

    public init(_ kind: Kind, _ code: String, field: String? = nil, arguments: [String: String] = [:]) {
        self.kind = kind
        self.code = code
        self.field = field
        self.arguments = arguments
    }

    public static func forbidden(_ permission: Permission) -> RuleViolation {
        RuleViolation(.forbidden, "forbidden", arguments: ["permission": permission.name])
    }
}

/// Several violations at once, so that a form can show all of them.
public struct RuleViolations: Error, Hashable, Sendable {
    public let all: [RuleViolation]

    public init(_ all: [RuleViolation]) {
        self.all = all
    }
}
