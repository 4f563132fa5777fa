/// What a command needs from the world outside: the time, new identifiers, chance.
/// Passed in, so that tests decide all three.
public struct World: Sendable {
    public var now: @Sendable () -> Instant
    /// 64 random bits; cryptographically strong in production.
    public var random: @Sendable () -> UInt64
    /// The zone that days and printed times are counted in.
    public var zone: ZoneOffset
    private let ticks = IDTicks()

    public init(
        now: @escaping @Sendable () -> Instant, random: @escaping @Sendable () -> UInt64, zone: ZoneOffset = .china
    ) {
        self.now = now
        self.random = random
        self.zone = zone
    }

    /// A new identifier, greater than every one that this world has made before: what is written in one transaction
    /// sorts in the order of its making.
    public func id<Subject>(_: Subject.Type = Subject.self) -> ID<Subject> {
        let tick = ticks.next(at: now())
        return ID(UUIDValue(version7At: tick.at, random: (tick.count, random())))
    }

    /// `count` random bytes.
    public func randomBytes(_ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 7)
        while bytes.count < count {
            let word = random()
            for shift in stride(from: 0, to: 64, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
        return Array(bytes.prefix(count))
    }
}
