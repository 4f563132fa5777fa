import Casework
import Domain
import Storage
import StorageTestSupport
import Testing

@testable import App
@testable import Web

@Suite("Found and done on the round")
struct SelfHandleTests {
    private func fields(_ street: TestStreet, area: String = "330299001001001") throws -> [String: String] {
        [
            "area": try street.area(area).description, "place": "北门第二根灯杆", "matter": TestStreet.matter,
            "text": "灯罩松了，要掉下来。", "publicText": "当场拧紧，试过不晃。", "internalText": "螺丝要换",
        ]
    }

    @Test("in one go to the check, which somebody of another organisation makes", arguments: Engine.tested)
    func wholeWay(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let grid = try await street.person("grid")
            let checker = try await street.person("checker")
            let dispatcher = try await street.person("dispatcher")
            let sent = try await street.post("/api/v1/self-handled", try fields(street), as: grid, key: "one")
            #expect(sent.status == 201, "\(sent.text)")
            #expect(try sent.json["number"]?.string == "QH26-1119-001")
            let id = try #require(try sent.json["id"]?.string)
            let code = try #require(try sent.json["trackingCode"]?.string)
            let again = try await street.post("/api/v1/self-handled", try fields(street), as: grid, key: "one")
            #expect(again.text == sent.text)

            let detail = try await street.get("/api/v1/cases/\(id)", as: dispatcher).json
            #expect(detail["phase"]?.string == "to-check")
            #expect(
                detail["steps"]?.array.map { "\($0["subject"]?.string ?? "").\($0["action"]?.string ?? "")" } == [
                    "report.accept", "case.register-verified", "case.file", "case.dispatch", "task.offer", "task.sign",
                    "task.answer",
                ])
            let task = try #require(detail["tasks"]?.array.first?["id"]?.string)
            #expect(detail["tasks"]?.array.first?["ground"]?.string == "self-handled")
            let own = try await street.sign("grid-two", posts: [("checker", "grid", "330299001")])
            let refused = try await street.post("/api/v1/tasks/\(task)/check", ["verdict": "pass"], as: own)
            #expect(refused.status == 403)
            #expect(try refused.json["code"]?.string == "task.checker-same-organisation")
            let back = try await street.post(
                "/api/v1/tasks/\(task)/check", ["verdict": "rework", "note": "还是晃"], as: checker)
            #expect(back.status == 200, "\(back.text)")
            #expect(
                try await street.post(
                    "/api/v1/tasks/\(task)/answer", ["outcome": "done", "publicText": "换了螺丝。"], as: grid
                ).status == 200)
            #expect(
                try await street.post("/api/v1/tasks/\(task)/check", ["verdict": "pass"], as: checker).status == 200)
            #expect(
                try await street.post(
                    "/api/v1/cases/\(id)/closing", ["outcome": "done", "publicText": "灯罩已固定。"], as: dispatcher
                ).status == 200)
            let story = try await street.get("/api/v1/stories/\(code)").json
            #expect(story["state"]?.string == "answered")
            try await street.deployment.relay.drain()
            let audit = try await WorldAudit(street.deployment)
            #expect(try await audit.histories().isEmpty)
            #expect(try await audit.derivedRows().isEmpty)
        }
    }

    @Test("what is missing is told, and a place outside is refused; nothing is left behind", arguments: Engine.tested)
    func refused(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let grid = try await street.person("grid")
            let bare = try await street.post(
                "/api/v1/self-handled", ["area": try street.area("330299001001").description], as: grid)
            #expect(try bare.json.violations == ["text": "input.missing", "publicText": "input.missing"])
            var without = try fields(street)
            without["matter"] = nil
            #expect(
                try await street.post("/api/v1/self-handled", without, as: grid).json.violations == [
                    "matter": "case.matter-missing"
                ])
            let outside = try await street.post(
                "/api/v1/self-handled", try fields(street, area: "330299001002"), as: grid)
            #expect(outside.status == 403)
            let audit = try await WorldAudit(street.deployment)
            #expect(audit.reports.isEmpty && audit.matters.isEmpty)
            let next = try await street.post("/api/v1/self-handled", try fields(street), as: grid)
            #expect(try next.json["number"]?.string == "QH26-1119-001", "a refusal uses up no number")
        }
    }

    @Test("by page: only places of the own area are offered; the number comes back", arguments: Engine.tested)
    func page(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let grid = try await street.person("grid")
            let form = try await street.page("/work/self-handle", as: grid)
            #expect(form.text.contains(try street.area("330299001001001").description))
            #expect(!form.text.contains(try street.area("330299001002").description))
            #expect(try await street.page("/work", as: grid).text.contains("/work/self-handle"))
            let wrong = try await street.submit("/work/self-handle", ["area": "", "text": "灯罩松了"], as: grid)
            #expect(wrong.status == 422 && wrong.text.contains("灯罩松了") && wrong.text.contains("area-wrong"))
            let sent = try await street.submit(
                "/work/self-handle", fields: try fields(street).map { ($0.key, $0.value) }, as: grid)
            #expect(sent.status == 303, "\(sent.text)")
            #expect(try await street.page(sent.location!, as: grid).text.contains("QH26-1119-001"))
        }
    }

    @Test("dispatchers cannot name that ground", arguments: Engine.tested)
    func ground(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let trail = try await street.make(.filed)
            let reply = try await street.post(
                "/api/v1/cases/\(trail.caseID!)/dispatch",
                [
                    "lead": try await street.organisation("lamps").description, "ground": "self-handled",
                    "groundReference": "1",
                ], as: dispatcher)
            #expect(reply.status == 422)
            #expect(try reply.json.violations == ["ground": "ground.not-for-dispatch"])
        }
    }
}
