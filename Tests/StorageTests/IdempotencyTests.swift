import Domain
import Logging
import Storage
import StorageTestSupport
import Testing

@Suite struct IdempotencyTests {
    private let time = TestWorld()
    private let sender = UUIDValue(high: 1, low: 2)

    private func key(_ digest: UInt8, fingerprint: UInt8 = 0) -> IdempotencyKey {
        // 16 bytes, the length that SQLite cannot tell from an id.
        IdempotencyKey(
            sender: sender, digest: [UInt8](repeating: digest, count: 16),
            fingerprint: [UInt8](repeating: fingerprint, count: 16))
    }

    private func withKeys(_ engine: Engine, _ body: (any Database) async throws -> Void) async throws {
        try await withDatabase(engine, migrations: StorageSchema.migrations + [noteTable], body)
    }

    @Test("the second time gets the answer of the first", arguments: Engine.tested)
    func replay(engine: Engine) async throws {
        try await withKeys(engine) { database in
            let now = time.now
            let key = key(1)
            let first = try await database.write { try $0.idempotent(key, at: now, answer: "a") }
            let second = try await database.write { try $0.idempotent(key, at: now, answer: "b") }
            #expect(first == nil)
            #expect(second == "a")
            let late = self.key(2)
            try await database.write { tx in
                _ = try tx.idempotent(late, at: now, answer: "")
                try tx.answer(late, with: "number 7")
            }
            let replayed = try await database.write { try $0.idempotent(late, at: now, answer: "") }
            #expect(replayed == "number 7")
        }
    }

    @Test("a key used for something else is refused", arguments: Engine.tested)
    func mismatch(engine: Engine) async throws {
        try await withKeys(engine) { database in
            let now = time.now
            let (first, other) = (key(1), key(1, fingerprint: 9))
            try await database.write { try $0.idempotent(first, at: now, answer: "a") }
            let violation = await #expect(throws: RuleViolation.self) {
                try await database.write { try $0.idempotent(other, at: now, answer: "b") }
            }
            #expect(violation == RuleViolation(.conflict, "idempotency.mismatch"))
        }
    }

    @Test("a request that failed may be sent again with the same key", arguments: Engine.tested)
    func failed(engine: Engine) async throws {
        try await withKeys(engine) { database in
            let now = time.now
            let key = key(1)
            await #expect(throws: RuleViolation.self) {
                try await database.write { tx in
                    _ = try tx.idempotent(key, at: now, answer: "a")
                    throw RuleViolation(.invalid, "test.refused")
                }
            }
            let again = try await database.write { try $0.idempotent(key, at: now, answer: "b") }
            #expect(again == nil)
        }
    }

    @Test("of forty at once with one key one does the work and all get its answer", arguments: Engine.tested)
    func concurrent(engine: Engine) async throws {
        try await withKeys(engine) { database in
            let now = time.now
            let key = key(1)
            let answers = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        try await database.write { tx in
                            if let earlier = try tx.idempotent(key, at: now, answer: "\(number)") { return earlier }
                            try tx.add(number)
                            return "\(number)"
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let notes = try await database.read { try $0.notes() }
            #expect(notes.count == 1)
            #expect(Set(answers) == Set(notes.map { "\($0)" }))
        }
    }

    @Test("requests older than two days are cleared away every hour", arguments: Engine.tested)
    func clearing(engine: Engine) async throws {
        try await withKeys(engine) { database in
            let (old, young) = (key(1), key(2))
            let start = time.now
            try await database.write { tx in
                _ = try tx.idempotent(old, at: start, answer: "old")
                try tx.schedule(IdempotencyKeys.clearing, key: "", at: start)
            }
            let runner = JobRunner(
                database: database, handlers: [IdempotencyKeys.clearingJob(database: database, world: time.world)],
                world: time.world, logger: .silent)
            time.advance(seconds: 47 * 3600)
            let later = time.now
            try await database.write { try $0.idempotent(young, at: later, answer: "young") }
            try await runner.drain()
            let kept = try await database.write { try $0.idempotent(old, at: later, answer: "new") }
            #expect(kept == "old")
            time.advance(seconds: 2 * 3600)
            try await runner.drain()
            let now = time.now
            let gone = try await database.write { try $0.idempotent(old, at: now, answer: "new") }
            let stays = try await database.write { try $0.idempotent(young, at: now, answer: "new") }
            #expect(gone == nil)
            #expect(stays == "young")
        }
    }
}
