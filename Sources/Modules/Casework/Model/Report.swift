public import Domain

/// What came in, word for word: the words themselves lie encrypted in the store, this value holds the redacted ones.
public struct Report: Hashable, Sendable, Identifiable {
    public let id: ReportID
    public let trackingCode: TrackingCode
    public let channel: Channel
    /// The area that the place lies in, as deep as it is known.
    public let area: AreaID
    /// Where it is, in the sender's words; redacted.
    public let place: String?
    /// The entry that the sender chose or an import named; a person confirms it.
    public let hint: MatterReference?
    /// Redacted.
    public let title: String
    /// Redacted.
    public let text: String
    /// When it came in. For imports this is the source's time, not the time of the import.
    public let receivedAt: Instant
    /// The report in the system that it came from.
    public let external: ExternalReference?

    public internal(set) var state: ReportState
    /// The number of steps so far.
    public internal(set) var version: Int
    /// The case that it belongs to, once accepted.
    public internal(set) var caseID: CaseID?
    /// Since when an objection of its sender has waited for a ruling.
    public internal(set) var objectedAt: Instant?

    /// Rebuilds a report that the store kept.
    public init(
        id: ReportID, trackingCode: TrackingCode, channel: Channel, area: AreaID, place: String?,
        hint: MatterReference?,
        title: String, text: String, receivedAt: Instant, external: ExternalReference?, state: ReportState,
        version: Int,
        caseID: CaseID?, objectedAt: Instant? = nil
    ) {
        self.id = id
        self.trackingCode = trackingCode
        self.channel = channel
        self.area = area
        self.place = place
        self.hint = hint
        self.title = title
        self.text = text
        self.receivedAt = receivedAt
        self.external = external
        self.state = state
        self.version = version
        self.caseID = caseID
        self.objectedAt = objectedAt
    }
}

/// The name of something in another system.
public struct ExternalReference: Hashable, Sendable {
    /// The system, such as `hotline12345`.
    public let source: String
    /// Its identifier there.
    public let id: String

    public init(source: String, id: String) {
        self.source = source
        self.id = id
    }
}
