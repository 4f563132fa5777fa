public import Domain
import Synchronization

/// A world whose time stands still until the test moves it, and whose chance comes from a seed.
public final class TestWorld: Sendable {
    private struct State {
        var now: Instant
        var random: UInt64
    }

    private let state: Mutex<State>

    /// Begins at 2026-11-18 10:00 in China.
    public init(seed: UInt64 = 1, now: Instant = Instant(milliseconds: 1_795_053_600_000)) {
        state = Mutex(State(now: now, random: seed))
    }

    public var now: Instant { state.withLock { $0.now } }

    public func advance(seconds: Int64) {
        state.withLock { $0.now = $0.now.advanced(bySeconds: seconds) }
    }

    public var world: World {
        World(now: { self.now }, random: { self.next() })
    }

    /// SplitMix64.
    private func next() -> UInt64 {
        state.withLock { state in
            state.random &+= 0x9e37_79b9_7f4a_7c15
            var word = state.random
            word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
            word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
            return word ^ (word >> 31)
        }
    }
}
