import Domain
import Foundation
import Storage
import StorageSQLite
import StorageTestSupport
import Testing

@testable import Identity

@Suite("The audit trail")
struct AuditTests {
    private struct Stop: Error {}

    @Test("an entry is written with the change it tells of, or not at all", arguments: Engine.tested)
    func together(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            let before = try await ground.audit().count
            let entry = AuditEntry(
                "test.done", from: .system, on: "thing", ID<String>(World.live.id(String.self).uuid), in: .live)
            await #expect(throws: Stop.self) {
                try await ground.services.database.write { tx in
                    try tx.audit(entry)
                    throw Stop()
                }
            }
            #expect(try await ground.audit().count == before)
            try await ground.services.database.write { tx in try tx.audit(entry) }
            #expect(try await ground.audit().first == entry)
        }
    }

    @Test("pages follow one another without gap or repeat, by person and by thing", arguments: Engine.tested)
    func pages(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            let world = ground.clock.world
            let account: AccountID = world.id()
            let thing: ID<String> = world.id()
            for number in 0..<25 {
                ground.clock.advance(seconds: 1)
                let actor = Actor(account: number % 2 == 0 ? account : world.id(), organisation: nil, grants: [:])
                let entry = AuditEntry(
                    "test.read", by: actor, on: "thing", number % 3 == 0 ? thing : nil, fields: ["name", "phone"],
                    in: world)
                try await ground.services.database.write { tx in try tx.audit(entry) }
            }
            var seen: [AuditID] = []
            while true {
                let last = seen.last
                let page = try await ground.services.database.read { tx in
                    try AuditStore.list(.account(account), before: last, limit: 5, in: tx)
                }
                if page.isEmpty { break }
                seen += page.map(\.id)
            }
            #expect(seen.count == 13)
            #expect(seen == seen.sorted(by: >))
            #expect(Set(seen).count == 13)
            let about = try await ground.audit(.subject(thing.uuid))
            #expect(about.count == 9)
            #expect(about.allSatisfy { $0.fields == ["name", "phone"] })
        }
    }
}

@Suite("Secrets in the database")
struct PlantedSecretTests {
    @Test("planted passwords and tokens are found nowhere in the database file, its log or its index")
    func nowhere() async throws {
        try await withTemporaryFolder { folder in
            let database = try SQLiteDatabase(path: folder + "/linli.sqlite")
            try await database.migrate(Ground.migrations)
            let ground = try await Ground.make(on: database)
            let account = try await ground.person("zhoumin", role: "dispatcher")
            let opened = try await ground.signIn("zhoumin")
            let planted = ["Planted-Secret-One", "Planted-Secret-Two", "Planted-Secret-Three"]
            await #expect(throws: RuleViolation.self) { _ = try await ground.signIn("zhoumin", planted[0]) }
            try await ChangePassword(
                account: account.id, session: opened.session, current: Password(typed: Ground.password),
                new: planted[1],
                address: "a"
            ).run(ground.services)
            try await SetPassword(account: account.id, new: planted[2]).run(by: .console, ground.services)
            let again = try await ground.signIn("zhoumin", planted[2])
            func findings() throws -> [String] {
                try FileManager.default.contentsOfDirectory(atPath: folder).flatMap { name -> [String] in
                    let content = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
                    return (planted + [Ground.password, opened.token.text, again.token.text])
                        .filter { content.range(of: Data($0.utf8)) != nil }
                }
            }
            #expect(try findings() == [])
            await database.close()
            #expect(try findings() == [])
        }
    }
}
