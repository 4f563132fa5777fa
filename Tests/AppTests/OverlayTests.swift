import Domain
import Storage
import StorageTestSupport
import Testing

@testable import App
@testable import Casework
@testable import Web

/// The held clock begins on Thursday, 2026-11-19, at 10:00.
@Suite("More time and waiting, in the whole system")
struct OverlayTests {
    private func text(_ instant: Instant?) -> String {
        instant.map { String($0.iso8601(at: .china).prefix(16)).replacing("T", with: " ") } ?? "–"
    }

    private func whole(_ street: TestStreet, _ caseID: CaseID) async throws -> Limit? {
        try await street.deployment.database.read { tx in
            try LimitStore.all(of: caseID, tx).last { $0.stage == .whole }
        }
    }

    @Test("more time that was granted moves the task and, where it has to, the promise", arguments: Engine.tested)
    func extended(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let trail = try await street.make(.extensionAsked)
            let caseID = try #require(trail.caseID)
            let task = try #require(trail.lead)
            let casework = street.deployment.casework
            let dispatcher = try await street.person("dispatcher")
            let page = try await street.page("/work/console?case=\(caseID)", as: dispatcher).text
            #expect(page.contains("批准延期") && page.contains("要等配件"))
            // The same organisation cannot decide, whatever else it holds.
            let lamps = try await street.person("lamps")
            #expect(
                try await street.post("/api/v1/tasks/\(task)/extension-decision", ["verdict": "grant"], as: lamps)
                    .status
                    == 403)
            let granted = try await street.submit(
                "/work/tasks/\(task)/decide-extension", ["verdict": "grant"], as: dispatcher)
            #expect(granted.status == 303, "\(granted.text)")
            let detail = try await casework.caseDetail(caseID, by: dispatcher.actor)
            #expect(detail.tasks.map { text($0.dueAt) } == ["2026-12-01 10:00"])
            #expect(text(detail.caseFile.dueAt) == "2026-12-01 10:00", "the promise was 30 November")
            #expect(detail.overlays.map(\.state) == [.ended])
            #expect(detail.steps.filter { $0.subject.kind == .overlay }.map(\.action) == ["request", "grant", "end"])
            street.clock.advance(seconds: 6 * 86_400)
            try await street.deployment.jobs.drain()
            let missed = try await street.deployment.database.read { tx in
                try LimitStore.all(of: caseID, tx).filter { $0.missedAt != nil }
            }
            #expect(missed.isEmpty, "the first end was 24 November")
            let again = try await street.post(
                "/api/v1/tasks/\(task)/extension-decision", ["verdict": "decline", "note": "晚了"],
                as: try await street.person("dispatcher"))
            #expect(again.status == 409)
            #expect(try await WorldAudit(street.deployment).limits().isEmpty)
        }
    }

    @Test("a declined request changes nothing", arguments: Engine.tested)
    func declined(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let trail = try await street.make(.extensionAsked)
            let caseID = try #require(trail.caseID)
            let dispatcher = try await street.person("dispatcher").actor
            _ = try await DecideExtension(task: try #require(trail.lead), verdict: .decline, note: "配件有库存")
                .run(by: dispatcher, in: street.deployment.casework)
            let detail = try await street.deployment.casework.caseDetail(caseID, by: dispatcher)
            #expect(detail.tasks.map { text($0.dueAt) } == ["2026-11-24 17:30"])
            #expect(detail.overlays.map(\.state) == [.declined])
        }
    }

    @Test(
        "a parked case misses nothing, shows no date, and goes on by itself at its time, also when nobody looked",
        arguments: Engine.tested)
    func parked(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let trail = try await street.make(.parked)
            let caseID = try #require(trail.caseID)
            let dispatcher = try await street.person("dispatcher").actor
            let casework = street.deployment.casework
            #expect(try await casework.caseDetail(caseID, by: dispatcher).caseFile.dueAt == nil)
            let story = try await street.get("/api/v1/stories/\(trail.code)").json
            #expect(story["dueAt"]?.string == nil)
            #expect(try await street.page("/follow/\(trail.code)").text.contains("暂停计时"))
            // Dispatched meanwhile: the new clocks stand still too.
            _ = try await DispatchCase(
                caseID: caseID,
                order: DispatchOrder(
                    lead: try await street.organisation("lamps"), ground: .statutory, groundReference: "1")
            ).run(by: dispatcher, in: casework)
            // Parked until 19 December, 10:00; off until the 22nd.
            street.clock.advance(seconds: 33 * 86_400)
            try await street.deployment.jobs.drain()
            let limits = try await street.deployment.database.read { tx in try LimitStore.all(of: caseID, tx) }
            let whole = try #require(limits.last { $0.stage == .whole })
            // Seven working days were left on 19 November; the 19th of December is a Saturday.
            #expect(text(whole.dueAt) == "2026-12-29 17:30")
            #expect(whole.pausedAt == nil)
            #expect(whole.pauses.map { text($0.to) } == ["2026-12-19 10:00"])
            #expect(text(limits.last { $0.stage == .handle }?.dueAt) == "2026-12-23 17:30")
            // Two office hours were left to sign; they ran from Monday on, and are over.
            #expect(text(limits.last { $0.stage == .sign }?.missedAt) == "2026-12-21 10:30")
            let detail = try await casework.caseDetail(caseID, by: dispatcher)
            #expect(text(detail.caseFile.dueAt) == "2026-12-29 17:30")
            #expect(detail.overlays.map(\.state) == [.ended])
            #expect(detail.steps.filter { $0.subject.kind == .overlay }.map { text($0.at) }.last == "2026-12-19 10:00")
            try await street.deployment.relay.drain()
            let audit = try await WorldAudit(street.deployment)
            #expect(try await audit.limits().isEmpty)
            #expect(try await audit.derivedRows().isEmpty)
        }
    }

    @Test("parking that is ended early gives back what was left", arguments: Engine.tested)
    func unparked(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let trail = try await street.make(.parked)
            let caseID = try #require(trail.caseID)
            street.clock.advance(seconds: 4 * 86_400)
            let supervisor = try await street.person("supervisor")
            let ended = try await street.post("/api/v1/cases/\(caseID)/unparking", ["note": "雨停了"], as: supervisor)
            #expect(ended.status == 200, "\(ended.text)")
            // Seven working days after Monday, 23 November.
            #expect(text(try await whole(street, caseID)?.dueAt) == "2026-12-02 17:30")
            street.clock.advance(seconds: 40 * 86_400)
            try await street.deployment.jobs.drain()
            #expect(text(try await whole(street, caseID)?.missedAt) == "2026-12-02 17:30")
            #expect(
                try await street.post(
                    "/api/v1/cases/\(caseID)/unparking", as: try await street.person("supervisor")
                ).status == 409)
        }
    }
}
