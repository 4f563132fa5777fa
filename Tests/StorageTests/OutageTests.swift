import Logging
import Storage
import StoragePostgres
import StorageTestSupport
import Testing

/// What happens when PostgreSQL goes away.
@Suite(.onPostgres)
struct OutageTests {
    @Test("connections that the server has closed are replaced without an error")
    func idleConnections() async throws {
        try await withDatabase(.postgres, migrations: [noteTable], doubleRun: false) { database in
            let own = try await database.read { tx in
                try tx.first("SELECT pg_backend_pid() AS pid")?.get("pid", as: Int.self) ?? 0
            }
            try await withDatabase(.postgres, doubleRun: false) { other in
                _ = try await other.read { try $0.rows("SELECT pg_terminate_backend(\(own)::int) AS ended") }
            }
            try await Task.sleep(for: .milliseconds(100))
            try await database.write { tx in
                try tx.enqueue("INSERT INTO note (id, text) VALUES (\(1), \("a"))")
            }
            let notes = try await database.read { try $0.notes() }
            #expect(notes == [1])
        }
    }

    @Test("a connection lost in the middle of a transaction makes the closure run again")
    func lostInside() async throws {
        try await withDatabase(.postgres, migrations: [noteTable], doubleRun: false) { database in
            let log = HookLog()
            try await database.write { tx in
                log.note("run")
                try tx.add(1)
                if log.entries.count == 1 {
                    _ = try tx.rows("SELECT pg_terminate_backend(pg_backend_pid()) AS ended")
                }
            }
            #expect(log.entries.count == 2)
            let notes = try await database.read { try $0.notes() }
            #expect(notes == [1])
        }
    }

    @Test("a connection lost during COMMIT is reported as unknown, and the closure is not run again")
    func lostInCommit() async throws {
        let slowCommit = Migration(
            "test.002-slow-commit",
            """
            CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_sleep(30); RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON note DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION slow();
            """)
        try await withDatabase(.postgres, migrations: [noteTable, slowCommit], doubleRun: false) { database in
            let log = HookLog()
            let write = Task {
                try await database.write { tx in
                    let pid: Int = try tx.first("SELECT pg_backend_pid() AS pid")?.get("pid") ?? 0
                    log.note("\(pid)")
                    tx.afterCommit { log.note("committed") }
                    try tx.add(1)
                }
            }
            var isEnded = false
            while !isEnded {
                try await Task.sleep(for: .milliseconds(20))
                guard let pid = log.entries.first.flatMap({ Int($0) }) else { continue }
                isEnded = try await database.read { tx in
                    try !tx.rows(
                        """
                        SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity
                        WHERE pid = \(pid) AND query = 'COMMIT' AND state = 'active'
                        """
                    ).isEmpty
                }
            }
            let error = await #expect(throws: StorageError.self) { try await write.value }
            #expect(error?.kind == .commitUnknown)
            #expect(error?.isRetryable == false)
            #expect(log.entries.count == 1)
        }
    }

    @Test("a server that stops is reported as unavailable, and used again when it is back")
    func stopped() async throws {
        try await withTemporaryFolder { folder in
            let script = PackagePlaces.root + "/scripts/postgres"
            let place = folder + "/server"
            let started = try await ChildProcess.run(script, ["start", place])
            try #require(started.status == 0)
            let conninfo = String(started.output.prefix { !$0.isNewline })
            let database = try PostgresDatabase(conninfo: conninfo, logger: .silent)
            do {
                try await database.migrate([noteTable])
                try await database.write { try $0.add(1) }

                _ = try await ChildProcess.run(script, ["halt", place])
                for number in 2...4 { #expect(await kind(of: database) { try $0.add(number) } == .unavailable) }
                let error = await #expect(throws: StorageError.self) { try await database.read { try $0.notes() } }
                #expect(error?.kind == .unavailable)

                _ = try await ChildProcess.run(script, ["start", place])
                try await database.write { try $0.add(5) }
                let notes = try await database.read { try $0.notes() }
                #expect(notes == [1, 5])
            } catch {
                await database.close()
                _ = try await ChildProcess.run(script, ["stop", place])
                throw error
            }
            await database.close()
            _ = try await ChildProcess.run(script, ["stop", place])
        }
    }

    @Test("nothing listening is reported as unavailable, an unreadable conninfo at once")
    func nowhere() async throws {
        let database = try PostgresDatabase(conninfo: "host=127.0.0.1 port=1 dbname=none", logger: .silent)
        #expect(await kind(of: database) { try $0.add(1) } == .unavailable)
        await database.close()
        #expect(throws: StorageError.self) { try PostgresDatabase(conninfo: "hots=127.0.0.1", logger: .silent) }
    }

    @Test("more statements than a connection keeps are prepared anew")
    func manyStatements() async throws {
        try await withPostgresSchema { place in
            var options = PostgresDatabase.Options(schema: place.schema, connections: 1)
            options.preparedStatements = 8
            let database = try PostgresDatabase(conninfo: place.conninfo, options: options, logger: .silent)
            try await database.migrate([noteTable])
            // Different types make different statements.
            let parts: [SQL] = [
                "\(1)", "\("a")", "\(true)", "\(1.5)", "\([1, 2] as [UInt8])", "'x'", "'y'", "'z'", "1", "2", "3",
            ]
            for _ in 0..<5 {
                for part in parts {
                    let count = try await database.read { try $0.rows("SELECT \(part) AS value").count }
                    #expect(count == 1)
                }
            }
            let kept = try await database.read {
                try $0.first("SELECT count(*) AS n FROM pg_prepared_statements")?.get("n", as: Int.self)
            }
            #expect((kept ?? 99) <= 10)
            await database.close()
        }
    }
}
