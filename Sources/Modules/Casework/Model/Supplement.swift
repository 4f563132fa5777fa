public import Domain

/// What a sender added to a report when asked (补充). The words as they came lie encrypted in the store.
public struct Supplement: Hashable, Sendable, Identifiable {
    public let id: SupplementID
    public let report: ReportID
    public let at: Instant
    /// Redacted.
    public let text: String
    /// The seat that entered it for a caller; `nil` for the sender.
    public let account: AccountID?
    /// The report's version after it: names its step.
    public let version: Int

    /// Rebuilds a supplement that the store kept.
    public init(id: SupplementID, report: ReportID, at: Instant, text: String, account: AccountID?, version: Int) {
        self.id = id
        self.report = report
        self.at = at
        self.text = text
        self.account = account
        self.version = version
    }
}
