public import Domain
import Storage

/// What somebody opened personal data for.
public enum DisclosurePurpose: String, Code {
    /// Handling the case that the report belongs to; its number is kept.
    case handling
    case callback
    case visit
    /// In words that the sender will read.
    case other

    public static let family = "casework.disclosure.purpose"
}

/// What can be opened of a report.
public enum DisclosedField: String, Code {
    /// Title, text and place as they came.
    case words
    case phone

    public static let family = "casework.disclosure.field"
}

public enum DisclosureTag {}
public typealias DisclosureID = ID<DisclosureTag>

/// That somebody opened personal data of a report: written before they saw it, never changed. The sender can read it.
public struct Disclosure: Hashable, Sendable, Identifiable {
    /// Shared with the audit entry.
    public let id: DisclosureID
    public let report: ReportID
    public let at: Instant
    public let account: AccountID
    public let organisation: OrganisationID?
    /// The code of the role that the person acted in, as it was then.
    public let role: String?
    public let field: DisclosedField
    public let purpose: DisclosurePurpose
    /// The number of the case, or the words of another purpose; redacted.
    public let reason: String?
}
