import Domain

/// When an account is closed to guessing, wherever the guesses come from. `SignInThrottle` slows each address down; this
/// one counts over all addresses and all nodes, and is kept in the database.
public struct LockoutPolicy: Hashable, Sendable {
    /// Failures that close the account.
    public var failures = 20
    /// Failures further apart than this do not add up.
    public var windowSeconds: Int64 = 3600
    /// How long it stays closed; then it opens by itself.
    public var lockSeconds: Int64 = 900

    public init() {}
}

/// The failures of one account, and whether it is closed.
struct Lockout: Hashable, Sendable {
    var failures: Int
    var since: Instant
    var lockedAt: Instant?
    var lockedUntil: Instant?
    /// When an administrator opened it before its time.
    var releasedAt: Instant?

    static func first(at now: Instant) -> Lockout {
        Lockout(failures: 0, since: now, lockedAt: nil, lockedUntil: nil, releasedAt: nil)
    }

    func isLocked(at now: Instant) -> Bool { lockedUntil.map { now < $0 } ?? false }

    /// One more failure. The last lock is remembered for the security administrator.
    func failing(at now: Instant, _ policy: LockoutPolicy) -> Lockout {
        if isLocked(at: now) { return self }
        var next = self
        if now.milliseconds(since: since) >= policy.windowSeconds * 1000 {
            next.failures = 0
            next.since = now
        }
        next.failures += 1
        guard next.failures >= policy.failures else { return next }
        next.failures = 0
        next.since = now
        next.lockedAt = now
        next.lockedUntil = now.advanced(bySeconds: policy.lockSeconds)
        next.releasedAt = nil
        return next
    }

    /// Whoever gave the right password and code has made no guess.
    func succeeding(at now: Instant) -> Lockout {
        var next = self
        next.failures = 0
        next.since = now
        return next
    }

    func released(at now: Instant) -> Lockout {
        var next = succeeding(at: now)
        next.lockedUntil = now
        next.releasedAt = now
        return next
    }

    /// What whoever signs in is told while it is closed: the same as when their address has tried too often.
    func refusal(at now: Instant) -> RuleViolation? {
        guard let lockedUntil, now < lockedUntil else { return nil }
        let minutes = max(1, (lockedUntil.milliseconds(since: now) + 59_999) / 60_000)
        return RuleViolation(.tooMany, "signin.too-many", arguments: ["minutes": String(minutes)])
    }
}
