import Domain
import Module
import Storage
import StorageTestSupport
import Testing
import Vault
import Web

@testable import App
@testable import Casework
@testable import Identity

@Suite("The audit chain")
struct AuditChainTests {
    @Test(
        "an untouched trail is sound, sealed or not, and every step of a person has its entry", arguments: Engine.tested
    )
    func untouched(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let nothing = try await street.deployment.verifyAudit()
            #expect(nothing.isSound && nothing.head == nil, "\(nothing)")
            try await street.tamperingWorld()
            let waiting = try await street.deployment.verifyAudit()
            #expect(waiting.isSound && waiting.waiting > 10, "\(waiting)")
            let sealed = try await street.deployment.makeSealer().sealEverything()
            #expect(sealed == waiting.waiting)
            let outcome = try await street.deployment.verifyAudit()
            #expect(outcome.isSound, "\(outcome.broken)")
            #expect(outcome.seals == Int64(sealed) && outcome.waiting == 0)
            let owed = try await street.deployment.database.read { tx -> Int in
                let steps = try tx.first("SELECT count(*) AS n FROM step WHERE account_id IS NOT NULL")?.get("n") ?? 0
                return steps + (try tx.first("SELECT count(*) AS n FROM disclosure")?.get("n") ?? 0)
            }
            #expect(outcome.pairs == owed && owed > 10)
            #expect(try await street.deployment.makeSealer().sealEverything() == 0)
        }
    }

    @Test("the sealed tables are sealed with all their columns", arguments: Engine.tested)
    func columns(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let present = try await tablesAndColumns(of: street.deployment.database)
            for table in street.deployment.modules.flatMap(\.sealed) {
                #expect(Set(table.columns.map(\.name.description)) == present[table.name.description], "\(table.name)")
            }
        }
    }

    @Test("one change of any column of any step, entry, seal or head is found", arguments: Engine.tested)
    func anyColumn(engine: Engine) async throws {
        try await withStreet(engine, doubleRun: false) { street in
            try await street.tamperingWorld()
            try await street.deployment.makeSealer().sealEverything()
            var tried = 0
            var chance = SeededChance("cells that are changed on \(engine)")
            for table in street.deployment.modules.flatMap(\.sealed) + [Tampering.seals, Tampering.head] {
                let cells = try await Tampering.targets(table, street.deployment.database)
                // Every column, in some rows: each change takes a verification of everything.
                let byColumn = Dictionary(grouping: cells) { $0.column.name.description }.sorted { $0.key < $1.key }
                for target in byColumn.flatMap({ $0.value.shuffled(using: &chance).prefix(Self.rows) }) {
                    guard let restore = try await Tampering.change(target, street.deployment.database) else { continue }
                    tried += 1
                    let outcome = try await street.deployment.verifyAudit()
                    #expect(!outcome.isSound, "\(target) was changed and nobody noticed")
                    try await restore()
                }
            }
            #expect(tried > 80)
            let after = try await street.deployment.verifyAudit()
            #expect(after.isSound, "all was put back: \(after.broken)")
        }
    }

    /// How many rows are tried in each way.
    private static let rows = 4

    @Test("rows removed before or after sealing are found", arguments: Engine.tested)
    func removed(engine: Engine) async throws {
        for isSealed in [true, false] {
            try await withStreet(engine, doubleRun: false) { street in
                try await street.tamperingWorld()
                if isSealed { try await street.deployment.makeSealer().sealEverything() }
                let database = street.deployment.database
                let ids = try await database.read { tx in
                    try tx.rows("SELECT id FROM step ORDER BY id").map { try $0.get("id", as: UUIDValue.self) }
                }
                var chance = SeededChance("rows that are removed on \(engine), sealed \(isSealed)")
                for id in ids.shuffled(using: &chance).prefix(3 * Self.rows) {
                    let had = try await database.read { tx in
                        try tx.first("SELECT id FROM audit_entry WHERE id = \(id)") != nil
                    }
                    for isStep in had ? [true, false] : [true] {
                        let restore = try await Tampering.remove(id, fromSteps: isStep, database)
                        let outcome = try await street.deployment.verifyAudit()
                        #expect(!outcome.isSound, "sealed \(isSealed), step \(isStep): \(id) is gone, nobody noticed")
                        try await restore()
                    }
                }
                #expect(try await street.deployment.verifyAudit().isSound)
            }
        }
    }

    @Test("two rows or two seals that changed places are found", arguments: Engine.tested)
    func swapped(engine: Engine) async throws {
        try await withStreet(engine, doubleRun: false) { street in
            try await street.tamperingWorld()
            try await street.deployment.makeSealer().sealEverything()
            try await expectFound(street, "the ids of two entries") { tx in
                let ids = try tx.rows("SELECT id FROM audit_entry ORDER BY id LIMIT 2")
                    .map { try $0.get("id", as: UUIDValue.self) }
                let free = UUIDValue(high: 0, low: 1)
                for (from, to) in [(ids[0], free), (ids[1], ids[0]), (free, ids[1])] {
                    try tx.execute("UPDATE audit_entry SET id = \(to) WHERE id = \(from)")
                }
            }
            try await expectFound(street, "the numbers of two seals") { tx in
                for (from, to) in [(3, -1), (4, 3), (-1, 4)] {
                    try tx.execute("UPDATE audit_seal SET number = \(to) WHERE number = \(from)")
                }
            }
        }
    }

    /// Tampers, expects it to be found, and tampers again: what swaps is undone by itself.
    private func expectFound(
        _ street: TestStreet, _ what: String, _ tamper: @escaping @Sendable (WriteTransaction) throws -> Void
    ) async throws {
        try await street.deployment.database.write { tx in try tamper(tx) }
        let outcome = try await street.deployment.verifyAudit()
        #expect(!outcome.isSound, "\(what) and nobody noticed")
        try await street.deployment.database.write { tx in try tamper(tx) }
        let after = try await street.deployment.verifyAudit()
        #expect(after.isSound, "\(what): put back, \(after.broken)")
    }

    @Test("rows put in are found", arguments: Engine.tested)
    func putIn(engine: Engine) async throws {
        try await withStreet(engine, doubleRun: false) { street in
            let trail = try await street.tamperingWorld()
            try await street.deployment.makeSealer().sealEverything()
            let world = street.deployment.world
            let database = street.deployment.database
            let actor = try await street.person("dispatcher").actor
            let entry = AuditEntry("casework.case.close", by: actor, on: "case", trail.caseID, in: world)
            try await database.write { tx in try tx.audit(entry) }
            #expect(try await !street.deployment.verifyAudit().isSound, "an entry without a step")
            try await street.deployment.makeSealer().sealEverything()
            #expect(try await !street.deployment.verifyAudit().isSound, "sealing does not whitewash it")
        }
    }

    @Test(
        "a chain without its tail, without its head, or under a forged head is found and not continued",
        arguments: Engine.tested)
    func forged(engine: Engine) async throws {
        try await withStreet(engine, doubleRun: false) { street in
            try await street.tamperingWorld()
            let database = street.deployment.database
            let sealer = try street.deployment.makeSealer()
            let count = Int64(try await sealer.sealEverything())
            let head = try #require(try await database.read { tx in try SealStore.head(in: tx) })
            func replace(_ head: AuditHead) async throws {
                try await database.write { tx in
                    try tx.execute("DELETE FROM audit_head")
                    _ = try SealStore.move(from: 0, to: head, in: tx)
                }
            }
            let lastSeals = try await database.read { tx in try SealStore.seals(after: count - 3, limit: 10, in: tx) }
            let link = try #require(try await database.read { tx in try SealStore.link(of: count - 3, in: tx) })

            try await database.write { tx in try tx.execute("DELETE FROM audit_seal WHERE number > \(count - 3)") }
            #expect(try await !street.deployment.verifyAudit().isSound, "the tail is cut")
            await #expect(throws: Sealer.Broken.seals) { try await street.deployment.makeSealer().sealEverything() }

            // A head for the shorter chain, signed by somebody else.
            let stranger = KeyRing.fresh()
            let forger = HeadSigner(publicKeys: [:]) { message in
                let signature = try stranger.sign(message)
                return HeadSigner.Signature(keyID: signature.keyID, bytes: signature.bytes)
            }
            try await replace(try forger.head(number: count - 3, link: link, at: head.at))
            let outcome = try await street.deployment.verifyAudit()
            #expect(outcome.broken.map(\.key) == ["identity.trail.head-unsigned"])
            await #expect(throws: Sealer.Broken.signature) { try await street.deployment.makeSealer().sealEverything() }

            // An old head of our own: only a head kept outside, or the server that runs, can tell.
            try await replace(try street.deployment.headSigner().head(number: count - 3, link: link, at: head.at))
            #expect(try await street.deployment.verifyAudit().isSound)
            #expect(
                try await street.deployment.verifyAudit(kept: head).broken.map(\.key) == ["identity.trail.kept-ahead"])
            await #expect(throws: Sealer.Broken.goneBack(from: count, to: count - 3)) {
                try await sealer.sealEverything()
            }
            // Sealed anew, in another order: the kept head differs.
            #expect(lastSeals.first?.source == "step")
            try await database.write { tx in
                try tx.execute("UPDATE step SET note = \("another") WHERE id = \(lastSeals[0].record)")
            }
            try await street.deployment.makeSealer().sealEverything()
            #expect(
                try await street.deployment.verifyAudit(kept: head).broken.map(\.key)
                    .contains("identity.trail.kept-differs"))

            try await database.write { tx in try tx.execute("DELETE FROM audit_head") }
            #expect(try await street.deployment.verifyAudit().broken.map(\.key).contains("identity.trail.no-head"))
            _ = try await street.make(.received)
            await #expect(throws: Sealer.Broken.seals) { try await street.deployment.makeSealer().sealEverything() }
        }
    }

    @Test("what waits for more than an hour is told", arguments: Engine.tested)
    func late(engine: Engine) async throws {
        try await withStreet(engine) { street in
            try await street.tamperingWorld()
            street.clock.advance(seconds: 3700)
            #expect(
                try await street.deployment.verifyAudit().broken.map(\.key)
                    == Array(repeating: "identity.trail.unsealed", count: 3), "entries, steps and disclosures")
        }
    }

    @Test("several sealers beside writers seal each row once, without a gap", arguments: Engine.tested)
    func together(engine: Engine) async throws {
        try await withStreet(engine, doubleRun: false) { street in
            _ = try await street.person("dispatcher")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 {
                    group.addTask {
                        let sealer = try street.deployment.makeSealer()
                        for _ in 0..<5 { try await sealer.sealEverything() }
                    }
                }
                for _ in 0..<4 {
                    group.addTask { for _ in 0..<5 { _ = try await street.make(.toFile) } }
                }
                try await group.waitForAll()
            }
            try await street.deployment.makeSealer().sealEverything()
            let outcome = try await street.deployment.verifyAudit()
            #expect(outcome.isSound, "\(outcome.broken)")
            #expect(outcome.waiting == 0 && outcome.seals >= 20 * 4)
        }
    }

    @Test("a head goes out as a file and comes back")
    func headFile() async throws {
        try await withStreet(.sqlite) { street in
            try await street.tamperingWorld()
            try await street.deployment.makeSealer().sealEverything()
            let keys = try street.deployment.headSigner().publicKeys
            let head = try #require(try await street.deployment.database.read { tx in try SealStore.head(in: tx) })
            let text = try HeadFile(head, publicKeys: keys, zone: .china).encoded()
            let back = try HeadFile(reading: text).head()
            #expect(back == head && back.isSigned(by: keys))
            #expect(try await street.deployment.verifyAudit(kept: back).isSound)
            let other = AuditHead(
                number: head.number, link: .genesis, at: head.at, keyID: head.keyID, signature: head.signature)
            #expect(
                try await street.deployment.verifyAudit(kept: other).broken.map(\.key).contains(
                    "identity.trail.kept-unsigned"))
            let lines = VerifyAuditCommand.lines(
                try await street.deployment.verifyAudit(kept: other), street.deployment.site.catalogue)
            #expect(lines.contains { $0.hasPrefix("BROKEN: The head that was kept has no valid signature") })
        }
    }
}

extension TestStreet {
    /// A case that was closed, one that was filed, and a few sign-ins that failed.
    @discardableResult
    func tamperingWorld() async throws -> Trail {
        let trail = try await make(.closed)
        _ = try await make(.filed)
        _ = try await Disclose(report: trail.report, field: .words, purpose: .handling).run(
            by: try await person("dispatcher").actor, in: deployment.casework)
        for _ in 0..<2 {
            _ = try await post("/api/v1/sessions", ["login": "nobody", "password": "not the password"])
        }
        return trail
    }
}
