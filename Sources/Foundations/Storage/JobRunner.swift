public import Domain
public import Logging
import Synchronization

/// How jobs of one kind are done.
public struct JobHandler: Sendable {
    public enum Outcome: Sendable, Hashable {
        case done
        /// The same job again, at this time.
        case again(at: Instant)
    }

    enum Work: Sendable {
        case transaction(@Sendable (Job, WriteTransaction) throws -> Void)
        case task(@Sendable (Job) async throws -> Outcome)
    }

    public let kind: String
    let work: Work

    /// Work on the database only: done exactly once, in one transaction with the removal of the job.
    /// It may plan the next job of the same kind and key.
    public static func inTransaction(
        _ kind: String, _ work: @escaping @Sendable (Job, WriteTransaction) throws -> Void
    ) -> JobHandler {
        JobHandler(kind: kind, work: .transaction(work))
    }

    /// Work on the world outside: done at least once, and to be finished within the lease.
    public static func task(
        _ kind: String, _ work: @escaping @Sendable (Job) async throws -> Outcome
    ) -> JobHandler {
        JobHandler(kind: kind, work: .task(work))
    }
}

/// Does the jobs that are due, a few at a time. Any number of nodes may run one.
public final class JobRunner: Sendable {
    public struct Options: Sendable {
        /// Jobs done at the same time.
        public var concurrency = 4
        /// After this time the job of a process that died may be taken by another.
        public var lease: Duration = .seconds(120)
        /// How late a job may be noticed.
        public var polling: Duration = .milliseconds(500)

        public init() {}
    }

    private let database: any Database
    private let handlers: [String: JobHandler]
    private let world: World
    private let logger: Logger
    private let options: Options
    private let running = Atomic<Int>(0)

    public init(
        database: any Database, handlers: [JobHandler], world: World, logger: Logger, options: Options = Options()
    ) {
        self.database = database
        self.handlers = Dictionary(handlers.map { ($0.kind, $0) }) { first, second in
            preconditionFailure("two handlers for jobs of kind \(first.kind)")
        }
        self.world = world
        self.logger = logger
        self.options = options
    }

    /// Does jobs until the task is cancelled; work in progress is cancelled too, and its jobs come up again.
    public func run() async {
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                let free = options.concurrency - running.load(ordering: .acquiring)
                let jobs = free > 0 ? await takeJobs(free) : []
                for job in jobs {
                    running.add(1, ordering: .acquiringAndReleasing)
                    group.addTask { [self] in
                        await perform(job)
                        running.subtract(1, ordering: .acquiringAndReleasing)
                        database.bells.jobs.ring()
                    }
                }
                if free == 0 || jobs.count < free { await database.bells.jobs.wait(atMost: options.polling) }
            }
        }
    }

    /// Does everything that is due now, one after the other, for tests.
    public func drain() async throws {
        while true {
            let jobs = try await take(options.concurrency)
            if jobs.isEmpty { return }
            for job in jobs { await perform(job) }
        }
    }

    private func takeJobs(_ limit: Int) async -> [Job] {
        do {
            return try await take(limit)
        } catch {
            logger.error("jobs could not be taken", metadata: ["error": "\(error)"])
            return []
        }
    }

    private func take(_ limit: Int) async throws -> [Job] {
        let now = world.now()
        let kinds = handlers.keys.sorted()
        let isDue = try await database.read { transaction in
            try transaction.first("SELECT 1 AS due FROM job WHERE due_at <= \(now) AND kind \(in: kinds) LIMIT 1")
                != nil
        }
        guard isDue else { return [] }
        let end = now.advanced(by: options.lease)
        let lease = world.id(Job.self).uuid
        return try await database.write { try $0.takeJobs(of: kinds, limit: limit, at: now, until: end, lease: lease) }
    }

    private func perform(_ job: Job) async {
        guard let handler = handlers[job.kind] else { return }
        do {
            switch handler.work {
            case .transaction(let work):
                try await database.write { transaction in
                    // Removed first, so that the work may plan its successor; a replaced job is not done.
                    if try transaction.finish(job) { try work(job, transaction) }
                }
            case .task(let work):
                switch try await work(job) {
                case .done: _ = try await database.write { try $0.finish(job) }
                case .again(let next): try await database.write { try $0.giveBack(job, at: next) }
                }
            }
        } catch {
            await noteFailure(of: job, error)
        }
    }

    private func noteFailure(of job: Job, _ error: any Error) async {
        let text = Backoff.text(of: error)
        let pause: Duration =
            error is CancellationError ? .zero : Backoff.pause(after: job.attempts, longest: .seconds(3600))
        let nextTry = world.now().advanced(by: pause)
        logger.warning(
            "a job failed", metadata: ["kind": "\(job.kind)", "key": "\(job.key)", "error": "\(text)"])
        do {
            try await database.write { try $0.fail(job, because: text, nextTry: nextTry) }
        } catch {
            // It comes up again when the lease is over.
            logger.error(
                "a failed job could not be given back", metadata: ["kind": "\(job.kind)", "error": "\(error)"])
        }
    }
}

/// What waits in the job table.
public struct JobStatus: Sendable {
    public struct Failing: Sendable {
        public let kind: String
        public let key: String
        public let attempts: Int
        public let lastError: String
        public let nextTry: Instant
    }

    public let waiting: Int
    /// When the next one is due.
    public let next: Instant?
    /// Jobs whose last try failed; the hundred with the most attempts.
    public let failing: [Failing]
}

extension JobRunner {
    public func status() async throws -> JobStatus {
        try await database.read { transaction in
            let all = try transaction.first("SELECT count(*) AS waiting, min(due_at) AS next FROM job")
            let failing = try transaction.rows(
                """
                SELECT kind, key, attempts, last_error, due_at FROM job WHERE last_error IS NOT NULL
                ORDER BY attempts DESC, due_at LIMIT 100
                """)
            return JobStatus(
                waiting: try all?.get("waiting") ?? 0, next: try all?.get(optional: "next"),
                failing: try failing.map { row in
                    JobStatus.Failing(
                        kind: try row.get("kind"), key: try row.get("key"), attempts: try row.get("attempts"),
                        lastError: try row.get("last_error"), nextTry: try row.get("due_at"))
                })
        }
    }
}
