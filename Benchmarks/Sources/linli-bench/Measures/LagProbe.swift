import Domain
import Storage
import Synchronization

/// Watches how long the oldest event has waited for the relay: how far search is behind.
final class LagProbe: Sendable {
    private struct State {
        var longest: Int64 = 0
        var isStopped = false
    }

    private let state = Mutex(State())
    private let database: any Database

    init(_ database: any Database) {
        self.database = database
    }

    /// Milliseconds that the oldest event has waited now; 0 when none waits.
    func lag() async throws -> Int64 {
        let oldest = try await database.read { tx in
            try tx.first("SELECT at FROM outbox ORDER BY number LIMIT 1")?.get("at", as: Instant.self)
        }
        return oldest.map { max(0, World.live.now().milliseconds(since: $0)) } ?? 0
    }

    /// Looks four times a second until `stop`.
    func watch() async throws {
        while !state.withLock({ $0.isStopped }) {
            let lag = try await lag()
            state.withLock { $0.longest = max($0.longest, lag) }
            try await Task.sleep(for: .milliseconds(250))
        }
    }

    /// - Returns: the longest wait seen, in milliseconds.
    func stop() -> Int64 {
        state.withLock { state in
            state.isStopped = true
            return state.longest
        }
    }

    /// Waits until nothing waits any more.
    /// - Returns: seconds that it took; `nil` when it took longer than `limit`.
    func drained(within limit: Duration) async throws -> Double? {
        let clock = ContinuousClock()
        let start = clock.now
        while clock.now - start < limit {
            if try await lag() == 0 { return (clock.now - start).seconds }
            try await Task.sleep(for: .milliseconds(100))
        }
        return nil
    }
}
