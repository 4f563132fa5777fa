import Domain
import Logging
import Storage
import StorageTestSupport
import Testing

@Suite struct JobTests {
    private let time = TestWorld()

    private func runner(_ database: any Database, _ handlers: [JobHandler]) -> JobRunner {
        JobRunner(database: database, handlers: handlers, world: time.world, logger: .silent)
    }

    private func withJobs(
        _ engine: Engine, doubleRun: Bool = true, _ body: (any Database) async throws -> Void
    ) async throws {
        try await withDatabase(
            engine, migrations: StorageSchema.migrations + [noteTable], doubleRun: doubleRun, body)
    }

    @Test("a job is done when it is due, once", arguments: Engine.tested)
    func due(engine: Engine) async throws {
        try await withJobs(engine) { database in
            let log = HookLog()
            let runner = runner(
                database,
                [
                    .task("test.job") { job in
                        log.note("\(job.key) \(job.payload) \(job.attempts)")
                        return .done
                    }
                ])
            let now = time.now
            try await database.write { tx in
                try tx.schedule("test.job", key: "soon", payload: "{\"a\":1}", at: now)
                try tx.schedule("test.job", key: "later", at: now.advanced(bySeconds: 60))
                try tx.schedule("test.other", key: "unknown", at: now)
            }
            try await runner.drain()
            #expect(log.entries == ["soon {\"a\":1} 1"])
            time.advance(seconds: 61)
            try await runner.drain()
            try await runner.drain()
            #expect(log.entries == ["soon {\"a\":1} 1", "later {} 1"])
            let status = try await runner.status()
            #expect(status.waiting == 1)
        }
    }

    @Test("a job in a transaction writes and is removed in one", arguments: Engine.tested)
    func inTransaction(engine: Engine) async throws {
        try await withJobs(engine) { database in
            let now = time.now
            let runner = runner(
                database,
                [
                    .inTransaction("test.job") { job, tx in
                        try tx.add(Int(job.key) ?? 0)
                        if job.key == "2" { throw RuleViolation(.invalid, "test.refused") }
                        if job.key == "3" { try tx.schedule("test.job", key: "4", at: now) }
                        if job.key == "4" { try tx.schedule("test.job", key: "4", at: now.advanced(bySeconds: 3600)) }
                    }
                ])
            try await database.write { tx in
                for key in ["1", "2", "3"] { try tx.schedule("test.job", key: key, at: now) }
            }
            try await runner.drain()
            let notes = try await database.read { try $0.notes() }
            #expect(notes == [1, 3, 4])
            let status = try await runner.status()
            #expect(status.waiting == 2)
            #expect(status.failing.map(\.key) == ["2"])
            #expect(status.failing.first?.lastError == "rule test.refused")
            #expect(status.failing.first?.nextTry == now.advanced(bySeconds: 1))
        }
    }

    @Test("a failing job is tried again, each time later", arguments: Engine.tested)
    func retries(engine: Engine) async throws {
        struct Broken: Error {}
        try await withJobs(engine) { database in
            let log = HookLog()
            let runner = runner(
                database,
                [
                    .task("test.job") { job in
                        log.note("\(job.attempts)")
                        if job.attempts < 3 { throw Broken() }
                        return .done
                    }
                ])
            let now = time.now
            try await database.write { try $0.schedule("test.job", key: "a", at: now) }
            for _ in 0..<7 {
                try await runner.drain()
                time.advance(seconds: 1)
            }
            #expect(log.entries == ["1", "2", "3"])
            let status = try await runner.status()
            #expect(status.waiting == 0)
        }
    }

    @Test("a recurring job asks for itself again", arguments: Engine.tested)
    func recurring(engine: Engine) async throws {
        try await withJobs(engine) { database in
            let log = HookLog()
            let runner = runner(
                database,
                [
                    .task("test.job") { [time] job in
                        log.note("\(job.attempts)")
                        return .again(at: time.now.advanced(bySeconds: 60))
                    }
                ])
            let now = time.now
            try await database.write { try $0.schedule("test.job", key: "a", at: now) }
            for _ in 0..<3 {
                try await runner.drain()
                time.advance(seconds: 60)
            }
            #expect(log.entries == ["1", "1", "1"])
        }
    }

    @Test("a timer that was replaced while somebody had taken it does not fire", arguments: Engine.tested)
    func replaced(engine: Engine) async throws {
        try await withJobs(engine) { database in
            let now = time.now
            let taken = Gate()
            let replaced = Gate()
            let log = HookLog()
            // The first task stands between taking the job and doing it, as a slow node would.
            let slow = runner(
                database,
                [
                    .task("test.slow") { job in
                        taken.open()
                        await replaced.wait()
                        log.note("\(job.payload) \(job.generation) \(job.attempts)")
                        return .done
                    }
                ])
            try await database.write { try $0.schedule("test.slow", key: "a", payload: "1", at: now) }
            async let old: Void = slow.drain()
            await taken.wait()
            try await database.write { try $0.schedule("test.slow", key: "a", payload: "2", at: now) }
            replaced.open()
            try await old
            // The old one has ended without removing its successor, which was then taken as new.
            #expect(log.entries == ["1 1 1", "2 2 1"])
            let status = try await slow.status()
            #expect(status.waiting == 0)
        }
    }

    @Test("a timer in a transaction does not fire when it was replaced or cancelled", arguments: Engine.tested)
    func replacedInTransaction(engine: Engine) async throws {
        try await withJobs(engine) { database in
            let now = time.now
            let inFirst = Gate()
            let goOn = Gate()
            let log = HookLog()
            // One runner takes both jobs at once; the first keeps it busy while the second is replaced.
            let runner = runner(
                database,
                [
                    .task("test.busy") { _ in
                        inFirst.open()
                        await goOn.wait()
                        return .done
                    },
                    .inTransaction("test.timer") { job, tx in
                        tx.afterCommit { log.note("\(job.key) \(job.payload)") }
                    },
                ])
            try await database.write { tx in
                try tx.schedule("test.busy", key: "a", at: now.advanced(bySeconds: -1))
                try tx.schedule("test.timer", key: "replaced", payload: "old", at: now)
                try tx.schedule("test.timer", key: "cancelled", payload: "old", at: now)
            }
            async let drained: Void = runner.drain()
            await inFirst.wait()
            try await database.write { tx in
                try tx.schedule("test.timer", key: "replaced", payload: "new", at: now.advanced(bySeconds: 60))
                try tx.cancelJob("test.timer", key: "cancelled")
            }
            goOn.open()
            try await drained
            #expect(log.entries == [])
            time.advance(seconds: 61)
            try await runner.drain()
            #expect(log.entries == ["replaced new"])
        }
    }

    @Test("the job of a process that died comes up again when its lease is over", arguments: Engine.tested)
    func expiredLease(engine: Engine) async throws {
        try await withJobs(engine) { database in
            let now = time.now
            let begun = Gate()
            let end = Gate()
            let log = HookLog()
            let dying = runner(
                database,
                [
                    .task("test.job") { job in
                        begun.open()
                        await end.wait()
                        return .done
                    }
                ])
            let other = runner(
                database,
                [
                    .task("test.job") { job in
                        log.note("\(job.attempts)")
                        return .again(at: job.at.advanced(bySeconds: 9999))
                    }
                ])
            try await database.write { try $0.schedule("test.job", key: "a", at: now) }
            async let dead: Void = dying.drain()
            await begun.wait()
            try await other.drain()
            #expect(log.entries == [])
            time.advance(seconds: 121)
            try await other.drain()
            #expect(log.entries == ["2"])
            end.open()
            try await dead
            // The late answer of the first holder changes nothing.
            let status = try await other.status()
            #expect(status.waiting == 1)
        }
    }

    @Test("two runners at once do every job once", arguments: Engine.tested)
    func twoRunners(engine: Engine) async throws {
        try await withJobs(engine, doubleRun: false) { database in
            let now = time.now
            let log = HookLog()
            let handler = JobHandler.task("test.job") { job in
                log.note(job.key)
                return .done
            }
            try await database.write { tx in
                for number in 0..<60 { try tx.schedule("test.job", key: "\(number)", at: now) }
            }
            async let first: Void = runner(database, [handler]).drain()
            async let second: Void = runner(database, [handler]).drain()
            _ = try await (first, second)
            #expect(log.entries.count == 60)
            #expect(Set(log.entries).count == 60)
        }
    }

    @Test("a running runner does what is due and ends when cancelled", arguments: Engine.tested)
    func running(engine: Engine) async throws {
        try await withJobs(engine) { database in
            let now = time.now
            let done = Gate()
            let runner = runner(
                database,
                [
                    .task("test.job") { _ in
                        done.open()
                        return .done
                    }
                ])
            let task = Task { await runner.run() }
            try await database.write { try $0.schedule("test.job", key: "a", at: now) }
            await done.wait()
            task.cancel()
            await task.value
        }
    }

    @Test("a cancelled job is not done", arguments: Engine.tested)
    func cancelled(engine: Engine) async throws {
        try await withJobs(engine) { database in
            let now = time.now
            let log = HookLog()
            let runner = runner(
                database,
                [
                    .task("test.job") { job in
                        log.note(job.key)
                        return .done
                    }
                ])
            try await database.write { tx in
                try tx.schedule("test.job", key: "a", at: now)
                try tx.schedule("test.job", key: "b", at: now)
                try tx.cancelJob("test.job", key: "a")
            }
            try await runner.drain()
            #expect(log.entries == ["b"])
        }
    }
}
