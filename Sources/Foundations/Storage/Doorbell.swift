import Synchronization

/// Wakes one waiting task. Ringing while nobody waits is remembered, once.
public final class Doorbell: Sendable {
    private struct State {
        var isRung = false
        var waiting: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    public init() {}

    public func ring() {
        let waiting = state.withLock { state in
            defer { state.waiting = nil }
            if state.waiting == nil { state.isRung = true }
            return state.waiting
        }
        waiting?.resume()
    }

    /// Returns when the bell rings or has been rung, when `time` is over, or when the task is cancelled.
    /// Only one task may wait at a time; a second one sends the first away.
    public func wait(atMost time: Duration) async {
        let timer = Task { [weak self] in
            try await Task.sleep(for: time)
            self?.ring()
        }
        defer { timer.cancel() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let done = state.withLock { state in
                    if state.isRung {
                        state.isRung = false
                        return continuation as CheckedContinuation<Void, Never>?
                    }
                    defer { state.waiting = continuation }
                    return state.waiting
                }
                done?.resume()
            }
        } onCancel: {
            ring()
        }
    }
}

/// The bells of one database, rung by commits of this process. Other processes are noticed by polling.
public struct Bells: Sendable {
    /// Events were published.
    public let outbox = Doorbell()
    /// Jobs were scheduled.
    public let jobs = Doorbell()
    let changes = Changes()

    public init() {}
}
