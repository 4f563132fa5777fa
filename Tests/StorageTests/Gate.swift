import Dispatch
import Synchronization

/// A gate between a test and work that runs beside it; once open it stays open.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let opened = DispatchSemaphore(value: 0)

    func open() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            state.isOpen = true
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
        opened.signal()
    }

    /// For closures inside a transaction, which may block their thread.
    func waitBlocking() {
        opened.wait()
        opened.signal()
    }

    /// For tasks.
    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}
