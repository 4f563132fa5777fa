import Areas
import Domain
import Storage
import StorageTestSupport
import Testing

@testable import App
@testable import Casework
@testable import Web

@Suite("Statements a page costs")
struct StatementCountTests {
    @Test("console, desk, start, lists and search cost the same at 10 and at 1,000 rows", arguments: Engine.tested)
    func constant(engine: Engine) async throws {
        try await withStreet(engine, doubleRun: false) { street in
            let dispatcher = try await street.person("dispatcher")
            let lamps = try await street.person("lamps")
            let scope = try street.area("330299001")
            let questions: [(name: String, path: String, person: Person)] = [
                ("console", "/work/console?queue=sign", dispatcher),
                ("console, reports", "/work/console?queue=accept", dispatcher),
                ("desk", "/work/desk", lamps), ("start", "/work", dispatcher), ("start of a desk", "/work", lamps),
                ("cases JSON", "/api/v1/cases", dispatcher),
                ("cases JSON of one queue", "/api/v1/cases?queue=sign&scope=\(scope)", dispatcher),
                ("cases JSON of an office", "/api/v1/cases", lamps), ("reports JSON", "/api/v1/reports", dispatcher),
                ("queues JSON", "/api/v1/queues", dispatcher),
                ("search JSON", "/api/v1/search?q=%E8%B7%AF%E7%81%AF", dispatcher),
                ("search", "/work/search?q=%E8%B7%AF%E7%81%AF", dispatcher),
            ]
            try await fill(street, 10, by: dispatcher.actor)
            let few = try await ask(street, questions)
            try await fill(street, 990, by: dispatcher.actor)
            let many = try await ask(street, questions)
            print(
                "statements on \(engine), session included: \(few.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))"
            )
            for question in questions {
                #expect(
                    few[question.name] == many[question.name],
                    "\(question.name): \(few[question.name] ?? -1) and then \(many[question.name] ?? -1)")
                #expect((few[question.name] ?? 0) > 0, "\(question.name)")
            }
            for name in ["cases JSON", "cases JSON of one queue", "cases JSON of an office", "console", "desk"] {
                #expect((few[name] ?? 99) <= 6, "\(name)")
            }
        }
    }

    private func ask(
        _ street: TestStreet, _ questions: [(name: String, path: String, person: Person)]
    ) async throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for question in questions {
            // A session is believed for a second: each question looks it up.
            street.clock.advance(seconds: 1)
            let isPage = !question.path.hasPrefix("/api")
            let reply =
                isPage
                ? try await street.page(question.path, as: question.person)
                : try await street.get(question.path, as: question.person)
            #expect(reply.status == 200, "\(question.path): \(reply.status)")
            counts[question.name] = reply.statements
        }
        return counts
    }

    /// As many waiting reports and as many dispatched cases, by the rules and stores of the product, a hundred together.
    private func fill(_ street: TestStreet, _ count: Int, by actor: Actor) async throws {
        let casework = street.deployment.casework
        let area = try street.area("330299001001")
        let lead = try await street.organisation("lamps")
        let second = try await street.organisation("sanitation")
        for start in stride(from: 0, to: count, by: 100) {
            let part = min(100, count - start)
            let waiting = try (0..<part).map { _ in
                try SubmitReport(draft: ReportDraft(channel: .web, area: area, text: "北门的路灯不亮。")).prepare(
                    by: .anonymous, in: casework)
            }
            let taken = try (0..<part).map { _ in
                try SubmitReport(draft: ReportDraft(channel: .web, area: area, text: "南门的路灯不亮。")).prepare(
                    by: .anonymous, in: casework)
            }
            try await street.deployment.database.write { tx in
                for prepared in waiting {
                    try ReportFolder.insert(
                        prepared.sealed, scopes: prepared.scopes, step: prepared.step, in: casework, tx)
                }
                for prepared in taken {
                    try ReportFolder.insert(
                        prepared.sealed, scopes: prepared.scopes, step: prepared.step, in: casework, tx)
                    try Self.open(prepared, lead, second, actor, casework, tx)
                }
            }
        }
        try await street.deployment.relay.drain()
    }

    private static func open(
        _ prepared: SubmitReport.Prepared, _ lead: OrganisationID, _ second: OrganisationID, _ actor: Actor,
        _ casework: Casework, _ tx: WriteTransaction
    ) throws {
        let act = Act(of: actor, in: casework.world)
        let id: CaseID = casework.world.id()
        let report = prepared.sealed.report
        let acceptance = try report.accepting(
            as: NewCase(id: id, matter: MatterReference(TestStreet.matter), verification: .phone),
            catalogues: casework.catalogues, by: act)
        try ReportFolder(report: report, scopes: prepared.scopes)
            .save(acceptance.report, step: acceptance.steps[0], in: casework, tx)
        try CaseFolder.insert(acceptance.caseFile, steps: Array(acceptance.steps.dropFirst()), in: casework, tx)
        var folder = try CaseFolder.locking(id, CaseworkPermission.fileCase, by: actor, in: casework, tx)
        let filed = try folder.caseFile.filing(Filing(), catalogues: casework.catalogues, by: act)
        try folder.save(filed.value, steps: [filed.step], in: casework, tx)
        folder = try CaseFolder.locking(id, CaseworkPermission.dispatchCase, by: actor, in: casework, tx)
        let dispatching = try folder.caseFile.dispatching(
            DispatchOrder(lead: lead, assists: [second], ground: .statutory, groundReference: "1"), beside: [], by: act)
        try folder.save(dispatching.caseFile, added: dispatching.tasks, steps: dispatching.steps, in: casework, tx)
    }
}
