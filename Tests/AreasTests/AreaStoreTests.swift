import Domain
import Module
import Storage
import StorageTestSupport
import Testing

@testable import Areas

@Suite("The table of areas")
struct AreaStoreTests {
    @Test("each question is answered as the tree answers it, in one statement", arguments: Engine.tested)
    func questions(engine: Engine) async throws {
        try await withDatabase(engine, migrations: AreasModule.module.migrations) { database in
            _ = try await ImportAreas(content: try DemoAreas.file()).run(on: database, world: .live)
            let tree = try await tree(database)
            let grid = try #require(AreaCode("330299001002003").flatMap { tree.area(code: $0) })
            let parent = try #require(grid.parent)
            let counted = try await StatementCounter.counting {
                try await database.read { tx in try AreaStore.ancestors(of: grid.id, in: tx) }
            }
            #expect(counted.result.map(\.id) == tree.ancestors(of: grid.id))
            #expect(counted.statements == 1)
            try await database.read { tx throws in
                #expect(try AreaStore.area(grid.id, in: tx) == grid)
                #expect(try AreaStore.area(AreaID(UUIDValue(high: 0, low: 1)), in: tx) == nil)
                #expect(try AreaStore.areas([grid.id, parent], in: tx).map(\.id) == [parent, grid.id])
                #expect(try AreaStore.areas([], in: tx) == [])
                #expect(try AreaStore.areas(path: "330299/001/002/003/", in: tx).map(\.id) == [grid.id])
                #expect(try AreaStore.children(of: parent, in: tx).map(\.id) == tree.children(of: parent).map(\.id))
                #expect(try AreaStore.current(codes: [grid.code], in: tx).map(\.id) == [grid.id])
            }
        }
    }

    @Test("a node notices a change by one statement and reads the tree only then", arguments: Engine.tested)
    func directory(engine: Engine) async throws {
        try await withDatabase(engine, migrations: AreasModule.module.migrations) { database in
            let directory = AreaDirectory()
            _ = try await ImportAreas(content: try DemoAreas.file()).run(on: database, world: .live)
            let first = try await StatementCounter.counting { try await directory.refresh(from: database) }
            #expect(first.statements == 2)
            #expect(directory.tree.count == 38)
            let second = try await StatementCounter.counting { try await directory.refresh(from: database) }
            #expect(second.statements == 1)
        }
    }
}
