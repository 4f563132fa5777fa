import Domain
import Module
import Storage
import StorageTestSupport
import Testing
import Web

@testable import Areas

@Suite("Importing areas")
struct ImportAreasTests {
    private let header = "level,code,parent_code,name_zh,name_en,letters\n"
    private let street = "district,330299,,清源区,Qingyuan,\nstreet,330299001,330299,清河街道,Qinghe,QH\n"

    @Test("the demonstration street comes in once, and a second time nothing changes", arguments: Engine.tested)
    func demo(engine: Engine) async throws {
        try await withDatabase(engine, migrations: AreasModule.module.migrations) { database in
            let file = ImportAreas(content: try DemoAreas.file())
            let first = try await file.run(on: database, world: .live)
            #expect(first.errors == [])
            #expect(first.added == 2 + 6 + 30)
            let revision = try await database.read { tx in try AreaStore.revision(in: tx) }
            let second = try await file.run(on: database, world: .live)
            #expect(second == ImportAreas.Outcome(unchanged: first.added))
            #expect(try await database.read { tx in try AreaStore.revision(in: tx) } == revision)
            let tree = try await tree(database)
            #expect(tree.count == first.added)
            let names = tree.roots.flatMap { tree.children(of: $0.id) }.flatMap { tree.children(of: $0.id) }.map(
                \.name.chinese)
            #expect(names == ["梧桐社区", "河埠社区", "文昌社区", "柳荫社区", "新桥社区", "晴川社区"])
        }
    }

    @Test(
        "children may stand before their parents, and parents may have come with an earlier file",
        arguments: Engine.tested)
    func order(engine: Engine) async throws {
        try await withDatabase(engine, migrations: AreasModule.module.migrations) { database in
            let upside = header + street.split(separator: "\n").reversed().joined(separator: "\n")
            #expect(try await ImportAreas(content: upside).run(on: database, world: .live).added == 2)
            let later = header + "community,330299001001,330299001,梧桐社区,Wutong,\n"
            #expect(try await ImportAreas(content: later).run(on: database, world: .live).added == 1)
            let tree = try await tree(database)
            let community = try #require(AreaCode("330299001001").flatMap { tree.area(code: $0) })
            #expect(tree.lineage(of: community.id).count == 3)
        }
    }

    @Test("another name corrects the area and keeps its identifier", arguments: Engine.tested)
    func corrected(engine: Engine) async throws {
        try await withDatabase(engine, migrations: AreasModule.module.migrations) { database in
            _ = try await ImportAreas(content: header + street).run(on: database, world: .live)
            let before = try await tree(database)
            let outcome = try await ImportAreas(content: header + street.replacing("清河街道", with: "清江街道"))
                .run(on: database, world: .live)
            #expect(outcome == ImportAreas.Outcome(corrected: 1, unchanged: 1))
            let after = try await tree(database)
            let code = try #require(AreaCode("330299001"))
            #expect(after.area(code: code)?.name.chinese == "清江街道")
            #expect(after.area(code: code)?.id == before.area(code: code)?.id)
            #expect(after.revision > before.revision)
        }
    }

    @Test(
        "each mistake is told with its line and column, and nothing comes in",
        arguments: [
            ("province,33,,某省,,", "level", "areas.import.level"),
            ("street,33029,330299,某街,,XX", "code", "areas.import.code"),
            ("street,33029900x,330299,某街,,XX", "code", "areas.import.code"),
            ("community,330299001001,330299,某社区,,", "parent_code", "areas.import.parent"),
            ("community,330299009001,330299009,某社区,,", "parent_code", "areas.import.parent-unknown"),
            ("community,330299001001,330299001,,,", "name_zh", "areas.import.name-missing"),
            (
                "community,330299001001,330299001,\(String(repeating: "长", count: 61)),,", "name_zh",
                "areas.import.name-long"
            ),
            ("street,330299002,330299,某街,,", "letters", "areas.import.letters-missing"),
            ("street,330299002,330299,某街,,qh", "letters", "areas.import.letters"),
            ("community,330299001001,330299001,某社区,,WT", "letters", "areas.import.letters-level"),
            ("street,330299002,330299,某街,,QH", "letters", "areas.import.twice"),
            ("street,330299001,330299,某街,,XX", "code", "areas.import.twice"),
        ])
    func mistakes(line: String, column: String, code: String) async throws {
        try await withDatabase(.sqlite, migrations: AreasModule.module.migrations) { database in
            let outcome = try await ImportAreas(content: header + street + "\n" + line + "\n").run(
                on: database, world: .live)
            // The empty line counts as line 4.
            #expect(
                outcome.errors.map { "\($0.line) \($0.column ?? "-") \($0.violation.code)" } == ["5 \(column) \(code)"])
            #expect(outcome.added == 0)
            #expect(try await tree(database).count == 0)
        }
    }

    @Test("letters that a street of an earlier file has are refused")
    func lettersTaken() async throws {
        try await withDatabase(.sqlite, migrations: AreasModule.module.migrations) { database in
            _ = try await ImportAreas(content: header + street).run(on: database, world: .live)
            let outcome = try await ImportAreas(content: header + "street,330299002,330299,某街,,QH\n")
                .run(on: database, world: .live)
            #expect(outcome.errors.map(\.violation.code) == ["areas.import.letters-taken"])
        }
    }

    @Test(
        "a file that is no such table is refused as a whole",
        arguments: [
            ("", 6), ("level;code\n", 6), ("level,code,parent_code,name_zh,name_en\n", 1),
            ("level,code,parent_code,name_zh,name_en,letters\n\"district,330299,,清\"源区,,\n", 1),
        ])
    func noTable(content: String, errors: Int) async throws {
        try await withDatabase(.sqlite, migrations: AreasModule.module.migrations) { database in
            let outcome = try await ImportAreas(content: content).run(on: database, world: .live)
            #expect(outcome.errors.count == errors)
            #expect(outcome.errors.allSatisfy { $0.line == 1 })
        }
    }

    @Test("a byte-order mark, Windows line ends and columns in another order are no mistakes")
    func tolerant() async throws {
        try await withDatabase(.sqlite, migrations: AreasModule.module.migrations) { database in
            let content = "\u{FEFF}code,level,parent_code,letters,name_en,name_zh\r\n330299,district,,,Qingyuan,清源区\r\n"
            let outcome = try await ImportAreas(content: content).run(on: database, world: .live)
            #expect(outcome == ImportAreas.Outcome(added: 1))
        }
    }

    @Test("two imports at once bring each area in once", arguments: Engine.tested)
    func concurrent(engine: Engine) async throws {
        try await withDatabase(engine, migrations: AreasModule.module.migrations) { database in
            let file = ImportAreas(content: try DemoAreas.file())
            let outcomes = try await withThrowingTaskGroup(of: ImportAreas.Outcome.self) { group in
                for _ in 0..<4 { group.addTask { try await file.run(on: database, world: .live) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.map(\.added).reduce(0, +) == 38)
            #expect(outcomes.map(\.unchanged).reduce(0, +) == 3 * 38)
            #expect(try await tree(database).count == 38)
        }
    }
}

func tree(_ database: any Database) async throws -> AreaTree {
    try await database.read { tx in AreaTree(try AreaStore.all(in: tx), revision: try AreaStore.revision(in: tx)) }
}
