public import Domain

/// A request that may arrive twice: a double click, a retry after a lost answer.
public struct IdempotencyKey: Sendable, Hashable {
    /// Who sent it: the same key of two senders means two requests.
    public let sender: UUIDValue
    /// A keyed digest of the key that the client sent: what clients make keys of does not belong into a table.
    public let digest: [UInt8]
    /// A digest of what was asked for, to notice a key that is used for two things.
    public let fingerprint: [UInt8]

    public init(sender: UUIDValue, digest: [UInt8], fingerprint: [UInt8]) {
        self.sender = sender
        self.digest = digest
        self.fingerprint = fingerprint
    }
}

/// What came of a request that may have been sent before.
public enum Fulfilment<Result: Sendable>: Sendable {
    /// This was the first time.
    case now(Result)
    /// It was fulfilled before, and this was the answer.
    case before(answer: String)
}

extension Database {
    /// Runs `body` and remembers its request in the same transaction, unless a request with the same key was fulfilled
    /// before.
    ///
    /// The key is written first and without asking: that costs no round trip, and the table's own key refuses it the
    /// second time. Of two transactions with the same key at the same time one waits for the other.
    /// - Parameter answer: what the request will be answered: ids and codes, never personal data. One that is known only
    ///   at the end is set by `answer(_:with:)` in `body`.
    /// - Throws: `RuleViolation` `idempotency.mismatch` when the key was used to ask for something else.
    public func write<Result: Sendable>(
        once key: IdempotencyKey, at now: Instant, answer: String, isolation: Isolation = .locking,
        _ body: @escaping @Sendable (WriteTransaction) throws -> Result
    ) async throws -> Fulfilment<Result> {
        do {
            let result = try await write(isolation) { transaction in
                try transaction.remember(key, at: now, answer: answer)
                return try body(transaction)
            }
            return .now(result)
        } catch let error as StorageError where error.kind == .unique {
            // It may as well be another key that was taken, of something that `body` wrote.
            guard let earlier = try await read({ try $0.answer(to: key) }) else { throw error }
            return .before(answer: earlier)
        }
    }
}

extension ReadTransaction {
    /// The answer of the request that was fulfilled under this key.
    fileprivate func answer(to key: IdempotencyKey) throws -> String? {
        let earlier = try first(
            """
            SELECT fingerprint, answer FROM idempotency_key
            WHERE sender = \(key.sender) AND digest = \(key.digest)
            """)
        guard let earlier else { return nil }
        guard try earlier.get("fingerprint", as: [UInt8].self) == key.fingerprint else {
            throw RuleViolation(.conflict, "idempotency.mismatch")
        }
        return try earlier.get("answer")
    }
}

extension WriteTransaction {
    fileprivate func remember(_ key: IdempotencyKey, at now: Instant, answer: String) throws(StorageError) {
        try enqueue(
            """
            INSERT INTO idempotency_key (sender, digest, fingerprint, answer, at)
            VALUES (\(key.sender), \(key.digest), \(key.fingerprint), \(answer), \(now))
            """)
    }

    /// Sets the answer of the request that `write(once:)` fulfils in this transaction.
    public func answer(_ key: IdempotencyKey, with answer: String) throws(StorageError) {
        try enqueue(
            """
            UPDATE idempotency_key SET answer = \(answer) WHERE sender = \(key.sender) AND digest = \(key.digest)
            """)
    }
}

/// The table of requests that may arrive again.
public enum IdempotencyKeys {
    public static let migration = Migration(
        "storage.003-idempotency-key",
        """
        CREATE TABLE idempotency_key (
            sender {id} NOT NULL,
            digest {bytes} NOT NULL,
            fingerprint {bytes} NOT NULL,
            answer {json} NOT NULL,
            at {instant} NOT NULL,
            PRIMARY KEY (sender, digest)
        ) {clustered};
        """)

    /// The kind of the job that clears the table.
    public static let clearing = "storage.idempotency-clearing"

    /// Removes requests older than 48 hours, every hour. `schedule` its first run when the program starts.
    public static func clearingJob(database: any Database, world: World) -> JobHandler {
        .task(clearing) { _ in
            let now = world.now()
            try await clear(before: now.advanced(bySeconds: -48 * 3600), in: database)
            return .again(at: now.advanced(bySeconds: 3600))
        }
    }

    /// Removes requests from before `limit`. They are looked for on a snapshot and removed a few at a time, so that the
    /// table needs no second index and nobody who writes waits long.
    public static func clear(before limit: Instant, in database: any Database) async throws {
        while true {
            let old = try await database.read { transaction in
                try transaction.rows("SELECT sender, digest FROM idempotency_key WHERE at < \(limit) LIMIT 20000").map {
                    (sender: try $0.get("sender", as: UUIDValue.self), digest: try $0.get("digest", as: [UInt8].self))
                }
            }
            if old.isEmpty { return }
            for start in stride(from: 0, to: old.count, by: 200) {
                let part = old[start..<min(start + 200, old.count)]
                try await database.write { transaction in
                    for key in part {
                        try transaction.enqueue(
                            "DELETE FROM idempotency_key WHERE sender = \(key.sender) AND digest = \(key.digest)")
                    }
                }
            }
        }
    }
}
