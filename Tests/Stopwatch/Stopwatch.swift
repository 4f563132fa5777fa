import Foundation

/// Measures what a piece of code costs the processor, and not how long it has waited for it: a busy machine makes a test
/// slow, but the code that it measures no dearer.
public enum Stopwatch {
    /// The processor time that this thread spends in `body`, which must not suspend.
    public static func measure(_ body: () throws -> Void) rethrows -> Duration {
        let start = threadTime()
        try body()
        return threadTime() - start
    }

    private static func threadTime() -> Duration {
        var time = timespec()
        let failed = clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        precondition(failed == 0, "the system does not tell a thread's processor time")
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
