public import Domain
public import Logging
import Storage
public import Web

/// Recognises people by their session token: at most one statement a second for each, one write in five minutes.
public struct IdentityAuthenticator: Authenticator {
    private let services: IdentityServices
    private let memory = SessionMemory()
    private let logger: Logger

    public init(_ services: IdentityServices, logger: Logger) {
        self.services = services
        self.logger = logger
    }

    public func session(token: String, at now: Instant) async throws -> Web.Session? {
        guard let hash = SessionToken(token)?.hash else { return nil }
        // Before the look: what changes meanwhile must not be kept.
        let changes = services.database.bells.changes(of: SessionStore.mark)
        if let session = memory.session(hash, at: now, changes: changes) { return session }
        guard let live = try await services.database.read({ tx in try SessionStore.live(hash, at: now, in: tx) })
        else { return nil }
        if now.milliseconds(since: live.seenAt) >= services.policy.touchSeconds * 1000 { await touch(live, at: now) }
        let session = Web.Session(
            actor: live.actor(services.roles, services.secondFactor), account: live.account, displayName: live.name,
            organisationName: live.organisation?.name, language: live.language,
            binding: live.id.uuid.bytes)
        memory.keep(session, for: hash, at: now, until: live.goodUntil, changes: changes)
        return session
    }

    /// The session is good whether or not this can be written; if not, the next request tries again.
    private func touch(_ live: LiveSession, at now: Instant) async {
        let expiry = services.policy.expiry(createdAt: live.createdAt, seenAt: now)
        do {
            try await services.database.write { tx in try SessionStore.touch(live.id, at: now, until: expiry, in: tx) }
        } catch {
            logger.warning("a session could not be prolonged", metadata: ["error": "\(error)"])
        }
    }
}

extension Web.Session {
    /// The session behind this request, as `IdentityAuthenticator` wrote it into `binding`.
    var id: SessionID? { UUIDValue(bytes: binding).map(SessionID.init) }
}
