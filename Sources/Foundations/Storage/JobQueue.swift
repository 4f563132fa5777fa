public import Domain

/// Work to be done later: timers, deadlines, retries, sending.
public struct Job: Sendable, Hashable {
    /// What to do: `casework.deadline`.
    public let kind: String
    /// Which one; a kind has at most one job of a key.
    public let key: String
    /// A JSON object with ids and codes, never personal data.
    public let payload: String
    /// When it was to be done.
    public let at: Instant
    /// Counts how often the job of this kind and key was replaced.
    public let generation: Int64
    /// How often it was begun, this time included.
    public let attempts: Int
    /// Proves that the job is still held by whoever took it.
    let lease: UUIDValue
}

/// The table of jobs. A job is taken with a lease: `due_at` moves to the end of the lease, so that the job of a process
/// that died comes up again by itself.
public enum JobQueue {
    public static let migration = Migration(
        "storage.002-job",
        """
        CREATE TABLE job (
            kind {text} NOT NULL,
            key {text} NOT NULL,
            payload {json} NOT NULL,
            run_at {instant} NOT NULL,
            due_at {instant} NOT NULL,
            generation {int} NOT NULL,
            lease {id},
            attempts {int} NOT NULL,
            last_error {text},
            PRIMARY KEY (kind, key)
        ) {strict};
        CREATE INDEX job_due_at ON job (due_at);
        """)
}

extension WriteTransaction {
    /// Plans a job, replacing the one of the same kind and key: the replaced one will not be done, even when somebody
    /// has just taken it.
    public func schedule(
        _ kind: String, key: String, payload: String = "{}", at: Instant
    ) throws(StorageError) {
        try enqueue(
            """
            INSERT INTO job (kind, key, payload, run_at, due_at, generation, attempts)
            VALUES (\(kind), \(key), \(payload), \(at), \(at), 1, 0)
            ON CONFLICT (kind, key) DO UPDATE SET payload = excluded.payload, run_at = excluded.run_at,
                due_at = excluded.due_at, generation = job.generation + 1, lease = NULL, attempts = 0, last_error = NULL
            """)
        afterCommit { [bell = bells.jobs] in bell.ring() }
    }

    /// Plans a job that runs for as long as the program is in use: one that is there already stays as it is, so that it
    /// goes on where it has come to.
    public func scheduleUnlessPlanned(
        _ kind: String, key: String, payload: String = "{}", at: Instant
    ) throws(StorageError) {
        try enqueue(
            """
            INSERT INTO job (kind, key, payload, run_at, due_at, generation, attempts)
            VALUES (\(kind), \(key), \(payload), \(at), \(at), 1, 0)
            ON CONFLICT (kind, key) DO NOTHING
            """)
        afterCommit { [bell = bells.jobs] in bell.ring() }
    }

    /// Takes a planned job back. Nothing happens when there is none.
    public func cancelJob(_ kind: String, key: String) throws(StorageError) {
        try enqueue("DELETE FROM job WHERE kind = \(kind) AND key = \(key)")
    }

    /// Takes jobs that are due; nobody else gets them before the lease is over.
    func takeJobs(
        of kinds: [String], limit: Int, at now: Instant, until end: Instant, lease: UUIDValue
    ) throws -> [Job] {
        let rows = try rows(
            """
            WITH due (due_kind, due_key) AS MATERIALIZED (
                SELECT kind, key FROM job WHERE due_at <= \(now) AND kind \(in: kinds)
                ORDER BY due_at LIMIT \(limit)\(.forUpdateSkipLocked)
            )
            UPDATE job SET lease = \(lease), due_at = \(end), attempts = attempts + 1 FROM due
            WHERE kind = due_kind AND key = due_key
            RETURNING kind, key, payload, run_at, generation, attempts
            """)
        return try rows.map { row in
            Job(
                kind: try row.get("kind"), key: try row.get("key"), payload: try row.get("payload"),
                at: try row.get("run_at"), generation: try row.get("generation"), attempts: try row.get("attempts"),
                lease: lease)
        }
    }

    /// Removes a job that is done; false when it was replaced, or taken by somebody else after the lease.
    func finish(_ job: Job) throws(StorageError) -> Bool {
        try execute(
            "DELETE FROM job WHERE kind = \(job.kind) AND key = \(job.key) AND lease = \(job.lease)") == 1
    }

    /// Gives a job back that is to be done again.
    func giveBack(_ job: Job, at next: Instant) throws(StorageError) {
        try execute(
            """
            UPDATE job SET run_at = \(next), due_at = \(next), lease = NULL, attempts = 0, last_error = NULL
            WHERE kind = \(job.kind) AND key = \(job.key) AND lease = \(job.lease)
            """)
    }

    /// Gives a job back that has failed.
    func fail(_ job: Job, because error: String, nextTry: Instant) throws(StorageError) {
        try execute(
            """
            UPDATE job SET due_at = \(nextTry), lease = NULL, last_error = \(error)
            WHERE kind = \(job.kind) AND key = \(job.key) AND lease = \(job.lease)
            """)
    }
}
