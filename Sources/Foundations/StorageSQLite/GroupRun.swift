import Storage

/// One group of writes on its way through a transaction. Used on the writer's queue only.
struct GroupRun {
    /// A member failed after it had written, so that everything was undone and run again.
    private(set) var wasUndone = false
    private let session: SQLiteSession
    private let bells: Bells
    private let time: Duration
    private var members: [Member] = []
    /// Members whose statements were counted in a run that was undone.
    private var counted = 0

    /// - Parameter time: work after which the transaction is committed although more writes wait.
    init(session: SQLiteSession, bells: Bells, time: Duration) {
        self.session = session
        self.bells = bells
        self.time = time
    }

    /// Runs the group, commits and answers.
    /// - Returns: the writes that there was no time for.
    mutating func commit(_ group: ArraySlice<PendingWrite>, withSavepoints: Bool) -> ArraySlice<PendingWrite> {
        do {
            try session.begin()
            let isDone = withSavepoints ? false : try runTogether(group)
            if !isDone { try runApart(group) }
            try session.commit()
        } catch {
            session.rollback()
            guard !members.isEmpty else {
                for write in group { write.fail(error) }
                return []
            }
            for member in members { member.fail(because: error) }
            return group.dropFirst(members.count)
        }
        for member in members { member.answer() }
        return group.dropFirst(members.count)
    }

    /// Runs writes one after the other, without savepoints.
    /// - Returns: false when one failed that could not be undone alone; then nothing has been run.
    private mutating func runTogether(_ group: ArraySlice<PendingWrite>) throws(StorageError) -> Bool {
        let deadline = ContinuousClock.now + time
        for write in group {
            let isFirstToWrite = !session.hasWritten
            let member = run(write, counter: write.counter)
            members.append(member)
            // After FULL, IOERR or NOMEM there may be no transaction left.
            guard session.isInTransaction else { return true }
            if member.isFailed, session.hasWritten {
                session.rollback()
                try session.begin()
                guard isFirstToWrite else {
                    wasUndone = true
                    counted = members.count
                    members.removeAll(keepingCapacity: true)
                    return false
                }
            }
            if ContinuousClock.now >= deadline { return true }
        }
        return true
    }

    /// Runs writes one after the other, a savepoint each.
    private mutating func runApart(_ group: ArraySlice<PendingWrite>) throws(StorageError) {
        let deadline = ContinuousClock.now + time
        for write in group {
            try session.beginMember()
            let member = run(write, counter: members.count < counted ? nil : write.counter)
            members.append(member)
            guard session.isInTransaction else { return }
            if member.isFailed { session.undoMember() } else { try session.releaseMember() }
            if ContinuousClock.now >= deadline { return }
        }
    }

    private func run(_ write: PendingWrite, counter: StatementCounter?) -> Member {
        let transaction = WriteTransaction(session: session, counter: counter, bells: bells)
        do {
            let deliver = try write.run(transaction)
            return Member(write: write, hooks: transaction.afterCommitHooks, outcome: .success(deliver))
        } catch {
            return Member(write: write, hooks: [], outcome: .failure(error))
        }
    }
}

/// A write whose closure has run and whose group has not been committed yet.
private struct Member {
    let write: PendingWrite
    let hooks: [@Sendable () -> Void]
    let outcome: Swift.Result<@Sendable () -> Void, any Error>

    var isFailed: Bool {
        if case .failure = outcome { true } else { false }
    }

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
