import Dispatch
import Synchronization

/// A few threads of its own for work that would block Swift's threads, and a queue that is never long.
public final class BoundedPool: Sendable {
    /// The queue is full: come back later.
    public struct Full: Error {}

    private let lanes: [DispatchQueue]
    private let lengthLimit: Int
    /// Running and waiting work of each lane.
    private let lengths: Mutex<[Int]>

    /// - Parameter waiting: how many may wait for each thread, besides the one that runs.
    public init(name: String, threads: Int, waiting: Int) {
        self.lanes = (0..<threads).map { DispatchQueue(label: "\(name).\($0)", qos: .userInitiated) }
        self.lengthLimit = waiting + 1
        self.lengths = Mutex([Int](repeating: 0, count: threads))
    }

    /// Runs `work` on the lane with the least to do.
    /// - Throws: `Full` at once when every lane has its full queue.
    public func run<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        let lane = try lengths.withLock { lengths throws(Full) in
            guard let lane = lengths.indices.min(by: { lengths[$0] < lengths[$1] }), lengths[lane] < lengthLimit else {
                throw Full()
            }
            lengths[lane] += 1
            return lane
        }
        return try await withCheckedThrowingContinuation { continuation in
            lanes[lane].async {
                let result = Swift.Result { try work() }
                self.lengths.withLock { $0[lane] -= 1 }
                continuation.resume(with: result)
            }
        }
    }
}
