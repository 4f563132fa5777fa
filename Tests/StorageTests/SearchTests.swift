import Domain
import Storage
import StorageTestSupport
import Testing

private let index = FullTextIndex(table: "test_search")

@Suite struct SearchTests {
    @Test("text is cut into pairs of characters and whole words")
    func tokens() {
        #expect(SearchText.tokens(title: "", text: "电梯坏了") == ["电梯", "梯坏", "坏了", "了"])
        #expect(SearchText.tokens(title: "噪音", text: "3号楼, APP2") == ["噪音", "音", "3", "号楼", "楼", "app2"])
        #expect(SearchText.tokens(title: "", text: "Ａ座１２") == ["a", "座", "12"])
        #expect(SearchText.tokens(title: "", text: "𠮷野家🍜 Ünï") == ["𠮷野", "野家", "家", "ünï"])
        #expect(SearchText.tokens(title: "，。！", text: " \n") == [])
    }

    private static let texts = [
        "电梯坏了三天，没有人修", "楼下噪音扰民，电视机声音很大", "梯子倒在楼道里", "小区停电，Elevator 停运",
        "3号楼A座12室漏水", "it's a 'quoted' text with \"marks\" \\ and : * ( & | !",
    ]

    private static let queries: [(String, [Int])] = [
        ("电梯", [0]), ("梯", [0, 2]), ("电", [0, 1, 3]), ("坏了三天", [0]), ("天没", []), ("噪音", [1]), ("了", [0]),
        ("elevator", [3]), ("ELEVATOR", [3]), ("停电", [3]), ("停电 停运", [3]), ("停电 电梯", []), ("3号楼", [4]),
        ("号楼A座", [4]), ("A座12", [4]), ("座", [4]), ("号", [4]), ("３号", [4]), ("12室", [4]), ("quoted", [5]),
        ("'quoted'", [5]), ("* OR \"电梯\"", []), ("修", [0]), ("很大", [1]), ("大", [1]),
    ]

    @Test("any part of a Chinese text is found, and nothing else", arguments: Engine.tested)
    func finding(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [index.migration("test.001-search")]) { database in
            let documents = SearchTests.texts.enumerated().map { number, text in
                FullTextIndex.Document(id: UUIDValue(high: 1, low: UInt64(number)), title: "", text: text)
            }
            try await database.write { try index.put(documents, in: $0) }
            for (query, expected) in SearchTests.queries {
                let found = try await numbers(matching: query, in: database)
                #expect(found == expected, "\(query)")
            }
            #expect(index.ids(matching: "，。 !") == nil)
        }
    }

    @Test("searching finds the same as looking through the texts (seed printed)", arguments: Engine.tested)
    func random(engine: Engine) async throws {
        let seed = UInt64.random(in: 0 ... .max)
        var generator = SeededGenerator(seed: seed)
        let characters = Array("电梯坏了停电楼道噪音")
        func text(_ length: ClosedRange<Int>) -> String {
            String(
                (0..<Int.random(in: length, using: &generator)).map { _ in
                    characters.randomElement(using: &generator) ?? "电"
                })
        }
        let texts = (0..<200).map { _ in text(0...12) }
        let queries = (0..<100).map { _ in text(1...4) }
        try await withDatabase(engine, migrations: [index.migration("test.001-search")], doubleRun: false) { database in
            let documents = texts.enumerated().map { number, text in
                FullTextIndex.Document(id: UUIDValue(high: 1, low: UInt64(number)), title: "", text: text)
            }
            try await database.write { try index.put(documents, in: $0) }
            for query in queries {
                let expected = texts.indices.filter { texts[$0].contains(query) }
                let found = try await numbers(matching: query, in: database)
                #expect(found == expected, "\(query), seed \(seed)")
            }
        }
    }

    @Test("documents can be changed, told twice and removed", arguments: Engine.tested)
    func changing(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [index.migration("test.001-search")]) { database in
            func put(_ number: UInt64, _ text: String) async throws {
                let document = FullTextIndex.Document(id: UUIDValue(high: 1, low: number), title: "标题", text: text)
                try await database.write { try index.put([document], in: $0) }
            }
            try await put(0, "电梯坏了")
            try await put(1, "电梯坏了")
            try await put(1, "电梯坏了")
            try await put(0, "噪音扰民")
            var found = try await numbers(matching: "电梯", in: database)
            #expect(found == [1])
            found = try await numbers(matching: "噪音 标题", in: database)
            #expect(found == [0])
            try await database.write {
                try index.remove([UUIDValue(high: 1, low: 1), UUIDValue(high: 1, low: 99)], in: $0)
            }
            found = try await numbers(matching: "电梯", in: database)
            #expect(found == [])
            found = try await numbers(matching: "标题", in: database)
            #expect(found == [0])
        }
    }

    @Test("the newest come first", arguments: Engine.tested)
    func newest(engine: Engine) async throws {
        try await withDatabase(engine, migrations: [index.migration("test.001-search")]) { database in
            let documents = (0..<50).map {
                FullTextIndex.Document(id: UUIDValue(high: 1, low: UInt64($0)), title: "", text: "电梯 \($0)")
            }
            try await database.write { try index.put(documents, in: $0) }
            let query = try #require(index.newest(matching: "电梯", limit: 3))
            let found = try await database.read { try $0.rows(query).map { try $0.get("id", as: UUIDValue.self).low } }
            #expect(found == [49, 48, 47])
        }
    }

    private func numbers(matching query: String, in database: any Database) async throws -> [Int] {
        guard let ids = index.ids(matching: query) else { return [] }
        return try await database.read { tx in
            try tx.rows("SELECT id FROM test_search WHERE id IN (\(ids)) ORDER BY id").map {
                Int(try $0.get("id", as: UUIDValue.self).low)
            }
        }
    }
}

/// SplitMix64, so that a failure can be repeated from the printed seed.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }
}
