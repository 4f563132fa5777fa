import Domain
import Storage
import StorageTestSupport
import Synchronization
import Testing

/// A table that the tests of transactions write to.
let noteTable = Migration(
    "test.001-note",
    """
    CREATE TABLE note (
        id {int} PRIMARY KEY NOT NULL,
        text {text} NOT NULL CHECK (text <> 'refused')
    ) {strict}
    """)

extension WriteTransaction {
    func add(_ id: Int, _ text: String = "text") throws {
        try execute("INSERT INTO note (id, text) VALUES (\(id), \(text))")
    }
}

extension ReadTransaction {
    func notes() throws -> [Int] {
        try rows("SELECT id FROM note ORDER BY id").map { try $0.get("id") }
    }
}

@Suite struct TransactionTests {
    @Test("what a write has answered can be read", arguments: Engine.tested)
    func writeThenRead(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [noteTable]) { database in
            let changed = try await database.write { tx in
                try tx.execute("INSERT INTO note (id, text) VALUES (\(1), \("a")), (\(2), \("b"))")
            }
            #expect(changed == 2)
            try await #expect(database.read { try $0.notes() } == [1, 2])
        }
    }

    @Test("a write whose closure throws writes nothing", arguments: Engine.tested)
    func throwingWritesNothing(engine: Engine) async throws {
        struct Stop: Error {}
        try await withDatabase(engine, migrations: [noteTable]) { database in
            await #expect(throws: Stop.self) {
                try await database.write { tx in
                    try tx.add(1)
                    throw Stop()
                }
            }
            try await #expect(database.read { try $0.notes() } == [])
        }
    }

    @Test("an error that the closure swallows still refuses the write", arguments: Engine.tested)
    func swallowedError(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [noteTable]) { database in
            let error = await #expect(throws: StorageError.self) {
                try await database.write { tx in
                    try tx.add(1)
                    try? tx.add(1)
                }
            }
            #expect(error?.kind == .unique)
            try await #expect(database.read { try $0.notes() } == [])
        }
    }

    @Test("errors are told apart", arguments: Engine.tested)
    func errorKinds(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [noteTable]) { database in
            try await database.write { try $0.add(1) }
            #expect(await kind(of: database) { try $0.add(1) } == .unique)
            #expect(await kind(of: database) { try $0.add(2, "refused") } == .constraint)
            #expect(await kind(of: database) { try $0.execute("INSERT INTO nowhere VALUES (1)") } == .statement)
            #expect(await kind(of: database) { try $0.add(3, "a\0b") } == .statement)
            #expect(
                await kind(of: database) { tx in
                    _ = try tx.first("SELECT text FROM note WHERE id = 1")?.get("text", as: Int.self)
                } == .decoding)
        }
    }

    @Test("an enqueued statement that fails refuses the write", arguments: Engine.tested)
    func enqueuedError(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [noteTable], doubleRun: false) { database in
            #expect(
                await kind(of: database) { tx in
                    try tx.enqueue("INSERT INTO note (id, text) VALUES (\(1), \("a"))")
                    try tx.enqueue("INSERT INTO note (id, text) VALUES (\(1), \("b"))")
                    try tx.enqueue("INSERT INTO note (id, text) VALUES (\(2), \("c"))")
                } == .unique)
            try await #expect(database.read { try $0.notes() } == [])
            try await database.write { tx in
                for id in 1...1000 { try tx.enqueue("INSERT INTO note (id, text) VALUES (\(id), \("many"))") }
            }
            try await #expect(database.read { try $0.notes() }.count == 1000)
        }
    }

    @Test("a transaction is closed after its closure", arguments: Engine.tested)
    func escapedTransaction(engine: Engine) async throws {
        struct Escape: @unchecked Sendable { let transaction: WriteTransaction }
        try await withDatabase(engine, migrations: [noteTable]) { database in
            let escaped = try await database.write { Escape(transaction: $0) }
            let error = #expect(throws: StorageError.self) { try escaped.transaction.add(1) }
            #expect(error?.kind == .closed)
        }
    }

    @Test("a savepoint that throws is undone alone, and its hooks with it", arguments: Engine.tested)
    func savepoint(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [noteTable]) { database in
            let log = HookLog()
            try await database.write { tx in
                try tx.add(1)
                tx.afterCommit { log.note("outer") }
                #expect(throws: StorageError.self) {
                    try tx.savepoint {
                        try tx.add(2)
                        tx.afterCommit { log.note("inner") }
                        try tx.enqueue("INSERT INTO note (id, text) VALUES (\(1), \("again"))")
                    }
                }
                try tx.savepoint {
                    try tx.add(3)
                    #expect(throws: StorageError.self) { try tx.savepoint { try tx.add(3) } }
                    try tx.add(4)
                }
                #expect(try tx.notes() == [1, 3, 4])
            }
            #expect(log.entries == ["outer"])
            try await #expect(database.read { try $0.notes() } == [1, 3, 4])
        }
    }

    @Test("after-commit hooks run after COMMIT and only then", arguments: Engine.tested)
    func afterCommit(engine: Engine) async throws {
        struct Stop: Error {}
        try await withDatabase(engine, migrations: [noteTable]) { database in
            let log = HookLog()
            try await database.write { tx in
                try tx.add(1)
                tx.afterCommit { log.note("first") }
                tx.afterCommit { log.note("second") }
            }
            #expect(log.entries == ["first", "second"])
            await #expect(throws: Stop.self) {
                try await database.write { tx in
                    tx.afterCommit { log.note("never") }
                    throw Stop()
                }
            }
            #expect(log.entries == ["first", "second"])
        }
    }

    @Test("a read sees one snapshot, whatever is written meanwhile", arguments: Engine.tested)
    func snapshot(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [noteTable]) { database in
            try await database.write { try $0.add(1) }
            let hasRead = Gate()
            let hasWritten = Gate()
            async let seen = database.read { tx in
                let before = try tx.notes()
                hasRead.open()
                hasWritten.waitBlocking()
                return (before, try tx.notes())
            }
            await hasRead.wait()
            try await database.write { try $0.add(2) }
            hasWritten.open()
            let (before, after) = try await seen
            #expect(before == [1])
            #expect(after == [1])
            try await #expect(database.read { try $0.notes() } == [1, 2])
        }
    }

    @Test("reads cannot write", arguments: Engine.tested)
    func readsCannotWrite(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [noteTable]) { database in
            await #expect(throws: StorageError.self) {
                try await database.read { _ = try $0.rows("INSERT INTO note (id, text) VALUES (1, 'a') RETURNING id") }
            }
            try await #expect(database.read { try $0.notes() } == [])
        }
    }

    @Test("many writers at once each get their own answer", arguments: Engine.tested)
    func manyWriters(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [noteTable]) { database in
            let answers = await withTaskGroup(of: (Int, Bool).self) { group in
                for number in 0..<400 {
                    group.addTask {
                        // Every id is tried twice; one of the two is refused.
                        let isFirst = (try? await database.write { try $0.add(number / 2) }) != nil
                        return (number / 2, isFirst)
                    }
                }
                return await group.reduce(into: [:]) { $0[$1.0, default: 0] += $1.1 ? 1 : 0 }
            }
            #expect(answers.count == 200)
            #expect(answers.values.allSatisfy { $0 == 1 })
            try await #expect(database.read { try $0.notes() }.count == 200)
        }
    }

    @Test("statements are counted, those of a rehearsal are not", arguments: Engine.tested)
    func counting(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [noteTable]) { database in
            let written = try await StatementCounter.counting {
                try await database.write { tx in
                    try tx.add(1)
                    try tx.enqueue("INSERT INTO note (id, text) VALUES (\(2), \("b"))")
                    try tx.savepoint { _ = try tx.notes() }
                }
            }
            #expect(written.statements == 3)
            let read = try await StatementCounter.counting { try await database.read { try $0.notes() } }
            #expect(read.statements == 1)
        }
    }

    @Test("a closed database refuses politely", arguments: Engine.tested)
    func closed(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [noteTable]) { database in
            async let last: Void = database.write { try $0.add(1) }
            try await last
            await database.close()
            #expect(await kind(of: database) { try $0.add(2) } == .unavailable)
            let error = await #expect(throws: StorageError.self) { try await database.read { try $0.notes() } }
            #expect(error?.kind == .unavailable)
        }
    }

    @Test("under DoubleRun every closure runs twice and writes once", arguments: Engine.tested)
    func doubleRun(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [noteTable]) { database in
            let log = HookLog()
            try await database.write { tx in
                log.note("run")
                tx.afterCommit { log.note("committed") }
                try tx.add(1)
            }
            #expect(log.entries == ["run", "run", "committed"])
            try await #expect(database.read { try $0.notes() } == [1])
        }
    }
}

func kind(
    of database: any Database, _ body: @escaping @Sendable (WriteTransaction) throws -> Void
) async -> StorageError.Kind? {
    do {
        try await database.write { try body($0) }
        return nil
    } catch {
        return (error as? StorageError)?.kind
    }
}

/// Remembers what hooks did, in order.
final class HookLog: Sendable {
    private let log = Mutex<[String]>([])
    var entries: [String] { log.withLock { $0 } }
    func note(_ entry: String) { log.withLock { $0.append(entry) } }
}
