import Domain
import Storage
import StorageTestSupport
import Testing

@testable import App
@testable import Casework

/// The clocks of the whole system: held, moved by the test, the jobs done when the test says so.
@Suite("Limits of the whole system")
struct LimitTests {
    private func at(_ text: String) throws -> Instant {
        try #require(Instant(iso8601: text.replacing(" ", with: "T") + ":00", defaultZone: .china))
    }

    /// Moves the held clock, which begins at 2026-11-19 10:00.
    private func move(_ street: TestStreet, to text: String) throws {
        let seconds = try at(text).milliseconds(since: street.clock.now) / 1000
        #expect(seconds >= 0)
        street.clock.advance(seconds: seconds)
    }

    private func limits(_ street: TestStreet, _ caseID: CaseID) async throws -> [Limit] {
        try await street.deployment.database.read { tx in try LimitStore.all(of: caseID, tx) }
    }

    private func steps(_ street: TestStreet, _ caseID: CaseID) async throws -> [Step] {
        try await street.deployment.database.read { tx in
            try StepStore.all(of: caseID, tx).filter { $0.subject.kind == .limit }
        }
    }

    private func text(_ instant: Instant?) -> String {
        instant.map { String($0.iso8601(at: .china).prefix(16)).replacing("T", with: " ") } ?? "–"
    }

    @Test("filing promises, dispatch gives time to sign and to handle, by the calendar", arguments: Engine.tested)
    func ends(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let trail = try await street.make(.dispatched, assist: "sanitation")
            let caseID = try #require(trail.caseID)
            let dispatcher = try await street.person("dispatcher").actor
            let detail = try await street.deployment.casework.caseDetail(caseID, by: dispatcher)
            #expect(text(detail.caseFile.dueAt) == "2026-11-30 17:30")
            #expect(detail.tasks.map { text($0.dueAt) } == ["2026-11-24 17:30", "2026-11-24 17:30"])
            let limits = try await limits(street, caseID)
            let lead = limits.filter { $0.subject == .task(trail.lead ?? TaskID(caseID.uuid)) }
            #expect(text(lead.first { $0.stage == .sign }?.dueAt) == "2026-11-19 12:00")
            #expect(limits.filter { $0.stage == .filing }.map { $0.finishedAt != nil } == [true])
            #expect(limits.filter { $0.stage == .accept }.map { text($0.dueAt) } == ["2026-11-19 15:30"])
            #expect(limits.allSatisfy { !$0.isProvisional && $0.missedAt == nil })
            let file = detail.steps.first { $0.subject.kind == .caseFile && $0.action == "file" }
            #expect(file?.detail.dueAt == detail.caseFile.dueAt)
            let scope = Scope.area(try street.area("330299001"))
            let listed = try await street.deployment.casework.openCases(
                in: scope, queue: nil, after: nil, by: dispatcher)
            #expect(listed.entries.map { text($0.dueAt) } == ["2026-11-30 17:30"])
        }
    }

    @Test("a date that a person sets holds, and no task ends after it", arguments: Engine.tested)
    func set(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let trail = try await street.make(.toFile)
            let caseID = try #require(trail.caseID)
            let dispatcher = try await street.person("dispatcher").actor
            let casework = street.deployment.casework
            _ = try await FileCase(caseID: caseID, dueAt: try at("2026-11-20 18:00")).run(by: dispatcher, in: casework)
            _ = try await DispatchCase(
                caseID: caseID,
                order: DispatchOrder(
                    lead: try await street.organisation("lamps"), ground: .statutory, groundReference: "1")
            ).run(by: dispatcher, in: casework)
            let detail = try await casework.caseDetail(caseID, by: dispatcher)
            #expect(text(detail.caseFile.dueAt) == "2026-11-20 18:00")
            #expect(detail.tasks.map { text($0.dueAt) } == ["2026-11-20 18:00"])
        }
    }

    @Test("off across several ends: each is missed once, at its own time", arguments: Engine.tested)
    func off(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let trail = try await street.make(.dispatched)
            let caseID = try #require(trail.caseID)
            try move(street, to: "2026-12-20 03:00")
            try await street.deployment.jobs.drain()
            let missed = try await limits(street, caseID).filter { $0.missedAt != nil }
            #expect(Set(missed.map(\.stage)) == [.sign, .handle, .whole])
            #expect(missed.allSatisfy { $0.missedAt == $0.dueAt && $0.warnedAt == $0.warnAt })
            let steps = try await steps(street, caseID)
            #expect(
                steps.filter { $0.action == "miss" }.map { text($0.at) }.sorted() == [
                    "2026-11-19 12:00", "2026-11-24 17:30", "2026-11-30 17:30",
                ])
            #expect(steps.filter { $0.action == "warn" }.count == 3)
            try await street.deployment.jobs.drain()
            street.clock.advance(seconds: 86_400)
            try await street.deployment.jobs.drain()
            #expect(try await self.steps(street, caseID).count == steps.count)
            #expect(try await WorldAudit(street.deployment).limits().isEmpty)
        }
    }

    @Test("what was done or replaced does not fire", arguments: Engine.tested)
    func replaced(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let trail = try await street.make(.answered)
            let caseID = try #require(trail.caseID)
            let casework = street.deployment.casework
            try move(street, to: "2026-11-23 09:00")
            try await street.deployment.jobs.drain()
            #expect(try await steps(street, caseID).isEmpty)
            // Sent back after the weekend: the time of checking is given back.
            let checker = try await street.person("checker").actor
            let lead = try #require(trail.lead)
            _ = try await CheckTask(task: lead, verdict: .rework, note: "还是不亮").run(by: checker, in: casework)
            let handling = try await limits(street, caseID).filter { $0.stage == .handle }
            #expect(handling.map { text($0.dueAt) } == ["2026-11-24 17:30", "2026-11-26 17:30"])
            #expect(handling.map(\.generation) == [1, 2])
            try move(street, to: "2026-11-25 09:00")
            try await street.deployment.jobs.drain()
            #expect(try await limits(street, caseID).allSatisfy { $0.missedAt == nil })
            let lamps = try await street.person("lamps").actor
            try move(street, to: "2026-11-27 09:00")
            // The timer has not looked yet: the verb itself notes what was missed.
            _ = try await AnswerTask(task: lead, answer: TaskAnswer(outcome: .done, publicText: "灯亮了。"))
                .run(by: lamps, in: casework)
            try await street.deployment.jobs.drain()
            let second = try await limits(street, caseID).filter { $0.stage == .handle }
            #expect(second.map { text($0.missedAt) } == ["–", "2026-11-26 17:30"])
            #expect(try await steps(street, caseID).filter { $0.action == "miss" }.count == 1)
            #expect(try await WorldAudit(street.deployment).limits().isEmpty)
        }
    }

    @Test(
        "a report that nobody decides about is warned about and missed; intake wrote nothing", arguments: Engine.tested)
    func reports(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let waiting = try await street.make(.received)
            let quick = try await street.make(.toFile)
            let clock: @Sendable (ReportID) async throws -> [Limit] = { id in
                try await street.deployment.database.read { tx in try LimitStore.all(of: .report(id), tx) }
            }
            #expect(try await clock(waiting.report).isEmpty)
            #expect(try await clock(quick.report).map { $0.finishedAt != nil } == [true])
            try await street.deployment.jobs.drain()
            #expect(try await clock(waiting.report).isEmpty)
            try move(street, to: "2026-11-19 15:00")
            try await street.deployment.jobs.drain()
            #expect(try await clock(waiting.report).map { text($0.warnedAt) } == ["2026-11-19 14:42"])
            try move(street, to: "2026-11-20 10:00")
            try await street.deployment.jobs.drain()
            let late = try await clock(waiting.report)
            #expect(late.map { text($0.missedAt) } == ["2026-11-19 15:30"])
            #expect(late.map { $0.finishedAt == nil } == [true])
            let seat = try await street.person("seat").actor
            _ = try await RefuseReport(report: waiting.report, reason: .elsewhere).run(
                by: seat, in: street.deployment.casework)
            #expect(try await clock(waiting.report).map { text($0.finishedAt) } == ["2026-11-20 10:00"])
            #expect(try await clock(quick.report).allSatisfy { $0.missedAt == nil })
        }
    }

    @Test(
        "past the announced holidays a promise is provisional, and computed again once they are imported",
        arguments: Engine.tested)
    func holidays(engine: Engine) async throws {
        try await withStreet(engine) { street in
            try move(street, to: "2026-12-28 10:00")
            let trail = try await street.make(.filed)
            let caseID = try #require(trail.caseID)
            let casework = street.deployment.casework
            let before = try #require(try await limits(street, caseID).first { $0.stage == .whole })
            #expect(text(before.dueAt) == "2027-01-06 17:30")
            #expect(before.isProvisional)
            let content = "date,type\n2027-01-01,holiday\n2027-01-02,holiday\n2027-01-03,workday\n2027-01-04,holiday\n"
            let day = try #require(LocalDay("2027-12-31"))
            let wrong = ImportHolidays(
                version: "cn-2004-2027", coveredUntil: try #require(LocalDay("2027-01-02")), content: content)
            await #expect(throws: RuleViolation.self) { try await wrong.run(in: casework) }
            let outcome = try await ImportHolidays(version: "cn-2004-2027", coveredUntil: day, content: content).run(
                in: casework)
            #expect(outcome == TimeImport(taken: 4))
            try await street.deployment.jobs.drain()
            let after = try #require(try await limits(street, caseID).first { $0.stage == .whole })
            #expect(text(after.dueAt) == "2027-01-07 17:30")
            #expect(!after.isProvisional)
            #expect(after.tableVersion == "cn-2004-2027")
            #expect(try await steps(street, caseID).map(\.detail.reason) == ["holidays"])
            let dispatcher = try await street.person("dispatcher").actor
            #expect(text(try await casework.caseDetail(caseID, by: dispatcher).caseFile.dueAt) == "2027-01-07 17:30")
            try await street.deployment.relay.drain()
            #expect(try await WorldAudit(street.deployment).derivedRows().isEmpty)
            // The same name again, and a gap.
            await #expect(throws: RuleViolation.self) {
                try await ImportHolidays(version: "cn-2004-2027", coveredUntil: day, content: content).run(in: casework)
            }
            await #expect(throws: RuleViolation.self) {
                try await ImportHolidays(
                    version: "x", coveredUntil: LocalDay("2030-12-31") ?? day,
                    content: "date,type\n2030-01-01,holiday\n"
                ).run(in: casework)
            }
        }
    }

    @Test("imported limits and office hours hold for what begins after", arguments: Engine.tested)
    func imported(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let casework = street.deployment.casework
            let limits = try await ImportLimits(
                content: """
                    matter,class,stage,amount,unit
                    gbt47678.5-2026/matter/01,facility,whole,2,working-day
                    gbt47678.5-2026/matter/01,facility,handle,8,working-hour
                    """
            ).run(in: casework)
            #expect(limits == TimeImport(taken: 2))
            let hours = try await ImportOfficeHours(content: "organisation,hours\nlamps,\"06:00-22:00\"\n").run(
                in: casework)
            #expect(hours == TimeImport(taken: 1))
            let wrong = try await ImportOfficeHours(
                content: "organisation,hours\nlamps,\"06:00-22:00\"\nnobody,\"06:00-22:00\"\n"
            )
            .run(in: casework)
            #expect(wrong.taken == 0)
            #expect(wrong.errors.map { "\($0.line) \($0.violation.code)" } == ["3 organisation.unknown"])
            let trail = try await street.make(.dispatched)
            let caseID = try #require(trail.caseID)
            let dispatcher = try await street.person("dispatcher").actor
            let detail = try await casework.caseDetail(caseID, by: dispatcher)
            #expect(text(detail.caseFile.dueAt) == "2026-11-23 17:30")
            #expect(detail.tasks.map { text($0.dueAt) } == ["2026-11-19 18:00"])
        }
    }
}
