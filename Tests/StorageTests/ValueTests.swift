import Domain
import Storage
import StorageTestSupport
import Testing

private let sampleTable = Migration(
    "test.001-sample",
    """
    CREATE TABLE sample (
        number {int} PRIMARY KEY NOT NULL,
        id {id}, whole {int}, fraction {real}, words {text}, raw {bytes}, flag {bool}, at {instant}, document {json}
    ) {strict}
    """)

private struct Sample: Equatable {
    var id: UUIDValue?
    var whole: Int64?
    var fraction: Double?
    var words: String?
    var raw: [UInt8]?
    var flag: Bool?
    var at: Instant?
    var document: String?
}

@Suite struct ValueTests {
    private static let samples: [Sample] = [
        Sample(),
        Sample(
            id: UUIDValue(high: 0, low: 0), whole: 0, fraction: 0, words: "", raw: [], flag: false,
            at: Instant(milliseconds: 0), document: "{}"),
        Sample(
            id: UUIDValue(high: .max, low: .max), whole: .max, fraction: .greatestFiniteMagnitude,
            words: "电梯🛗坏了 é\u{301} 'quoted' \"marks\" \\ % _ $1 ?\n\t\u{1}\u{FFFF}\u{10FFFF}", raw: Array(0...255),
            flag: true,
            at: Instant(milliseconds: .max), document: "{\"a\":[1,null]}"),
        Sample(
            id: UUIDValue(high: 0x0102_0304_0506_0708, low: 0x090a_0b0c_0d0e_0f10), whole: .min,
            fraction: -.leastNormalMagnitude, words: String(repeating: "邻里", count: 50_000),
            raw: [UInt8](repeating: 7, count: 16), flag: true, at: Instant(milliseconds: -1), document: "[]"),
        Sample(
            whole: -1, fraction: 1e-300, words: "\u{2028}", raw: [0], flag: false,
            at: Instant(milliseconds: 1_795_053_600_000)),
        Sample(fraction: .infinity, raw: [UInt8](repeating: 0, count: 200_000)),
    ]

    @Test("every value comes back as it went in", arguments: Engine.tested)
    func roundTrip(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [sampleTable]) { database in
            try await database.write { tx in
                for (number, sample) in ValueTests.samples.enumerated() {
                    try tx.execute(
                        """
                        INSERT INTO sample (number, id, whole, fraction, words, raw, flag, at, document)
                        VALUES (\(number), \(sample.id), \(sample.whole), \(sample.fraction), \(sample.words),
                            \(sample.raw), \(sample.flag), \(sample.at), \(sample.document))
                        """)
                }
            }
            let read = try await database.read { tx in
                try tx.rows("SELECT * FROM sample ORDER BY number").map { row in
                    Sample(
                        id: try row.get(optional: "id"), whole: try row.get(optional: "whole"),
                        fraction: try row.get(optional: "fraction"), words: try row.get(optional: "words"),
                        raw: try row.get(optional: "raw"), flag: try row.get(optional: "flag"),
                        at: try row.get(optional: "at"), document: try row.get(optional: "document"))
                }
            }
            #expect(read == ValueTests.samples)
        }
    }

    @Test("values can be compared in a statement", arguments: Engine.tested)
    func comparing(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [sampleTable]) { database in
            let id = UUIDValue(high: 1, low: 2)
            let bytes: [UInt8] = Array(1...16)
            try await database.write { tx in
                try tx.execute(
                    """
                    INSERT INTO sample (number, id, whole, words, raw, flag)
                    VALUES (\(1), \(id), \(5), \("电梯"), \(bytes), \(true)),
                        (\(2), \(nil as UUIDValue?), \(6), \(""), \(bytes), \(false))
                    """)
            }
            func numbers(_ condition: SQL) async throws -> [Int] {
                try await database.read { tx in
                    try tx.rows("SELECT number FROM sample WHERE \(condition) ORDER BY number").map {
                        try $0.get("number")
                    }
                }
            }
            try await #expect(numbers("id = \(id)") == [1])
            try await #expect(numbers("whole > \(5)") == [2])
            try await #expect(numbers("words = \("电梯")") == [1])
            try await #expect(numbers("words = \("")") == [2])
            try await #expect(numbers("raw = \(bytes)") == [1, 2])
            try await #expect(numbers("flag = \(true)") == [1])
            try await #expect(numbers("flag = \(false) AND id IS NULL") == [2])
        }
    }

    @Test("a list of any length can be asked for", arguments: Engine.tested)
    func lists(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [sampleTable], doubleRun: false) { database in
            try await database.write { tx in
                for number in 0..<1000 {
                    let id = UUIDValue(high: 0, low: UInt64(number))
                    try tx.enqueue("INSERT INTO sample (number, id, words) VALUES (\(number), \(id), \("w\(number)"))")
                }
            }
            for wanted in [[], [5], [5, 7, 900], Array(0..<1000), [5, 5, 5000]] {
                let present = Set(wanted.filter { $0 < 1000 }).sorted()
                let found = try await database.read { tx in
                    let ids = wanted.map { UUIDValue(high: 0, low: UInt64($0)) }
                    return [
                        try tx.rows("SELECT number FROM sample WHERE number \(in: wanted) ORDER BY number"),
                        try tx.rows("SELECT number FROM sample WHERE id \(in: ids) ORDER BY number"),
                        try tx.rows(
                            "SELECT number FROM sample WHERE words \(in: wanted.map { "w\($0)" }) ORDER BY number"),
                    ]
                }
                for rows in found {
                    let numbers = try rows.map { try $0.get("number", as: Int.self) }
                    #expect(numbers == present)
                }
            }
        }
    }

    @Test("sums and averages of whole numbers are the same on both engines", arguments: Engine.tested)
    func aggregates(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [sampleTable]) { database in
            try await database.write { tx in
                for (number, whole) in [1, 20_000, -300_000_000, 4_000_000_000_000, 5].enumerated() {
                    try tx.execute("INSERT INTO sample (number, whole) VALUES (\(number), \(whole))")
                }
            }
            let row = try await database.read { tx in
                try tx.first(
                    """
                    SELECT count(*) AS n, sum(whole) AS s, avg(whole) AS a, max(whole) AS m, sum(fraction) AS absent,
                        sum(-whole) AS negative FROM sample
                    """)
            }
            let result = try #require(row)
            try #expect(result.get("n") == 5)
            try #expect(result.get("s") == 3_999_700_020_006)
            try #expect(result.get("negative") == -3_999_700_020_006)
            try #expect(result.get("a", as: Double.self) == 799_940_004_001.2)
            try #expect(result.get("m") == 4_000_000_000_000)
            try #expect(result.get(optional: "absent", as: Double.self) == nil)
        }
    }

    @Test("a statement with a wrong number of values is refused", arguments: Engine.tested)
    func misuse(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [sampleTable]) { database in
            await #expect(kind(of: database) { _ = try $0.rows("SELECT \(1) WHERE 1 = ?") } == .statement)
        }
    }
}
