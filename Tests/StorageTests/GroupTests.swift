import Domain
import Storage
import StorageTestSupport
import Synchronization
import Testing

/// Writes that share one COMMIT must not notice each other.
@Suite struct GroupTests {
    private struct Stop: Error {}

    /// Keeps the only writer busy until `submit` has handed in its writes, so that they become one group.
    private func grouped(
        on database: any Database, _ writes: [@Sendable (WriteTransaction) throws -> Void]
    ) async throws -> [Bool] {
        let (isWriting, mayGoOn) = (Gate(), Gate())
        async let first: Void = database.write { _ in
            isWriting.open()
            mayGoOn.waitBlocking()
        }
        await isWriting.wait()
        let answers = try await withThrowingTaskGroup(of: (Int, Bool).self) { group in
            for (number, write) in writes.enumerated() {
                group.addTask { (number, (try? await database.write(write)) != nil) }
                // In their order, as well as tasks can be kept in one.
                try await Task.sleep(for: .milliseconds(2))
            }
            mayGoOn.open()
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        try await first
        return writes.indices.map { answers[$0] ?? false }
    }

    /// Some refuse before they write, some after, and some of those make an error of the engine.
    private static func write(_ number: Int, _ log: HookLog) -> @Sendable (WriteTransaction) throws -> Void {
        { tx in
            if number % 10 == 3 { throw Stop() }
            try tx.add(number)
            tx.afterCommit { log.note("\(number)") }
            if number % 10 == 5 { throw Stop() }
            if number % 10 == 8 { try tx.add(number - 1) }
        }
    }

    @Test("of a group only those that fail are undone, and the hooks of the others run once")
    func failuresAmongOthers() async throws {
        try await withDatabase(.sqlite, migrations: [noteTable], doubleRun: false) { database in
            let log = HookLog()
            let answers = try await grouped(on: database, (0..<30).map { Self.write($0, log) })
            let stored = try await database.read { try $0.notes() }
            var answered: [Int] = []
            for (number, isAnswered) in answers.enumerated() where isAnswered { answered.append(number) }
            let kept = (0..<30).filter { ![3, 5, 8].contains($0 % 10) }
            #expect(answered == kept)
            #expect(stored == kept)
            #expect(log.entries.compactMap(Int.init).sorted() == kept)
        }
    }

    @Test("whatever follows the one that failed sees nothing of it")
    func nothingLeftBehind() async throws {
        try await withDatabase(.sqlite, migrations: [noteTable], doubleRun: false) { database in
            let seen = Mutex<[[Int]]>([])
            let answers = try await grouped(
                on: database,
                [
                    { try $0.add(1) },
                    { tx in
                        try tx.add(2)
                        throw Stop()
                    },
                    { tx in
                        let notes = try tx.notes()
                        seen.withLock { $0.append(notes) }
                        try tx.add(3)
                    },
                ])
            #expect(answers == [true, false, true])
            #expect(seen.withLock { $0.last } == [1])
            try await #expect(database.read { try $0.notes() } == [1, 3])
        }
    }

    @Test("statements of a group that was run again are counted once")
    func counting() async throws {
        try await withDatabase(.sqlite, migrations: [noteTable], doubleRun: false) { database in
            let counters = (0..<3).map { _ in StatementCounter() }
            let (isWriting, mayGoOn) = (Gate(), Gate())
            async let first: Void = database.write { _ in
                isWriting.open()
                mayGoOn.waitBlocking()
            }
            await isWriting.wait()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, counter) in counters.enumerated() {
                    group.addTask {
                        try await StatementCounter.$current.withValue(counter) {
                            do {
                                try await database.write { tx in
                                    try tx.add(number)
                                    if number == 1 { throw Stop() }
                                }
                            } catch is Stop {}
                        }
                    }
                    try await Task.sleep(for: .milliseconds(2))
                }
                mayGoOn.open()
                try await group.waitForAll()
            }
            try await first
            #expect(counters.map(\.statements) == [1, 1, 1])
        }
    }

    @Test(
        "of many that only write rows of their own, the one that cannot does not keep the others",
        arguments: Engine.tested)
    func appending(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [noteTable]) { database in
            let log = HookLog()
            try await database.write { try $0.add(40) }
            let refused: [Int: StorageError.Kind] = await withTaskGroup(of: (Int, StorageError.Kind?).self) { group in
                for number in 0..<100 {
                    group.addTask {
                        do {
                            try await database.write(.appending) { tx in
                                try tx.enqueue("INSERT INTO note (id, text) VALUES (\(number), 'text')")
                                tx.afterCommit { log.note("\(number)") }
                            }
                            return (number, nil)
                        } catch {
                            return (number, (error as? StorageError)?.kind)
                        }
                    }
                }
                return await group.reduce(into: [:]) { if let kind = $1.1 { $0[$1.0] = kind } }
            }
            #expect(refused == [40: .unique])
            try await #expect(database.read { try $0.notes() } == Array(0..<100))
            #expect(log.entries.compactMap(Int.init).sorted() == (0..<100).filter { $0 != 40 })
        }
    }

    @Test("after the database was closed appending is refused politely", arguments: Engine.tested)
    func closed(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [noteTable]) { database in
            try await database.write(.appending) { try $0.add(1) }
            await database.close()
            let error = await #expect(throws: StorageError.self) {
                try await database.write(.appending) { try $0.add(2) }
            }
            #expect(error?.kind == .unavailable)
        }
    }
}
