import Domain
import Synchronization
import Web

/// Sessions that were looked up less than a second ago.
///
/// A page asks for several things at once, and another system that sends reports sends many: each asks who is there. What
/// is remembered ends at once when this process ends a session or takes a right away (`SessionStore.mark`), and after a
/// second when another process does.
final class SessionMemory: Sendable {
    /// How late the word of another process may come.
    static let milliseconds: Int64 = 1000

    private struct Entry {
        let session: Session
        let from: Instant
        let until: Instant
        let changes: UInt64
    }

    private let entries = Mutex<[TokenHash: Entry]>([:])
    private let limit: Int

    /// - Parameter limit: entries above which those that have grown old are thrown away, and all if none has.
    init(limit: Int = 4096) {
        self.limit = limit
    }

    /// - Parameter changes: of `SessionStore.mark` by now.
    func session(_ token: TokenHash, at now: Instant, changes: UInt64) -> Session? {
        guard let entry = entries.withLock({ $0[token] }), entry.changes == changes, entry.from <= now,
            now < entry.until
        else { return nil }
        return entry.session
    }

    /// - Parameters:
    ///   - end: when time alone takes something from the session.
    ///   - changes: of `SessionStore.mark` before the session was looked up.
    func keep(_ session: Session, for token: TokenHash, at now: Instant, until end: Instant, changes: UInt64) {
        let until = min(end, now.advanced(byMilliseconds: Self.milliseconds))
        entries.withLock { entries in
            if entries.count >= limit {
                entries = entries.filter { now < $0.value.until }
                if entries.count >= limit { entries = [:] }
            }
            entries[token] = Entry(session: session, from: now, until: until, changes: changes)
        }
    }
}
