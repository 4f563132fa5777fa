import Domain
import Synchronization

/// Slows guessing: so many failures of one login from one address, and so many from one address, in a quarter of an hour.
///
/// Kept in memory of each node, and bounded. It counts logins that do not exist in the same way, so it tells nothing.
public final class SignInThrottle: Sendable {
    public struct Limits: Hashable, Sendable {
        /// Failures of one login from one address.
        public var perLogin = 5
        /// Failures from one address; a street office may share one.
        public var perAddress = 100
        /// Failures of one login from everywhere: as many as close an account (`LockoutPolicy`), so that a login that
        /// does not exist behaves like one that does.
        public var perAccount = 20
        public var windowSeconds: Int64 = 15 * 60
        /// Logins and addresses remembered.
        public var entries = 20_000

        public init() {}
    }

    private struct Key: Hashable {
        let login: String?
        let address: String?
    }

    private struct Entry {
        var failures: Int
        let since: Instant
    }

    private let limits: Limits
    private let entries = Mutex<[Key: Entry]>([:])

    public init(_ limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Counts a try before it is checked, so that many at once do not slip through.
    /// - Throws: `signin.too-many` with the minutes to wait.
    func begin(login: Login?, address: String, at now: Instant) throws(RuleViolation) {
        let keys = keys(login, address)
        let waitUntil = entries.withLock { entries -> Instant? in
            for (key, limit) in keys {
                guard let entry = entries[key] else { continue }
                let end = entry.since.advanced(bySeconds: limits.windowSeconds)
                if now >= end {
                    entries[key] = nil
                } else if entry.failures >= limit {
                    return end
                }
            }
            if entries.count >= limits.entries { makeRoom(&entries, now) }
            for (key, _) in keys { entries[key, default: Entry(failures: 0, since: now)].failures += 1 }
            return nil
        }
        guard let waitUntil else { return }
        let minutes = max(1, (waitUntil.milliseconds(since: now) + 59_999) / 60_000)
        throw RuleViolation(.tooMany, "signin.too-many", arguments: ["minutes": String(minutes)])
    }

    /// Takes a try back that was no wrong guess: the password was right, or it was never checked.
    func forgive(login: Login?, address: String, passwordWasRight: Bool) {
        let keys = keys(login, address)
        entries.withLock { entries in
            for (key, _) in keys {
                if passwordWasRight && key.login != nil {
                    entries[key] = nil
                } else if let entry = entries[key] {
                    entries[key] = entry.failures > 1 ? Entry(failures: entry.failures - 1, since: entry.since) : nil
                }
            }
        }
    }

    private func keys(_ login: Login?, _ address: String) -> [(Key, limit: Int)] {
        [
            (Key(login: login?.text ?? "", address: address), limits.perLogin),
            (Key(login: nil, address: address), limits.perAddress),
            (Key(login: login?.text ?? "", address: nil), limits.perAccount),
        ]
    }

    /// Forgets what has run out; if that is not enough, the oldest quarter.
    private func makeRoom(_ entries: inout [Key: Entry], _ now: Instant) {
        entries = entries.filter { now < $0.value.since.advanced(bySeconds: limits.windowSeconds) }
        guard entries.count >= limits.entries else { return }
        let oldest = entries.sorted { $0.value.since < $1.value.since }.prefix(max(1, limits.entries / 4))
        for (key, _) in oldest { entries[key] = nil }
    }
}
