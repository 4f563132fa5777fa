import Casework
import Domain
import StorageTestSupport
import Testing

@testable import App
@testable import Web

@Suite("Between signing and the check")
struct FollowingTests {
    @Test("an answer is taken back before the check, and not after", arguments: Engine.tested)
    func recalled(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let lamps = try await street.person("lamps")
            let checker = try await street.person("checker")
            let trail = try await street.make(.answered)
            let path = "/api/v1/tasks/\(trail.lead!)"
            #expect(try await street.post(path + "/recall", ["note": "写错了"], as: lamps).status == 200)
            #expect(
                try await street.post(path + "/check", ["verdict": "pass"], as: checker).json["code"]?.string
                    == "task.not-now")
            #expect(
                try await street.post(path + "/answer", ["outcome": "done", "publicText": "换了灯。"], as: lamps).status
                    == 200)
            #expect(try await street.post(path + "/check", ["verdict": "pass"], as: checker).status == 200)
            #expect(try await street.post(path + "/recall", as: lamps).status == 409)
        }
    }

    @Test("public progress reaches the sender, internal progress does not", arguments: Engine.tested)
    func progress(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let lamps = try await street.person("lamps")
            let trail = try await street.make(.signed)
            let path = "/api/v1/tasks/\(trail.lead!)/progress"
            #expect(try await street.post(path, as: lamps).json.violations == ["publicText": "task.progress-empty"])
            #expect(try await street.post(path, ["note": "经费没批"], as: lamps).status == 200)
            var story = try await street.get("/api/v1/stories/\(trail.code)")
            #expect(!story.text.contains("progress") && !story.text.contains("经费"))
            let told = ["publicText": "配件周五到货，周五晚上换好。", "note": "催过厂家"]
            #expect(try await street.post(path, told, as: lamps).status == 200)
            story = try await street.get("/api/v1/stories/\(trail.code)")
            #expect(story.text.contains("周五晚上") && !story.text.contains("厂家"))
            for language in Language.allCases {
                let page = try await street.page("/follow/\(trail.code)", language: language)
                #expect(page.text.contains("周五晚上") && !page.text.contains("⟦"))
            }
        }
    }

    @Test("pressed for, the desk says so until the organisation moves", arguments: Engine.tested)
    func reminded(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let lamps = try await street.person("lamps")
            let dispatcher = try await street.person("dispatcher")
            let trail = try await street.make(.signed)
            let path = "/work/console?case=\(trail.caseID!)"
            let address = "/work/tasks/\(trail.lead!)/remind"
            #expect(try await street.page(path, as: dispatcher).text.contains(address))
            #expect(try await street.submit(address, ["note": ""], as: dispatcher).status == 422)
            #expect(try await street.submit(address, ["note": "来件人又问了"], as: dispatcher).status == 303)
            let desk = "/work/desk?case=\(trail.caseID!)"
            #expect(try await street.page(desk, as: lamps).text.contains("指挥中心催办： 来件人又问了"))
            #expect(
                try await street.submit("/work/tasks/\(trail.lead!)/progress", ["note": "今晚去"], as: lamps).status == 303
            )
            #expect(!(try await street.page(desk, as: lamps).text.contains("指挥中心催办：")))
        }
    }

    @Test("the organisation names one of its own people, and nobody else", arguments: Engine.tested)
    func assigned(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let lamps = try await street.person("lamps")
            let stranger = try await street.person("sanitation")
            let colleague = try await street.sign("lamps-two", posts: [("handler", "lamps", "330299")])
            let trail = try await street.make(.signed)
            let path = "/api/v1/tasks/\(trail.lead!)/assignment"
            let wrong = try await street.post(path, ["assignee": stranger.account.description], as: lamps)
            #expect(try wrong.json.violations == ["assignee": "task.assignee-unknown"])
            let named = ["assignee": colleague.account.description]
            #expect(try await street.post(path, named, as: lamps).status == 200)
            #expect(try await street.post(path, named, as: lamps).status == 409)
            let detail = try await street.get("/api/v1/cases/\(trail.caseID!)", as: lamps).json
            #expect(detail["tasks"]?.array.first?["assignee"]?.string == colleague.account.description)
            let desk = try await street.page("/work/desk?case=\(trail.caseID!)", as: lamps)
            #expect(desk.text.contains("人员lamps-two") && !desk.text.contains("人员sanitation"))
            #expect(
                try await street.submit("/work/tasks/\(trail.lead!)/assign", ["assignee": ""], as: lamps).status == 303)
            let after = try await street.get("/api/v1/cases/\(trail.caseID!)", as: lamps).json
            #expect(after["tasks"]?.array.first?["assignee"]?.string == nil)
        }
    }
}
