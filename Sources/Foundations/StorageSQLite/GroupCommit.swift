import Dispatch
import GRDB
import Storage
import Synchronization

/// A write that waits for its turn.
struct PendingWrite: Sendable {
    let counter: StatementCounter?
    /// Runs the closure; what it returns tells the caller the result.
    let run: @Sendable (WriteTransaction) throws -> @Sendable () -> Void
    let fail: @Sendable (any Error) -> Void
}

/// Lets all writes that wait at one time share a transaction and one COMMIT.
///
/// The disk is waited for once per group instead of once per write, so that throughput grows with the load while the
/// rules stay those of one transaction per write:
/// - nobody is answered, and no after-commit hook runs, before COMMIT has succeeded — also not with a refusal, because
///   it may rest on what another member wrote;
/// - a member that fails is undone alone. Savepoints would do that at the price of a copy of every page that each of
///   them touches, and hardly any member fails: so the group runs without them, and when one does fail after it has
///   written, the whole group is undone and run again, now with a savepoint each (see `GroupRun`);
/// - when COMMIT fails, or an error makes SQLite roll back the whole transaction (FULL, IOERR, NOMEM), every member
///   gets an error that says: try again.
///
/// All work is done on the serial queue of GRDB's writer, never on a thread of Swift's concurrency.
final class GroupCommit: Sendable {
    private struct Queue {
        var writes: [PendingWrite] = []
        var isScheduled = false
        var isClosed = false
        /// So many of the next groups take savepoints from the start.
        var carefulGroups = 0
    }

    private let writer: DatabaseQueue
    private let limit: Int
    private let time: Duration
    private let bells: Bells
    private let queue = Mutex(Queue())

    init(writer: DatabaseQueue, limit: Int, time: Duration, bells: Bells) {
        self.writer = writer
        self.limit = limit
        self.time = time
        self.bells = bells
    }

    func submit(_ write: PendingWrite) {
        let (isClosed, mustSchedule) = queue.withLock { queue in
            if queue.isClosed { return (true, false) }
            queue.writes.append(write)
            defer { queue.isScheduled = true }
            return (false, !queue.isScheduled)
        }
        if isClosed { write.fail(GroupCommit.closed) }
        if mustSchedule { schedule() }
    }

    /// Runs `work` on the writer's connection between two groups; it makes its own transactions.
    func alone(_ work: @escaping @Sendable (SQLiteSession) throws(StorageError) -> Void) async throws {
        if queue.withLock({ $0.isClosed }) { throw GroupCommit.closed }
        try await withCheckedThrowingContinuation { continuation in
            writer.asyncWriteWithoutTransaction { db in
                continuation.resume(with: Swift.Result { try work(SQLiteSession(db)) })
            }
        }
    }

    /// Refuses new writes, waits for those that were submitted, and closes the connection.
    func close() async {
        let isFirst = queue.withLock { queue in
            defer { queue.isClosed = true }
            return !queue.isClosed
        }
        guard isFirst else { return }
        while queue.withLock({ $0.isScheduled }) {
            await withCheckedContinuation { continuation in
                writer.asyncWriteWithoutTransaction { _ in continuation.resume() }
            }
        }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [writer] in
                // Fails only while statements run, and all have ended.
                try? writer.close()
                continuation.resume()
            }
        }
    }

    private func schedule() {
        // One group per turn, so that migrations get theirs.
        writer.asyncWriteWithoutTransaction { [self] db in
            let (group, isCareful) = queue.withLock { queue in
                let group = queue.writes.prefix(limit)
                queue.writes.removeFirst(group.count)
                defer { queue.carefulGroups = max(0, queue.carefulGroups - 1) }
                return (group, queue.carefulGroups > 0)
            }
            var run = GroupRun(session: SQLiteSession(db), bells: bells, time: time)
            let rest = run.commit(group, withSavepoints: isCareful)
            let goesOn = queue.withLock { queue in
                if run.wasUndone { queue.carefulGroups = GroupCommit.caution }
                queue.writes.insert(contentsOf: rest, at: 0)
                queue.isScheduled = !queue.writes.isEmpty
                return queue.isScheduled
            }
            if goesOn { schedule() }
        }
    }

    private static let closed = StorageError(.unavailable, "the database has been closed")

    /// Where one member fails, others may: running groups twice may cost a few percent, not half of the time.
    private static let caution = 16
}
