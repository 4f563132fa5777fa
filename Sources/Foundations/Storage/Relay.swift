public import Domain
public import Logging

/// Brings events from the outbox to the subscriptions: at least once, those of one subject in the order of their
/// versions, normally within a fraction of a second.
///
/// A batch of events is handed to the subscriptions and removed in one transaction. When that fails, the batch is
/// undone and told event by event, so that a poisonous event stops its own subject only: it stays in the table with
/// its attempts, its error and the time of the next try, and the later events of its subject wait behind it.
///
/// Several nodes may run a relay on one PostgreSQL; a lock lets one of them work at a time. On SQLite, where everybody
/// shares one writer, `run` keeps its turns short and rests after each while others wait (see `RelayPace`): under a
/// storm of reports search and counters may lag, so that reporting does not.
public final class Relay: Sendable {
    public struct Options: Sendable {
        /// Events told in one transaction, at most.
        public var batch = 128
        /// How long to gather events after the first, so that handlers get batches under load.
        public var gathering: Duration = .milliseconds(20)
        /// How long an event of another process waits, at most.
        public var polling: Duration = .milliseconds(250)

        public init() {}
    }

    let database: any Database
    let subscriptions: [Subscription]
    let world: World
    let logger: Logger
    let options: Options

    public init(
        database: any Database, subscriptions: [Subscription], world: World, logger: Logger,
        options: Options = Options()
    ) {
        self.database = database
        self.subscriptions = subscriptions
        self.world = world
        self.logger = logger
        self.options = options
    }

    /// Tells events until the task is cancelled. A batch that has begun is finished.
    public func run() async {
        var failures = 0
        var pace = RelayPace(largest: options.batch, sharesWriter: database.dialect == .sqlite)
        while !Task.isCancelled {
            do {
                let turn = try await tellBatch(limit: pace.batch)
                failures = 0
                if case .told(let told) = turn, told.count == pace.batch {
                    try await Task.sleep(for: pace.rest(after: told))
                    continue
                }
                await database.bells.outbox.wait(atMost: options.polling)
                try await Task.sleep(for: options.gathering)
            } catch is CancellationError {
                return
            } catch {
                failures += 1
                logger.error("the relay could not tell events", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: Backoff.pause(after: failures, longest: .seconds(30)))
            }
        }
    }

    /// Tells everything that can be told now, for tests and imports.
    public func drain() async throws {
        while true {
            switch try await tellBatch(limit: options.batch) {
            case .told: continue
            case .nothing: return
            case .busy: try await Task.sleep(for: .milliseconds(20))  // another node is at it
            }
        }
    }

    /// Makes `run` look at once.
    public func wake() {
        database.bells.outbox.ring()
    }
}

/// What waits in the outbox.
public struct RelayStatus: Sendable {
    /// Events not yet told, stopped ones included.
    public let waiting: Int
    /// When the oldest of them happened.
    public let oldest: Instant?
    /// Subjects that a poisonous event has stopped; the hundred longest waiting.
    public let stopped: [StoppedSubject]

    /// Milliseconds that the oldest event has waited.
    public func lag(at now: Instant) -> Int64 {
        oldest.map { max(0, now.milliseconds(since: $0)) } ?? 0
    }
}

/// A subject whose next event could not be told.
public struct StoppedSubject: Sendable {
    public let subject: UUIDValue
    public let event: ID<DomainEvent>
    public let topic: String
    public let attempts: Int
    public let lastError: String
    public let nextTry: Instant
}

extension Relay {
    public func status() async throws -> RelayStatus {
        try await database.read { transaction in
            let all = try transaction.first("SELECT count(*) AS waiting, min(at) AS oldest FROM outbox")
            let stopped = try transaction.rows(
                """
                SELECT subject, event, topic, attempts, last_error, next_try FROM outbox
                WHERE next_try IS NOT NULL ORDER BY number LIMIT 100
                """)
            return RelayStatus(
                waiting: try all?.get("waiting") ?? 0,
                oldest: try all?.get(optional: "oldest"),
                stopped: try stopped.map { row in
                    StoppedSubject(
                        subject: try row.get("subject"), event: try row.get("event"), topic: try row.get("topic"),
                        attempts: try row.get("attempts"), lastError: try row.get("last_error"),
                        nextTry: try row.get("next_try"))
                })
        }
    }
}
