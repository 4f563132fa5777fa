import Storage
import Synchronization

/// A write of `Isolation.appending` that waits for its turn.
struct PendingAppend: Sendable {
    enum Failure: Error {
        /// Nothing of the group was written: to be run in a transaction of its own.
        /// - Parameter isCounted: its statements have been counted.
        case runAlone(isCounted: Bool)
        /// Nobody knows whether the group was written.
        case unknown(StorageError)
    }

    let counter: StatementCounter?
    /// Runs the closure; what it returns tells the caller the result.
    let run: @Sendable (WriteTransaction) throws -> @Sendable () -> Void
    let fail: @Sendable (Failure) -> Void
}

/// Lets appending writes that wait at one time share a transaction: one BEGIN, one COMMIT, one wait for the disk, and for
/// closures that only enqueue one round trip, instead of one each.
///
/// Such writes wait for no rows of others and hold none that others wait for, so that sharing costs nobody anything. The
/// rules stay those of one transaction per write: nobody is answered before COMMIT, and when one fails nothing of the
/// group is written and each is run again alone.
final class AppendingGroups: Sendable {
    private struct Queue {
        var writes: [PendingAppend] = []
        var running = 0
    }

    private let pool: ConnectionPool
    private let bells: Bells
    private let limit: Int
    private let connections: Int
    private let queue = Mutex(Queue())

    /// - Parameters:
    ///   - limit: writes in one group.
    ///   - connections: groups at one time. Few and large ones ask less of the server than many small ones.
    init(pool: ConnectionPool, bells: Bells, limit: Int, connections: Int) {
        self.pool = pool
        self.bells = bells
        self.limit = limit
        self.connections = connections
    }

    func submit(_ write: PendingAppend) {
        let mustStart = queue.withLock { queue in
            queue.writes.append(write)
            guard queue.running < connections else { return false }
            queue.running += 1
            return true
        }
        if mustStart { start() }
    }

    private func start() {
        pool.submit { [self] connection in
            let group = queue.withLock { queue in
                let group = Array(queue.writes.prefix(limit))
                queue.writes.removeFirst(group.count)
                return group
            }
            switch connection {
            case .success(let connection): run(group, on: connection)
            // Alone, each is told what is wrong, or finds that it is over.
            case .failure: for write in group { write.fail(.runAlone(isCounted: false)) }
            }
            let goesOn = queue.withLock { queue in
                if queue.writes.isEmpty { queue.running -= 1 }
                return !queue.writes.isEmpty
            }
            // To the end of the line: others wait for connections too.
            if goesOn { start() }
        }
    }

    private func run(_ group: [PendingAppend], on connection: Connection) {
        if group.isEmpty { return }
        let session = PostgresSession(connection)
        var answers: [@Sendable () -> Void] = []
        var hooks: [@Sendable () -> Void] = []
        do {
            try session.begin("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
            for write in group {
                let transaction = WriteTransaction(session: session, counter: write.counter, bells: bells)
                answers.append(try write.run(transaction))
                hooks += transaction.afterCommitHooks
            }
            try session.commit()
        } catch let error as StorageError where error.kind == .commitUnknown {
            for write in group { write.fail(.unknown(error)) }
            return
        } catch {
            session.rollback()
            for (index, write) in group.enumerated() { write.fail(.runAlone(isCounted: index <= answers.count)) }
            return
        }
        for hook in hooks { hook() }
        for answer in answers { answer() }
    }
}
