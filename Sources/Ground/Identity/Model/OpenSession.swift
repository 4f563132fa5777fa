public import Domain

/// Where a session was opened, as far as the request told.
public struct SessionOrigin: Hashable, Sendable {
    public let address: String
    /// What the client called itself.
    public let agent: String
    public let hasSecondFactor: Bool

    public init(address: String = "", agent: String = "", hasSecondFactor: Bool = false) {
        self.address = address
        self.agent = agent
        self.hasSecondFactor = hasSecondFactor
    }

    /// Browser and system in two words, for recognising one's own; names are the makers' own and are not translated.
    public var device: (browser: String?, system: String?) {
        let browsers = [
            ("MicroMessenger", "WeChat"), ("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"),
            ("Safari", "Safari"), ("curl", "curl"),
        ]
        let systems = [
            ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
            ("Linux", "Linux"),
        ]
        return (
            browsers.first { agent.contains($0.0) }?.1, systems.first { agent.contains($0.0) }?.1
        )
    }
}

/// A session that is good, for the list of its person.
public struct OpenSession: Sendable, Identifiable {
    public let id: SessionID
    public let createdAt: Instant
    /// To the nearest few minutes.
    public let seenAt: Instant
    public let expiresAt: Instant
    public let origin: SessionOrigin
}
