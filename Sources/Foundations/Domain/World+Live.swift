#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

extension World {
    /// The machine's clock and the system's cryptographic random numbers.
    public static let live = World(
        now: {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
        },
        random: {
            var generator = SystemRandomNumberGenerator()
            return generator.next()
        }
    )
}
