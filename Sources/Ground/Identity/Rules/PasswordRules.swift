public import Domain
import Foundation

/// A password as it is hashed: compatibility-composed (NIST SP 800-63B §5.1.1.2), so that keyboards do not matter.
/// Prints nothing of itself.
public struct Password: Sendable, CustomStringConvertible, CustomReflectable {
    let bytes: [UInt8]

    public static let minimumLength = 10
    public static let maximumLength = 128

    /// Any text, for checking. White space around it does not count: forms and copying bring it along.
    public init(typed: String) {
        self.bytes = Array(Self.normalised(typed).utf8)
    }

    /// A password to be set: 10 to 128 characters, at least 5 different ones, not containing a login of 4 or more. No rules on kinds of
    /// characters: length is what helps (NIST SP 800-63B §5.1.1.2).
    /// - Throws: one of `password.short`, `.long`, `.simple`, `.login` for the field.
    public init(new typed: String, for login: Login, field: String) throws(RuleViolation) {
        self.init(typed: typed)
        let text = Self.normalised(typed)
        let count = text.unicodeScalars.count
        if count < Self.minimumLength {
            throw RuleViolation(
                .invalid, "password.short", field: field, arguments: ["min": String(Self.minimumLength)])
        }
        if count > Self.maximumLength {
            throw RuleViolation(.invalid, "password.long", field: field, arguments: ["max": String(Self.maximumLength)])
        }
        if Set(text.lowercased()).count < 5 { throw RuleViolation(.invalid, "password.simple", field: field) }
        if login.text.utf8.count >= 4, text.lowercased().contains(login.text) {
            throw RuleViolation(.invalid, "password.login", field: field)
        }
    }

    private static func normalised(_ typed: String) -> String {
        typed.precomposedStringWithCompatibilityMapping.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    public var description: String { "Password" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
