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

/// Lets all writes that wait at one time share a transaction, a savepoint each, and one COMMIT.
///
/// The disk is waited for once per group instead of once per write, so that throughput grows with the load while the
/// rules stay those of one transaction per write:
/// - nobody is answered, and no after-commit hook runs, before COMMIT has succeeded — also not with a refusal, because
///   it may rest on what another member wrote;
/// - a member that fails is undone alone;
/// - when COMMIT fails, or an error makes SQLite roll back the whole transaction (FULL, IOERR, NOMEM), every member
///   gets an error that says: try again.
///
/// All work is done on the serial queue of GRDB's writer, never on a thread of Swift's concurrency.
final class GroupCommit: Sendable {
    private struct Queue {
        var writes: [PendingWrite] = []
        var isScheduled = false
        var isClosed = false
    }

    private let pool: DatabasePool
    private let limit: Int
    private let time: Duration
    private let bells: Bells
    private let queue = Mutex(Queue())

    init(pool: DatabasePool, limit: Int, time: Duration, bells: Bells) {
        self.pool = pool
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
            pool.asyncWriteWithoutTransaction { db in
                continuation.resume(with: Swift.Result { try work(SQLiteSession(db)) })
            }
        }
    }

    /// Refuses new writes, waits for those that were submitted, and closes the connections.
    func close() async {
        let isFirst = queue.withLock { queue in
            defer { queue.isClosed = true }
            return !queue.isClosed
        }
        guard isFirst else { return }
        while queue.withLock({ $0.isScheduled }) {
            await withCheckedContinuation { continuation in
                pool.asyncWriteWithoutTransaction { _ in continuation.resume() }
            }
        }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [pool] in
                // Fails only while statements run, and all have ended.
                try? pool.close()
                continuation.resume()
            }
        }
    }

    private func schedule() {
        // One group per turn, so that migrations get theirs.
        pool.asyncWriteWithoutTransaction { [self] db in
            let group = queue.withLock { queue in
                let group = queue.writes.prefix(limit)
                queue.writes.removeFirst(group.count)
                return group
            }
            let rest = run(group, in: SQLiteSession(db))
            let goesOn = queue.withLock { queue in
                queue.writes.insert(contentsOf: rest, at: 0)
                queue.isScheduled = !queue.writes.isEmpty
                return queue.isScheduled
            }
            if goesOn { schedule() }
        }
    }

    /// Runs a group and returns those that there was no time for.
    private func run(_ group: ArraySlice<PendingWrite>, in session: SQLiteSession) -> ArraySlice<PendingWrite> {
        var members: [Member] = []
        members.reserveCapacity(group.count)
        do {
            try session.begin()
        } catch {
            for write in group { write.fail(error) }
            return []
        }
        let deadline = ContinuousClock.now + time
        var rest = group
        while let write = rest.popFirst() {
            members.append(run(write, in: session))
            // After FULL, IOERR or NOMEM there may be no transaction left.
            guard session.isInTransaction else { break }
            if ContinuousClock.now >= deadline { break }
        }
        do {
            try session.commit()
        } catch {
            for member in members { member.fail(because: error) }
            return rest
        }
        for member in members { member.answer() }
        return rest
    }

    private func run(_ write: PendingWrite, in session: SQLiteSession) -> Member {
        let transaction = WriteTransaction(session: session, counter: write.counter, bells: bells)
        do {
            try session.beginMember()
            let deliver = try write.run(transaction)
            try session.releaseMember()
            return Member(write: write, hooks: transaction.afterCommitHooks, outcome: .success(deliver))
        } catch {
            session.undoMember()
            return Member(write: write, hooks: [], outcome: .failure(error))
        }
    }

    private static let closed = StorageError(.unavailable, "the database has been closed")
}

/// A write whose closure has run and whose group has not been committed yet.
private struct Member {
    let write: PendingWrite
    let hooks: [@Sendable () -> Void]
    let outcome: Swift.Result<@Sendable () -> Void, any Error>

    func answer() {
        switch outcome {
        case .success(let deliver):
            for hook in hooks { hook() }
            deliver()
        case .failure(let error):
            write.fail(error)
        }
    }

    func fail(because commit: StorageError) {
        if case .failure(let error as StorageError) = outcome, error.isRetryable {
            write.fail(error)
        } else {
            write.fail(StorageError(.commitFailed, commit.message))
        }
    }
}
