import Domain

/// The table of events that have happened and not yet been told to everybody.
public enum Outbox {
    /// Makes the table. The number keeps the order of publishing; it is no cursor: numbers commit out of order, so the
    /// relay looks at what is there instead of remembering how far it has come.
    public static let migration = Migration(
        "storage.001-outbox",
        sqlite: """
            CREATE TABLE outbox (
                number INTEGER PRIMARY KEY NOT NULL,
                event {id} NOT NULL,
                topic {text} NOT NULL,
                subject {id} NOT NULL,
                version {int} NOT NULL,
                at {instant} NOT NULL,
                payload {json} NOT NULL,
                attempts {int} NOT NULL DEFAULT 0,
                next_try {instant},
                last_error {text}
            ) {strict};
            CREATE INDEX outbox_next_try ON outbox (next_try) WHERE next_try IS NOT NULL;
            """,
        postgres: """
            CREATE TABLE outbox (
                number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                event {id} NOT NULL,
                topic {text} NOT NULL,
                subject {id} NOT NULL,
                version {int} NOT NULL,
                at {instant} NOT NULL,
                payload {json} NOT NULL,
                attempts {int} NOT NULL DEFAULT 0,
                next_try {instant},
                last_error {text}
            ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
            CREATE INDEX outbox_next_try ON outbox (next_try) WHERE next_try IS NOT NULL;
            """)
}

extension WriteTransaction {
    /// Tells an event to whoever subscribes, once this transaction has been committed.
    public func publish(_ event: DomainEvent) throws(StorageError) {
        try enqueue(
            """
            INSERT INTO outbox (event, topic, subject, version, at, payload)
            VALUES (\(event.id), \(event.topic), \(event.subject), \(event.version), \(event.at), \(event.payload))
            """)
        afterCommit { [bell = bells.outbox] in bell.ring() }
    }
}
