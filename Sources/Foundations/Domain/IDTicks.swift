import Synchronization

/// Counts identifiers within a millisecond, so that they come in order (RFC 9562 §6.2, method 1: the twelve bits after
/// the time are a counter). A clock that goes back, or more than 4,096 identifiers in a millisecond, borrow from the
/// milliseconds to come.
final class IDTicks: Sendable {
    private let last = Mutex<(milliseconds: Int64, count: UInt64)>((.min, 0))

    func next(at now: Instant) -> (at: Instant, count: UInt64) {
        last.withLock { last in
            if now.milliseconds > last.milliseconds {
                last = (now.milliseconds, 0)
            } else if last.count < 0xFFF {
                last.count += 1
            } else {
                last = (last.milliseconds + 1, 0)
            }
            return (Instant(milliseconds: last.milliseconds), last.count)
        }
    }
}
