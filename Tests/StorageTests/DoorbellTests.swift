import Storage
import Testing

@Suite struct DoorbellTests {
    @Test("ringing before anybody waits is remembered, once")
    func remembered() async {
        let bell = Doorbell()
        bell.ring()
        bell.ring()
        let clock = ContinuousClock()
        #expect(await clock.measure { await bell.wait(atMost: .seconds(60)) } < .seconds(30))
        #expect(await clock.measure { await bell.wait(atMost: .milliseconds(50)) } >= .milliseconds(40))
    }

    @Test("a waiting task is woken by the bell and by being cancelled")
    func woken() async {
        let bell = Doorbell()
        let ringing = Task { await bell.wait(atMost: .seconds(600)) }
        try? await Task.sleep(for: .milliseconds(20))
        bell.ring()
        await ringing.value
        let cancelled = Task { await bell.wait(atMost: .seconds(600)) }
        cancelled.cancel()
        await cancelled.value
    }
}
