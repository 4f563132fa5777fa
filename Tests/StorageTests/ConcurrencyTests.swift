import Storage
import StorageTestSupport
import Testing

private let stockTable = Migration(
    "test.001-stock",
    """
    CREATE TABLE stock (id {int} PRIMARY KEY NOT NULL, count {int} NOT NULL) {strict};
    CREATE TABLE ballot (id {int} PRIMARY KEY NOT NULL) {strict};
    INSERT INTO stock (id, count) VALUES (1, 10), (2, 10);
    """)

@Suite struct ConcurrencyTests {
    @Test("of thirty who check and then take, only as many succeed as there is stock", arguments: Engine.tested)
    func checkThenAct(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [stockTable]) { database in
            let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<30 {
                    group.addTask {
                        try await database.write { tx in
                            let row = try tx.first("SELECT count FROM stock WHERE id = 1\(.forUpdate)")
                            guard let count: Int = try row?.get("count"), count > 0 else { return false }
                            try tx.execute("UPDATE stock SET count = \(count - 1) WHERE id = 1")
                            return true
                        }
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            let left = try await database.read {
                try $0.first("SELECT count FROM stock WHERE id = 1")?.get("count", as: Int.self)
            }
            #expect(taken == 10)
            #expect(left == 0)
        }
    }

    @Test("a rule over rows that nobody can lock holds under .serializable", arguments: Engine.tested)
    func serializable(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [stockTable]) { database in
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<12 {
                    group.addTask {
                        // Those who lose too often are told to try again; nobody breaks the rule.
                        _ = try? await database.write(.serializable) { tx in
                            let count: Int = try tx.first("SELECT count(*) AS n FROM ballot")?.get("n") ?? 0
                            if count < 5 { try tx.execute("INSERT INTO ballot (id) VALUES (\(number))") }
                        }
                    }
                }
            }
            let count = try await database.read {
                try $0.first("SELECT count(*) AS n FROM ballot")?.get("n", as: Int.self)
            }
            #expect(count == 5)
        }
    }

    @Test("of two who wait for each other one is run again, and both succeed", .onPostgres)
    func deadlock() async throws {
        try await withDatabase(.postgres, migrations: [stockTable], doubleRun: false) { database in
            let (firstHasOne, secondHasTwo) = (Gate(), Gate())
            let log = HookLog()
            @Sendable func move(_ from: Int, _ to: Int, _ mine: Gate, _ other: Gate) async throws {
                try await database.write { tx in
                    log.note("run")
                    try tx.execute("UPDATE stock SET count = count - 1 WHERE id = \(from)")
                    mine.open()
                    other.waitBlocking()
                    try tx.execute("UPDATE stock SET count = count + 1 WHERE id = \(to)")
                }
            }
            async let first: Void = move(1, 2, firstHasOne, secondHasTwo)
            async let second: Void = move(2, 1, secondHasTwo, firstHasOne)
            _ = try await (first, second)
            let counts = try await database.read { tx in
                try tx.rows("SELECT count FROM stock ORDER BY id").map { try $0.get("count", as: Int.self) }
            }
            #expect(counts == [10, 10])
            #expect(log.entries.count == 3)
        }
    }
}
