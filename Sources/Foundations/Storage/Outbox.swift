public import Domain

/// Something that has happened, told to whoever subscribes. Written in the transaction that made it true.
///
/// Payloads carry ids and codes, never personal data. The topic ends in a version: `casework.case.dispatched.v1`.
public struct DomainEvent: Sendable, Hashable {
    public let id: ID<DomainEvent>
    public let topic: String
    /// The aggregate it happened to.
    public let subject: UUIDValue
    /// The aggregate's version after the event; orders the events of one subject.
    public let version: Int64
    public let at: Instant
    /// A JSON object.
    public let payload: String

    public init(
        id: ID<DomainEvent>, topic: String, subject: UUIDValue, version: Int64, at: Instant, payload: String = "{}"
    ) {
        self.id = id
        self.topic = topic
        self.subject = subject
        self.version = version
        self.at = at
        self.payload = payload
    }
}

/// Who wants to hear of which topics. The handler runs inside the relay's transaction, so that its writes and the
/// removal of the event are one; it gets events in batches, those of one subject in order.
public struct Subscription: Sendable {
    public let name: String
    public let topics: Set<String>
    public let handle: @Sendable ([DomainEvent], WriteTransaction) throws -> Void

    public init(
        name: String, topics: Set<String>,
        handle: @escaping @Sendable ([DomainEvent], WriteTransaction) throws -> Void
    ) {
        self.name = name
        self.topics = topics
        self.handle = handle
    }
}
