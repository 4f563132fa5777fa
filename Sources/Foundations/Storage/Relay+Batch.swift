import Domain
import Logging

extension Relay {
    enum Turn: Sendable {
        case told(Told)
        case nothing
        /// Another node's relay is working.
        case busy
    }

    struct Told: Sendable {
        /// Events that were told or found poisonous.
        let count: Int
        /// How long the transaction waited for its turn, and how long it took but for COMMIT.
        let waited: Duration
        let worked: Duration
    }

    /// An event with its place in the table.
    private struct Entry {
        let number: Int64
        let event: DomainEvent
        let attempts: Int
    }

    func tellBatch(limit: Int) async throws -> Turn {
        let now = world.now()
        // Looking costs a write nothing; most of the time there is nothing to tell.
        let isWorkWaiting = try await database.read { try $0.first(Relay.deliverable(at: now, limit: 1)) != nil }
        guard isWorkWaiting else { return .nothing }
        let asked = ContinuousClock.now
        return try await database.write { [self] transaction in
            let begun = ContinuousClock.now
            if case .postgres = try transaction.dialect {
                let lock = try transaction.first(
                    "SELECT pg_try_advisory_xact_lock(\(Relay.lock)::int, hashtext(current_schema())) AS is_mine")
                guard try lock?.get("is_mine", as: Bool.self) == true else { return .busy }
            }
            let entries = try transaction.rows(Relay.deliverable(at: now, limit: limit)).map(Relay.entry)
            if entries.isEmpty { return .nothing }
            try tell(Relay.inOrder(entries), at: now, in: transaction)
            return .told(Told(count: entries.count, waited: begun - asked, worked: .now - begun))
        }
    }

    private func tell(_ entries: [Entry], at now: Instant, in transaction: WriteTransaction) throws {
        do {
            return try transaction.savepoint { try deliver(entries, in: transaction) }
        } catch let error where Relay.isTransient(error) {
            throw error
        } catch {
            // One of them is poisonous; which one shows when each is told alone.
        }
        var stopped: Set<UUIDValue> = []
        for entry in entries where !stopped.contains(entry.event.subject) {
            do {
                try transaction.savepoint { try deliver([entry], in: transaction) }
            } catch let error where Relay.isTransient(error) {
                throw error
            } catch {
                stopped.insert(entry.event.subject)
                try stop(entry, because: error, at: now, in: transaction)
            }
        }
    }

    private func deliver(_ entries: [Entry], in transaction: WriteTransaction) throws {
        for subscription in subscriptions {
            let wanted = entries.map(\.event).filter { subscription.topics.contains($0.topic) }
            if !wanted.isEmpty { try subscription.handle(wanted, transaction) }
        }
        try transaction.enqueue("DELETE FROM outbox WHERE number \(in: entries.map(\.number))")
    }

    private func stop(
        _ entry: Entry, because error: any Error, at now: Instant, in transaction: WriteTransaction
    ) throws {
        let attempts = entry.attempts + 1
        let nextTry = now.advanced(by: Backoff.pause(after: attempts, longest: .seconds(900)))
        try transaction.execute(
            """
            UPDATE outbox SET attempts = \(attempts), next_try = \(nextTry), last_error = \(Backoff.text(of: error))
            WHERE number = \(entry.number)
            """)
        let event = entry.event
        transaction.afterCommit { [logger] in
            logger.error(
                "an event could not be told and stops its subject",
                metadata: [
                    "topic": "\(event.topic)", "subject": "\(event.subject)", "event": "\(event.id)",
                    "attempts": "\(attempts)", "error": "\(Backoff.text(of: error))",
                ])
        }
    }

    /// Events whose subject is not waiting for another try, in order of publishing.
    private static func deliverable(at now: Instant, limit: Int) -> SQL {
        """
        SELECT number, event, topic, subject, version, at, payload, attempts FROM outbox
        WHERE subject NOT IN (SELECT subject FROM outbox WHERE next_try > \(now))
        ORDER BY number LIMIT \(limit)
        """
    }

    private static func entry(_ row: Row) throws -> Entry {
        Entry(
            number: try row.get("number"),
            event: DomainEvent(
                id: try row.get("event"), topic: try row.get("topic"), subject: try row.get("subject"),
                version: try row.get("version"), at: try row.get("at"), payload: try row.get("payload")),
            attempts: try row.get("attempts"))
    }

    /// By subject in the order of their first events, and by version within each.
    private static func inOrder(_ entries: [Entry]) -> [Entry] {
        var first: [UUIDValue: Int64] = [:]
        for entry in entries where first[entry.event.subject] == nil { first[entry.event.subject] = entry.number }
        return entries.sorted { left, right in
            (first[left.event.subject] ?? 0, left.event.version, left.number)
                < (first[right.event.subject] ?? 0, right.event.version, right.number)
        }
    }

    /// Whether the storage is at fault and not the event.
    private static func isTransient(_ error: any Error) -> Bool {
        guard let error = error as? StorageError else { return false }
        return error.isRetryable || error.kind == .closed || error.kind == .commitUnknown
    }

    /// Keeps the relay's lock apart from other advisory locks; the schema is the second half of its key.
    private static let lock = 0x6c69_6e01
}
