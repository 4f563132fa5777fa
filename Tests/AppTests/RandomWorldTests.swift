import Domain
import Storage
import StorageTestSupport
import Testing
import Vault

@testable import App
@testable import Areas
@testable import Casework
@testable import Identity
@testable import Web

@Suite("Random worlds")
struct RandomWorldTests {
    /// Worlds in one database, each a district of its own: what one shows must not contain what belongs to another.
    private static let together = 10

    private func worlds(_ databases: Int, on engine: Engine, verbs: Int) async throws {
        var chance = SeededChance("random worlds on \(engine)")
        var counts = (cases: 0, closed: 0, reports: 0, withdrawn: 0)
        for _ in 0..<databases {
            let seed = chance.next()
            let summary = try await withDatabase(engine, doubleRun: false) { database in
                var chance = SeededChance(seed: seed)
                let (deployment, clock) = try await TestStreet.build(on: database, seed: seed)
                var streets: [RandomStreet] = []
                for number in 0..<Self.together {
                    streets.append(try await RandomStreet(number, in: deployment, &chance))
                }
                for _ in 0..<verbs {
                    for index in streets.indices { try await streets[index].act(&chance) }
                    clock.advance(seconds: Int64.random(in: 0...3, using: &chance))
                }
                // Some ends pass while nobody does anything.
                clock.advance(seconds: Int64.random(in: 0...900_000, using: &chance))
                try await deployment.jobs.drain()
                try await deployment.relay.drain()
                let audit = try await WorldAudit(deployment)
                var found = try await audit.histories()
                try await deployment.makeSealer().sealEverything()
                found += try await deployment.verifyAudit().broken.map { "the audit trail: \($0)" }
                found += try await audit.limits()
                found += try await audit.derivedRows()
                found += try await audit.voices()
                for street in streets {
                    found += try await audit.lists(of: street.people)
                    found += try await audit.objects(of: street.people)
                }
                #expect(found.isEmpty, "database of seed \(seed):\n\(found.prefix(20).joined(separator: "\n"))")
                return (
                    audit.matters.count, audit.matters.filter { $0.caseFile.state == .closed }.count,
                    audit.reports.count,
                    audit.matters.flatMap(\.tasks).filter { $0.state == .withdrawn }.count
                )
            }
            counts = (
                counts.cases + summary.0, counts.closed + summary.1, counts.reports + summary.2,
                counts.withdrawn + summary.3
            )
        }
        print("\(databases * Self.together) random worlds on \(engine): \(counts)")
        // A test that never gets far proves nothing.
        #expect(counts.cases > databases * Self.together)
        // A few worlds may all end before that.
        if databases > 10 { #expect(counts.closed > 0 && counts.withdrawn > 0) }
    }

    @Test("two hundred: lists, objects, search, counters and histories are what rights and steps say (SQLite)")
    func sqlite() async throws {
        guard Engine.tested.contains(.sqlite) else { return }
        try await worlds(20, on: .sqlite, verbs: 40)
    }

    @Test("twenty of them on PostgreSQL")
    func postgres() async throws {
        guard Engine.tested.contains(.postgres) else { return }
        try await worlds(2, on: .postgres, verbs: 40)
    }

    @Test("a list without the scope's filter is found, and so is one without the right's")
    func faultyList() async throws {
        try await withDatabase(.sqlite, doubleRun: false) { database in
            var chance = SeededChance("a faulty list")
            let (deployment, _) = try await TestStreet.build(on: database, seed: chance.seed)
            var streets = [
                try await RandomStreet(0, in: deployment, &chance), try await RandomStreet(1, in: deployment, &chance),
            ]
            for _ in 0..<30 { for index in streets.indices { try await streets[index].act(&chance) } }
            let audit = try await WorldAudit(deployment)
            #expect(try await audit.lists(of: streets[0].people).isEmpty, "seed \(chance.seed)")

            let all = audit.matters.filter { !$0.caseFile.state.isOver }.map(\.caseFile.id)
            let unfiltered: WorldAudit.CaseLister = { _, scope, actor in
                try actor.require(CaseworkPermission.readCase, in: scope)
                return all
            }
            #expect(!(try await audit.lists(of: streets[0].people, unfiltered)).isEmpty, "seed \(chance.seed)")

            let matters = audit.matters
            let unasked: WorldAudit.CaseLister = { _, scope, _ in
                matters.filter { !$0.caseFile.state.isOver && $0.scopes.contains(scope) }.map(\.caseFile.id)
            }
            #expect(
                try await audit.lists(of: streets[0].people, unasked).contains { $0.contains("without a right to") },
                "seed \(chance.seed)")
        }
    }

    @Test("a counter, a list row and a history that are wrong are found")
    func faultyRows() async throws {
        try await withDatabase(.sqlite, doubleRun: false) { database in
            var chance = SeededChance("faulty rows")
            let (deployment, _) = try await TestStreet.build(on: database, seed: chance.seed)
            var street = try await RandomStreet(0, in: deployment, &chance)
            for _ in 0..<60 { try await street.act(&chance) }
            try await deployment.relay.drain()
            #expect(try await WorldAudit(deployment).derivedRows().isEmpty, "seed \(chance.seed)")
            try await database.write { tx in
                try tx.execute("UPDATE queue_counter SET count = count + 1")
                try tx.execute("DELETE FROM report_scope WHERE report_id = (SELECT min(report_id) FROM report_scope)")
                try tx.execute("UPDATE step SET to_state = 'refused' WHERE version = 1 AND subject_kind = 'report'")
            }
            let audit = try await WorldAudit(deployment)
            let rows = try await audit.derivedRows()
            #expect(rows.contains { $0.hasPrefix("counter") } && rows.contains("rows of reports in lists"), "\(rows)")
            #expect(!(try await audit.histories()).isEmpty)
        }
    }
}
