public import Domain
import Storage

/// Ends a session. Doing it twice is no mistake.
public struct SignOut: Sendable {
    public let session: SessionID

    public init(session: SessionID) {
        self.session = session
    }

    public func run(_ services: IdentityServices) async throws {
        let world = services.world
        try await services.database.write { tx in
            guard let account = try SessionStore.delete(session, in: tx) else { return }
            try tx.audit(
                AuditEntry(
                    "identity.session.closed", by: Actor(account: account, organisation: nil, grants: [:]),
                    on: "session", session, in: world))
        }
    }
}
