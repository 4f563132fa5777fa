import Casework
import Domain
import StorageTestSupport
import Testing

@testable import App
@testable import Web

@Suite("An organisation refuses its task")
struct RefusalTests {
    private static let clause = ["reason": "matrix", "groundReference": "责任清单第12条", "note": "归环卫所"]

    @Test(
        "refused, upheld, refused again: now only a supervisor rules, and another lead takes over",
        arguments: Engine.tested)
    func twice(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let lamps = try await street.person("lamps")
            let dispatcher = try await street.person("dispatcher")
            let supervisor = try await street.person("supervisor")
            let trail = try await street.make(.dispatched)
            let task = try #require(trail.lead)
            let caseID = try #require(trail.caseID)

            #expect(try await street.post("/api/v1/tasks/\(task)/refusal", Self.clause, as: lamps).status == 200)
            var detail = try await street.get("/api/v1/cases/\(caseID)", as: dispatcher).json
            #expect(detail["phase"]?.string == "to-dispatch")
            #expect(detail["verbs"]?.array.contains { $0.string == "rule" } == true)
            #expect(
                try await street.post("/api/v1/tasks/\(task)/signature", as: lamps).json["code"]?.string
                    == "task.not-now")
            let passing = try await street.post("/api/v1/tasks/\(task)/withdrawal", ["note": "算了"], as: dispatcher)
            #expect(passing.status == 409)
            #expect(try passing.json["code"]?.string == "task.to-rule")

            let upheld = try await street.post(
                "/api/v1/tasks/\(task)/ruling", ["ruling": "uphold", "note": "清单写的是你们"], as: dispatcher)
            #expect(upheld.status == 200, "\(upheld.text)")
            #expect(try await street.post("/api/v1/tasks/\(task)/refusal", Self.clause, as: lamps).status == 200)
            let tooMuch = try await street.post(
                "/api/v1/tasks/\(task)/ruling", ["ruling": "uphold", "note": "还是你们"], as: dispatcher)
            #expect(tooMuch.status == 403)
            #expect(try tooMuch.json["code"]?.string == "task.supervisor-rules")
            detail = try await street.get("/api/v1/cases/\(caseID)", as: dispatcher).json
            #expect(detail["verbs"]?.array.contains { $0.string == "rule" } == false)

            let ruled = try await street.post(
                "/api/v1/tasks/\(task)/ruling", ["ruling": "withdraw", "note": "归环卫所"], as: supervisor)
            #expect(ruled.status == 200, "\(ruled.text)")
            #expect(try await street.get("/api/v1/cases/\(caseID)", as: lamps).status == 404, "no part in it any more")
            let sanitation = try await street.organisation("sanitation").description
            let again = try await street.post(
                "/api/v1/cases/\(caseID)/dispatch",
                ["lead": sanitation, "ground": "designated", "groundReference": "督办裁定"], as: dispatcher)
            #expect(again.status == 200, "\(again.text)")
            detail = try await street.get("/api/v1/cases/\(caseID)", as: dispatcher).json
            #expect(detail["phase"]?.string == "to-sign")
            #expect(detail["tasks"]?.array.map { $0["state"]?.string } == ["withdrawn", "offered"])
            #expect(
                detail["steps"]?.array.filter { $0["subject"]?.string == "task" }.map { $0["action"]?.string } == [
                    "offer", "refuse", "uphold", "refuse", "withdraw", "offer",
                ])
            // What units say to each other stays inside.
            let story = try await street.get("/api/v1/stories/\(trail.code)")
            #expect(!story.text.contains("归环卫所") && !story.text.contains("清单写的是你们"))
        }
    }

    @Test("refusals count over all organisations of a case", arguments: Engine.tested)
    func another(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let trail = try await street.make(.refused, assist: "sanitation")
            let assist = try #require(trail.assist)
            let sanitation = try await street.person("sanitation")
            #expect(try await street.post("/api/v1/tasks/\(assist)/refusal", Self.clause, as: sanitation).status == 200)
            for task in [trail.lead!, assist] {
                let reply = try await street.post(
                    "/api/v1/tasks/\(task)/ruling", ["ruling": "withdraw", "note": "不归他们"], as: dispatcher)
                #expect(reply.status == 403)
            }
        }
    }

    @Test(
        "by pages: the desk asks for the clause, the console shows the refusal to be ruled on", arguments: Engine.tested
    )
    func pages(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let lamps = try await street.person("lamps")
            let dispatcher = try await street.person("dispatcher")
            let trail = try await street.make(.dispatched)
            let task = try #require(trail.lead)
            let caseID = try #require(trail.caseID)
            let desk = try await street.page("/work/desk?case=\(caseID)", as: lamps)
            #expect(desk.text.contains("/work/tasks/\(task)/refuse"))
            let wrong = try await street.submit(
                "/work/tasks/\(task)/refuse", ["reason": "matrix", "groundReference": " ", "note": "归环卫所"], as: lamps)
            #expect(wrong.status == 422)
            #expect(wrong.text.contains("refuse-\(task)-groundReference-wrong") && wrong.text.contains("归环卫所"))
            #expect(wrong.text.contains("<details open>"))
            let sent = try await street.submit(
                "/work/tasks/\(task)/refuse", ["reason": "matrix", "groundReference": "第12条"], as: lamps)
            #expect(sent.status == 303, "\(sent.text)")
            #expect(try await street.page(sent.location!, as: lamps).text.contains("等裁定"))

            let console = try await street.page("/work/console?case=\(caseID)", as: dispatcher)
            #expect(console.text.contains("/work/tasks/\(task)/rule") && console.text.contains("第12条"))
            let ruled = try await street.submit(
                "/work/tasks/\(task)/rule?queue=dispatch", ["ruling": "withdraw", "note": "归环卫所"], as: dispatcher)
            #expect(ruled.status == 303, "\(ruled.text)")
            #expect(ruled.location?.contains("queue=dispatch&notice=withdrawn") == true)
        }
    }

    @Test(
        "the centre takes a task back, whatever it was doing, and the case waits for dispatch", arguments: Engine.tested
    )
    func withdrawn(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            for stage in [Stage.dispatched, .signed, .answered] {
                let trail = try await street.make(stage)
                let path = "/api/v1/tasks/\(trail.lead!)/withdrawal"
                #expect(
                    try await street.post(path, ["note": "  "], as: dispatcher).json.violations == [
                        "note": "input.missing"
                    ])
                #expect(try await street.post(path, ["note": "派错了"], as: dispatcher).status == 200)
                let detail = try await street.get("/api/v1/cases/\(trail.caseID!)", as: dispatcher).json
                #expect(detail["phase"]?.string == "to-dispatch", "\(stage)")
                #expect(try await street.post(path, ["note": "派错了"], as: dispatcher).status == 409)
            }
        }
    }
}
