import Testing

@testable import Storage

@Suite struct RelayPaceTests {
    /// Runs turns in which each event takes half a millisecond.
    private func settled(_ pace: RelayPace, waited: Duration, turns: Int = 40) -> (batch: Int, rest: Duration) {
        var pace = pace
        var rest = Duration.zero
        for _ in 0..<turns {
            rest = pace.rest(
                after: Relay.Told(count: pace.batch, waited: waited, worked: .microseconds(500 * pace.batch)))
        }
        return (pace.batch, rest)
    }

    @Test("while others write, turns are short and four fifths of the time are theirs")
    func busy() {
        let (batch, rest) = settled(RelayPace(largest: 128, sharesWriter: true), waited: .milliseconds(10))
        #expect((8...24).contains(batch))
        #expect(rest == .microseconds(500 * batch) * 4)
    }

    @Test("while nobody else writes, turns are longer and there is no rest")
    func quiet() {
        let (batch, rest) = settled(RelayPace(largest: 128, sharesWriter: true), waited: .zero)
        #expect((40...80).contains(batch))
        #expect(rest == .zero)
    }

    @Test("events that take long are told one by one, and the rest has an end")
    func slow() {
        var pace = RelayPace(largest: 128, sharesWriter: true)
        var rest = Duration.zero
        for _ in 0..<10 {
            rest = pace.rest(after: Relay.Told(count: pace.batch, waited: .seconds(1), worked: .seconds(2)))
        }
        #expect(pace.batch == 1)
        #expect(rest == .milliseconds(200))
    }

    @Test("with a writer of its own it takes as much as it may, without rest")
    func alone() {
        let (batch, rest) = settled(RelayPace(largest: 128, sharesWriter: false), waited: .seconds(1))
        #expect(batch == 128)
        #expect(rest == .zero)
    }
}
