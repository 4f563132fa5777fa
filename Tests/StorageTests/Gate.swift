import Dispatch

/// A gate between a test and a closure that runs on a driver's thread.
final class Gate: Sendable {
    private let opened = DispatchSemaphore(value: 0)

    func open() {
        opened.signal()
    }

    /// For closures inside a transaction, which may block their thread.
    func waitBlocking() {
        opened.wait()
    }

    /// For the test itself.
    func wait() async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [opened] in
                opened.wait()
                continuation.resume()
            }
        }
    }
}
