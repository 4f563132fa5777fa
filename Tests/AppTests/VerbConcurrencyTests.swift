import Casework
import Domain
import StorageTestSupport
import Testing

@testable import App
@testable import Web

@Suite("Verbs at the same moment")
struct VerbConcurrencyTests {
    /// Sends both at once, a few times, each time with something new.
    private func race(
        _ engine: Engine, _ stage: Stage, assist: String? = nil, times: Int = 4,
        _ both: @escaping @Sendable (TestStreet, Trail) async throws -> (Reply, Reply),
        _ judge: @escaping @Sendable (TestStreet, Trail, Reply, Reply) async throws -> Void
    ) async throws {
        try await withStreet(engine) { street in
            for _ in 0..<times {
                let trail = try await street.make(stage, assist: assist)
                let (first, second) = try await both(street, trail)
                try await judge(street, trail, first, second)
                let audit = try await WorldAudit(street.deployment)
                #expect(try await audit.histories().isEmpty)
                let rows = try await audit.derivedRows().filter { !$0.hasPrefix("counter") }
                #expect(rows.isEmpty, "\(rows)")
            }
        }
    }

    @Test("the organisation signs while the centre takes the task back: one of them is told", arguments: Engine.tested)
    func signingAgainstWithdrawing(engine: Engine) async throws {
        try await race(engine, .dispatched) { street, trail in
            let lamps = try await street.person("lamps")
            let dispatcher = try await street.person("dispatcher")
            async let signed = street.post("/api/v1/tasks/\(trail.lead!)/signature", as: lamps)
            async let withdrawn = street.post(
                "/api/v1/tasks/\(trail.lead!)/withdrawal", ["note": "派错了"], as: dispatcher)
            return try await (signed, withdrawn)
        } _: { street, trail, signed, withdrawn in
            // Signed and then taken back is fine; taken back and then signed is not. Whoever has no part is told 404.
            #expect(withdrawn.status == 200, "\(withdrawn.text)")
            #expect([200, 404].contains(signed.status), "\(signed.text)")
        }
    }

    @Test("two rulings at once: one holds", arguments: Engine.tested)
    func twoRulings(engine: Engine) async throws {
        try await race(engine, .refused) { street, trail in
            let dispatcher = try await street.person("dispatcher")
            let supervisor = try await street.person("supervisor")
            let path = "/api/v1/tasks/\(trail.lead!)/ruling"
            async let first = street.post(path, ["ruling": "uphold", "note": "是你们的"], as: dispatcher)
            async let second = street.post(path, ["ruling": "withdraw", "note": "不是"], as: supervisor)
            return try await (first, second)
        } _: { street, trail, first, second in
            #expect([first.status, second.status].sorted() == [200, 409], "\(first.text) \(second.text)")
        }
    }

    @Test("void while a report joins: it is told, or it is told that the case is over", arguments: Engine.tested)
    func voidingAgainstJoining(engine: Engine) async throws {
        try await race(engine, .filed) { street, trail in
            let dispatcher = try await street.person("dispatcher")
            let seat = try await street.person("seat")
            let second = try await street.make(.received)
            async let voided = street.post(
                "/api/v1/cases/\(trail.caseID!)/voiding", ["publicNote": "建错了。", "note": "建错了"], as: dispatcher)
            async let joined = street.post(
                "/api/v1/reports/\(second.report)/joining", ["case": trail.caseID!.description], as: seat)
            return try await (voided, joined)
        } _: { _, _, voided, joined in
            #expect(voided.status == 200, "\(voided.text)")
            #expect([200, 409].contains(joined.status), "\(joined.text)")
        }
    }

    @Test("two cases merged into each other at once: one goes on, nobody waits for ever", arguments: Engine.tested)
    func mergingEachOther(engine: Engine) async throws {
        try await race(engine, .dispatched) { street, trail in
            let dispatcher = try await street.person("dispatcher")
            let second = try await street.person("second")
            let other = try await street.make(.filed)
            async let there = street.post(
                "/api/v1/cases/\(trail.caseID!)/merging", ["into": other.caseID!.description, "note": "同一件"],
                as: dispatcher)
            async let back = street.post(
                "/api/v1/cases/\(other.caseID!)/merging", ["into": trail.caseID!.description, "note": "同一件"], as: second
            )
            return try await (there, back)
        } _: { _, _, there, back in
            #expect([there.status, back.status].sorted() == [200, 409], "\(there.text) \(back.text)")
        }
    }

    @Test("a report leaves while another is sent away: one of them stays", arguments: Engine.tested)
    func twoSplits(engine: Engine) async throws {
        try await race(engine, .joined) { street, trail in
            let dispatcher = try await street.person("dispatcher")
            let second = try await street.person("second")
            let path = "/api/v1/cases/\(trail.caseID!)/splitting"
            async let one = street.post(
                path, ["report": trail.report.description, "destination": "new-case", "note": "不是"], as: dispatcher)
            async let two = street.post(
                path, ["report": trail.second!.description, "destination": "reception", "note": "不是"], as: second)
            return try await (one, two)
        } _: { _, _, one, two in
            #expect([one.status, two.status].sorted() == [200, 409], "\(one.text) \(two.text)")
        }
    }

    @Test("one files while the other does not: one holds", arguments: Engine.tested)
    func filingAgainstDeclining(engine: Engine) async throws {
        try await race(engine, .toFile) { street, trail in
            let dispatcher = try await street.person("dispatcher")
            let second = try await street.person("second")
            async let filed = street.post("/api/v1/cases/\(trail.caseID!)/filing", as: dispatcher)
            async let declined = street.post(
                "/api/v1/cases/\(trail.caseID!)/declining", ["publicNote": "不归城市管理。"], as: second)
            return try await (filed, declined)
        } _: { _, _, filed, declined in
            #expect([filed.status, declined.status].sorted() == [200, 409], "\(filed.text) \(declined.text)")
        }
    }

    @Test("two take a case up again: its tasks go back once", arguments: Engine.tested)
    func twoReopenings(engine: Engine) async throws {
        try await race(engine, .closed) { street, trail in
            let people = [try await street.person("dispatcher"), try await street.person("supervisor")]
            let path = "/api/v1/cases/\(trail.caseID!)/reopening"
            async let first = street.post(path, ["note": "又坏了"], as: people[0])
            async let second = street.post(path, ["note": "没修好"], as: people[1])
            return try await (first, second)
        } _: { street, trail, first, second in
            #expect([first.status, second.status].sorted() == [200, 409], "\(first.text) \(second.text)")
            let dispatcher = try await street.person("dispatcher")
            let detail = try await street.get("/api/v1/cases/\(trail.caseID!)", as: dispatcher).json
            #expect(detail["tasks"]?.array.map { $0["reworks"]?.int } == [1])
        }
    }
}
