import Foundation

/// Chance that a test can repeat: SplitMix64 (Steele, Lea, Flood 2014).
struct SeededChance: RandomNumberGenerator, Sendable {
    let seed: UInt64
    private var state: UInt64

    /// The seed of `LINLI_SEED`, or a new one; printed, so that a failure can be repeated.
    init(_ purpose: String) {
        var system = SystemRandomNumberGenerator()
        let seed = ProcessInfo.processInfo.environment["LINLI_SEED"].flatMap(UInt64.init) ?? system.next()
        print("seed of \(purpose): LINLI_SEED=\(seed)")
        self.init(seed: seed)
    }

    init(seed: UInt64) {
        self.seed = seed
        self.state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func one(in percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
}
