import Domain
import Logging
import Storage
import StorageTestSupport
import Testing

private let toldTable = Migration(
    "test.001-told",
    """
    CREATE TABLE told (
        number {int} NOT NULL,
        event {id} PRIMARY KEY NOT NULL,
        subject {id} NOT NULL,
        version {int} NOT NULL
    ) {strict};
    CREATE TABLE poison (event {id} PRIMARY KEY NOT NULL) {strict};
    """)

/// Notes each event in a table, in order; refuses those that the table `poison` names.
private let noting = Subscription(name: "noting", topics: ["test.happened.v1"]) { events, tx in
    for event in events {
        if try tx.first("SELECT event FROM poison WHERE event = \(event.id)") != nil {
            throw RuleViolation(.invalid, "test.poison")
        }
        try tx.execute(
            """
            INSERT INTO told (number, event, subject, version)
            SELECT count(*), \(event.id), \(event.subject), \(event.version) FROM told
            """)
    }
}

private struct Told: Equatable {
    let subject: UUIDValue
    let version: Int64
}

extension ReadTransaction {
    fileprivate func told() throws -> [Told] {
        try rows("SELECT subject, version FROM told ORDER BY number").map {
            Told(subject: try $0.get("subject"), version: try $0.get("version"))
        }
    }
}

@Suite struct RelayTests {
    private let time = TestWorld()

    private func withRelay(
        _ engine: Engine, subscriptions: [Subscription] = [noting], batch: Int = 100, doubleRun: Bool = true,
        _ body: (any Database, Relay) async throws -> Void
    ) async throws {
        try await withDatabase(
            engine, migrations: StorageSchema.migrations + [toldTable], doubleRun: doubleRun
        ) { database in
            var options = Relay.Options()
            options.batch = batch
            let relay = Relay(
                database: database, subscriptions: subscriptions, world: time.world, logger: .silent,
                options: options)
            try await body(database, relay)
        }
    }

    private func event(_ subject: UInt64, _ version: Int64, topic: String = "test.happened.v1") -> DomainEvent {
        DomainEvent(
            id: time.world.id(), topic: topic, subject: UUIDValue(high: 7, low: subject), version: version, at: time.now
        )
    }

    @Test("events are told once, those of one subject in order", arguments: Engine.tested)
    func order(engine: Engine) async throws {
        try await withRelay(engine, batch: 7) { database, relay in
            let events = (0..<60).map { event($0 % 5, Int64($0 / 5)) }
            for start in stride(from: 0, to: 60, by: 6) {
                try await database.write { tx in
                    for event in events[start..<start + 6] { try tx.publish(event) }
                }
            }
            try await relay.drain()
            try await relay.drain()
            let told = try await database.read { try $0.told() }
            #expect(told.count == 60)
            for subject in 0..<5 as Range<UInt64> {
                let versions = told.filter { $0.subject.low == subject }.map(\.version)
                #expect(versions == Array(0..<12))
            }
            #expect(try await relay.status().waiting == 0)
        }
    }

    @Test("an event of an undone transaction is not told", arguments: Engine.tested)
    func undone(engine: Engine) async throws {
        struct Stop: Error {}
        try await withRelay(engine) { database, relay in
            let event = event(1, 1)
            await #expect(throws: Stop.self) {
                try await database.write { tx in
                    try tx.publish(event)
                    throw Stop()
                }
            }
            try await relay.drain()
            let told = try await database.read { try $0.told() }
            #expect(told.isEmpty)
        }
    }

    @Test("events that nobody wants are removed", arguments: Engine.tested)
    func unwanted(engine: Engine) async throws {
        try await withRelay(engine) { database, relay in
            let event = event(1, 1, topic: "test.unheard.v1")
            try await database.write { try $0.publish(event) }
            try await relay.drain()
            let status = try await relay.status()
            #expect(status.waiting == 0)
        }
    }

    @Test("a poisonous event stops its own subject only, visibly, and is tried again", arguments: Engine.tested)
    func poison(engine: Engine) async throws {
        try await withRelay(engine) { database, relay in
            let events = [event(1, 1), event(2, 1), event(1, 2), event(2, 2), event(1, 3), event(3, 1)]
            let bad = events[2]
            try await database.write { tx in
                for event in events { try tx.publish(event) }
                try tx.execute("INSERT INTO poison (event) VALUES (\(bad.id))")
            }
            try await relay.drain()
            var told = try await database.read { try $0.told() }
            #expect(told.map(\.subject.low).sorted() == [1, 2, 2, 3])
            var status = try await relay.status()
            #expect(status.waiting == 2)
            #expect(status.stopped.map(\.event) == [bad.id])
            #expect(status.stopped.first?.attempts == 1)
            #expect(status.stopped.first?.lastError == "rule test.poison")
            #expect(status.stopped.first?.nextTry == time.now.advanced(bySeconds: 1))

            // A new event of the stopped subject waits behind it; before its time nothing is tried.
            let later = event(1, 4)
            try await database.write { try $0.publish(later) }
            try await relay.drain()
            status = try await relay.status()
            #expect(status.stopped.first?.attempts == 1)

            time.advance(seconds: 2)
            try await relay.drain()
            status = try await relay.status()
            #expect(status.stopped.first?.attempts == 2)
            #expect(status.lag(at: time.now) == 2000)

            try await database.write { try $0.execute("DELETE FROM poison") }
            time.advance(seconds: 10)
            try await relay.drain()
            told = try await database.read { try $0.told() }
            #expect(told.filter { $0.subject.low == 1 }.map(\.version) == [1, 2, 3, 4])
            status = try await relay.status()
            #expect(status.waiting == 0 && status.stopped.isEmpty)
        }
    }

    @Test("a failing handler leaves nothing behind for the others", arguments: Engine.tested)
    func halfTold(engine: Engine) async throws {
        let refusing = Subscription(name: "refusing", topics: ["test.happened.v1"]) { _, _ in
            throw RuleViolation(.invalid, "test.refused")
        }
        try await withRelay(engine, subscriptions: [noting, refusing]) { database, relay in
            let event = event(1, 1)
            try await database.write { try $0.publish(event) }
            try await relay.drain()
            let told = try await database.read { try $0.told() }
            #expect(told.isEmpty)
        }
    }

    @Test("a running relay tells within a fraction of a second and ends when cancelled", arguments: Engine.tested)
    func running(engine: Engine) async throws {
        try await withRelay(engine) { database, relay in
            let task = Task { await relay.run() }
            let events = (1...20).map { event(1, $0) }
            for event in events { try await database.write { try $0.publish(event) } }
            var waited = 0
            while try await relay.status().waiting > 0, waited < 500 {
                try await Task.sleep(for: .milliseconds(10))
                waited += 1
            }
            let told = try await database.read { try $0.told() }
            #expect(told.map(\.version) == Array(1...20))
            task.cancel()
            await task.value
        }
    }

    @Test("two relays at once tell every event once", .onPostgres)
    func twoRelays() async throws {
        try await withRelay(.postgres, batch: 5, doubleRun: false) { database, relay in
            let events = (0..<200).map { event($0 % 10, Int64($0 / 10)) }
            try await database.write { tx in
                for event in events { try tx.publish(event) }
            }
            async let first: Void = relay.drain()
            async let second: Void = relay.drain()
            _ = try await (first, second)
            let told = try await database.read { try $0.told() }
            #expect(told.count == 200)
            for subject in 0..<10 as Range<UInt64> {
                #expect(told.filter { $0.subject.low == subject }.map(\.version) == Array(0..<20))
            }
        }
    }
}
