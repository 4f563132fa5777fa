import Casework
import Domain
import StorageTestSupport
import Testing

@testable import App
@testable import Web

@Suite("Several at once, one by one")
struct BulkTests {
    @Test("each case has its own outcome and its own step; the same key acts once", arguments: Engine.tested)
    func dispatching(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let first = try await street.make(.filed)
            let taken = try await street.make(.dispatched)
            let second = try await street.make(.filed)
            let elsewhere = try await street.make(.filed, in: "330299002001")
            let ids = [first, taken, second, elsewhere].map { $0.caseID!.description }
            let order: [String: Any] = [
                "cases": ids, "lead": try await street.organisation("sanitation").description, "ground": "statutory",
                "groundReference": "第38条",
            ]
            let sent = try await street.post("/api/v1/bulk/dispatch", order, as: dispatcher, key: "b-1")
            #expect(sent.status == 200, "\(sent.text)")
            let answer = try sent.json
            #expect(answer["done"]?.int == 2 && answer["refused"]?.int == 2)
            #expect(answer["items"]?.array.map { $0["id"]?.string } == ids)
            #expect(
                answer["items"]?.array.map { $0["problems"]?.array.first?["code"]?.string } == [
                    nil, "case.lead-exists", nil, "case.unknown",
                ])
            let again = try await street.post("/api/v1/bulk/dispatch", order, as: dispatcher, key: "b-1")
            #expect(again.text == sent.text)
            for id in [ids[0], ids[2]] {
                let steps = try await street.get("/api/v1/cases/\(id)", as: dispatcher).json["steps"]?.array ?? []
                #expect(steps.filter { $0["action"]?.string == "dispatch" }.count == 1)
            }
        }
    }

    @Test("nothing chosen and too much chosen are refused as a whole", arguments: Engine.tested)
    func bounds(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let why = ["note": "建错了", "publicNote": "建错了。"]
            let none = try await street.post("/api/v1/bulk/voiding", why, as: dispatcher)
            #expect(try none.json.violations == ["cases": "bulk.nothing-chosen"])
            let world = street.deployment.world
            let many = (0...Casework.bulkLimit).map { _ in (world.id() as CaseID).description }
            let flood = try await street.post(
                "/api/v1/bulk/voiding", ["note": "建错了", "publicNote": "建错了。", "cases": many] as [String: Any],
                as: dispatcher)
            #expect(flood.status == 422)
            #expect(try flood.json.violations == ["cases": "input.too-many"])
        }
    }

    @Test("closing, withdrawing, voiding and joining several", arguments: Engine.tested)
    func others(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            func send(_ verb: String, _ stage: Stage, _ fields: [String: Any]) async throws -> [Trail] {
                let trails = [try await street.make(stage), try await street.make(stage)]
                var all = fields
                all["cases"] = trails.map { $0.caseID!.description }
                let reply = try await street.post("/api/v1/bulk/\(verb)", all, as: dispatcher)
                #expect(try reply.json["done"]?.int == 2, "\(reply.text)")
                return trails
            }
            for trail in try await send("closing", .checked, ["outcome": "done", "publicText": "修好了。"]) {
                #expect(try await street.get("/api/v1/stories/\(trail.code)").json["answer"]?.string == "修好了。")
            }
            for trail in try await send("withdrawal", .signed, ["note": "换单位"]) {
                let detail = try await street.get("/api/v1/cases/\(trail.caseID!)", as: dispatcher).json
                #expect(detail["phase"]?.string == "to-dispatch")
            }
            for trail in try await send("voiding", .filed, ["note": "演练", "publicNote": "这是演练。"]) {
                #expect(try await street.get("/api/v1/stories/\(trail.code)").json["state"]?.string == "answered")
            }
            let target = try await street.make(.filed)
            let reports = [try await street.make(.received), try await street.make(.received)]
            let joined = try await street.post(
                "/api/v1/bulk/joining",
                ["reports": reports.map(\.report.description), "case": target.number!] as [String: Any], as: dispatcher)
            #expect(try joined.json["done"]?.int == 2, "\(joined.text)")
            let detail = try await street.get("/api/v1/cases/\(target.caseID!)", as: dispatcher).json
            #expect(detail["reports"]?.array.count == 3)
            // Nothing to take back is told, case by case.
            let nothing = try await street.post(
                "/api/v1/bulk/withdrawal", ["cases": [target.caseID!.description], "note": "换单位"] as [String: Any],
                as: dispatcher)
            #expect(
                try nothing.json["items"]?.array.first?["problems"]?.array.first?["code"]?.string
                    == "case.no-task-to-withdraw")
        }
    }

    @Test(
        "by pages, without script: boxes in the list, one form, a page that says what became of each",
        arguments: Engine.tested)
    func pages(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let first = try await street.make(.filed)
            let second = try await street.make(.filed, assist: nil)
            let scope = try street.area("330299001").description
            let list = "/work/console?scope=\(scope)&queue=dispatch"
            #expect(try await street.page(list, as: dispatcher).text.contains("bulk=void"))
            let boxes = try await street.page(list + "&bulk=void", as: dispatcher)
            for trail in [first, second] {
                #expect(boxes.text.contains("name=\"cases\" value=\"\(trail.caseID!)\" form=\"bulk\""))
            }
            #expect(
                boxes.text.contains(
                    "<form class=\"grow pane-form\" id=\"bulk\" method=\"post\" action=\"/work/bulk/void"))
            let address = "/work/bulk/void?scope=\(scope)&queue=dispatch"
            let chosen = [first, second].map { ("cases", $0.caseID!.description) }
            let wrong = try await street.submit(
                address, fields: chosen + [("note", ""), ("publicNote", "建错了。")], as: dispatcher)
            #expect(wrong.status == 422 && wrong.text.contains("void-note-wrong"))
            #expect(
                wrong.text.contains("value=\"\(first.caseID!)\" form=\"bulk\" checked"), "what was chosen stays chosen")
            _ = try await VoidCase(caseID: second.caseID!, publicNote: "建错了。", note: "建错了").run(
                by: dispatcher.actor, in: street.deployment.casework)
            for language in Language.allCases {
                let sent = try await street.submit(
                    address, fields: chosen + [("note", "建错了"), ("publicNote", "建错了。")], as: dispatcher,
                    once: "once-\(language)", language: language)
                #expect(sent.status == 200 && !sent.text.contains("⟦"), "\(sent.text)")
                #expect(sent.text.contains(first.number!) && sent.text.contains(second.number!))
            }
            // A reader of the list who may do none of it is offered nothing.
            let reader = try await street.person("reader")
            #expect(!(try await street.page(list + "&bulk=void", as: reader).text.contains("form=\"bulk\"")))
        }
    }
}
