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
            let first = try await database.earlier(key, at: now, answer: "a")
            let second = try await database.earlier(key, at: now, answer: "b")
            #expect(first == nil)
            #expect(second == "a")
            let late = self.key(2)
            _ = try await database.write(once: late, at: now, answer: "") { tx in
                try tx.answer(late, with: "number 7")
            }
            let replayed = try await database.earlier(late, at: now, answer: "")
            #expect(replayed == "number 7")
        }
    }

    @Test("a key used for something else is refused", arguments: Engine.tested)
    func mismatch(engine: Engine) async throws {
        try await withKeys(engine) { database in
            let now = time.now
            let (first, other) = (key(1), key(1, fingerprint: 9))
            _ = try await database.earlier(first, at: now, answer: "a")
            let violation = await #expect(throws: RuleViolation.self) {
                try await database.earlier(other, at: now, answer: "b")
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
                try await database.write(once: key, at: now, answer: "a") { _ in
                    throw RuleViolation(.invalid, "test.refused")
                }
            }
            let again = try await database.earlier(key, at: now, answer: "b")
            #expect(again == nil)
        }
    }

    @Test("a row that was taken is not mistaken for a key that was used", arguments: Engine.tested)
    func otherRow(engine: Engine) async throws {
        try await withKeys(engine) { database in
            let now = time.now
            let key = key(1)
            try await database.write { try $0.add(1) }
            let error = await #expect(throws: StorageError.self) {
                try await database.write(once: key, at: now, answer: "a") { try $0.add(1) }
            }
            #expect(error?.kind == .unique)
            // Nothing of it was remembered.
            try await #expect(database.earlier(key, at: now, answer: "b") { try $0.add(2) } == nil)
            try await #expect(database.read { try $0.notes() } == [1, 2])
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
                        try await database.earlier(key, at: now, answer: "\(number)") { try $0.add(number) }
                            ?? "\(number)"
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
            _ = try await database.write(once: old, at: start, answer: "old") { tx in
                try tx.schedule(IdempotencyKeys.clearing, key: "", at: start)
            }
            let runner = JobRunner(
                database: database, handlers: [IdempotencyKeys.clearingJob(database: database, world: time.world)],
                world: time.world, logger: .silent)
            time.advance(seconds: 47 * 3600)
            let later = time.now
            _ = try await database.earlier(young, at: later, answer: "young")
            try await runner.drain()
            let kept = try await database.earlier(old, at: later, answer: "new")
            #expect(kept == "old")
            time.advance(seconds: 2 * 3600)
            try await runner.drain()
            let now = time.now
            let gone = try await database.earlier(old, at: now, answer: "new")
            let stays = try await database.earlier(young, at: now, answer: "new")
            #expect(gone == nil)
            #expect(stays == "young")
        }
    }
}

extension Database {
    /// Fulfils a request, or says what it was answered earlier.
    fileprivate func earlier(
        _ key: IdempotencyKey, at now: Instant, answer: String,
        _ body: @escaping @Sendable (WriteTransaction) throws -> Void = { _ in }
    ) async throws -> String? {
        switch try await write(once: key, at: now, answer: answer, body) {
        case .now: nil
        case .before(let answer): answer
        }
    }
}
