import Domain
import Foundation
import Module
import Storage
import StorageTestSupport
import Testing

@testable import App

@Suite("linli doctor")
struct DoctorTests {
    private func findings(_ street: TestStreet) async throws -> [String] {
        var found: [String] = []
        let count = try await Doctor(street.deployment).run { line, isFinding in if isFinding { found.append(line) } }
        #expect(count == found.count)
        return found
    }

    private func fill(_ street: TestStreet) async throws -> [Trail] {
        var trails: [Trail] = []
        for stage in Stage.allCases { trails.append(try await street.make(stage, assist: "sanitation")) }
        _ = try await street.upload("/api/v1/files", [street.photo("file")])
        return trails
    }

    @Test("a content that is missing or cut off is found")
    func contents() async throws {
        try await withStreet(.sqlite) { street in
            for seed in [1, 2] as [UInt64] {
                _ = try await street.upload("/api/v1/files", [street.photo("file", seed)])
            }
            #expect(try await findings(street) == [])
            let stored = street.storedFiles
            #expect(stored.count == 4)
            try FileManager.default.removeItem(at: stored[0])
            try Data([1, 2, 3]).write(to: stored[1])
            let found = try await findings(street)
            #expect(found.count == 2 && found.allSatisfy { $0.hasPrefix("files.contents:") }, "\(found)")
        }
    }

    @Test(
        "a street with something at every stage is well, before and after its events are told", arguments: Engine.tested
    )
    func well(engine: Engine) async throws {
        try await withStreet(engine) { street in
            _ = try await fill(street)
            #expect(try await findings(street) == [])
            try await street.deployment.relay.drain()
            #expect(try await findings(street) == [])
            var seen: [String: Int] = [:]
            for inspection in Doctor(street.deployment).inspections {
                let outcome = try await inspection.run(
                    on: street.deployment.database, at: street.deployment.world.now())
                seen[inspection.name] = outcome.seen
            }
            for (name, count) in seen where name != "storage.events" { #expect(count > 0, "\(name) looks at nothing") }
        }
    }

    /// Each damages one thing, and says which inspection must find it.
    private static let damages: [(SQL, String)] = [
        ("UPDATE case_file SET state = 'closed' WHERE state = 'to-verify'", "casework.cases"),
        ("UPDATE case_file SET version = version + 1 WHERE state = 'open'", "casework.cases"),
        ("UPDATE case_task SET state = 'passed' WHERE state = 'offered'", "casework.cases"),
        ("UPDATE case_file SET due_at = 1800000000000 WHERE state = 'open'", "casework.cases"),
        ("DELETE FROM case_scope WHERE open = 1", "casework.cases"),
        ("UPDATE report SET state = 'refused' WHERE state = 'received'", "casework.reports"),
        ("UPDATE report SET case_id = NULL WHERE state = 'accepted'", "casework.reports"),
        ("DELETE FROM report_scope WHERE queue = 'accept'", "casework.reports"),
        ("DELETE FROM step WHERE action = 'sign'", "casework.cases"),
        ("UPDATE step SET to_state = 'answered' WHERE subject_kind = 'task' AND version = 1", "casework.cases"),
        ("UPDATE queue_counter SET count = count + 1", "casework.counters"),
        ("DELETE FROM queue_counter", "casework.counters"),
        ("DELETE FROM report_text", "casework.search"),
        ("UPDATE case_number_counter SET last = last + 1", "casework.numbers"),
        ("UPDATE case_file SET number = NULL WHERE number LIKE '%-001'", "casework.numbers"),
        ("UPDATE report_scope SET received_at = received_at + 1", "casework.strays"),
    ]

    @Test("each kind of damage is found by the inspection that looks after it", arguments: damages.indices)
    func damaged(number: Int) async throws {
        let (damage, inspection) = Self.damages[number]
        try await withStreet(.sqlite, doubleRun: false) { street in
            for stage in [Stage.received, .toVerify, .filed, .dispatched, .signed] { _ = try await street.make(stage) }
            try await street.deployment.relay.drain()
            let changed = try await street.deployment.database.write { tx in try tx.execute(damage) }
            #expect(changed > 0, "\(damage) damages nothing")
            let found = try await findings(street)
            #expect(found.contains { $0.hasPrefix(inspection + ":") }, "\(damage): \(found)")
        }
    }
}
