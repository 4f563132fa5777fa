import Casework
import Domain
import StorageTestSupport
import Testing

@testable import App
@testable import Web

@Suite("A closed case is taken up again")
struct ReopeningTests {
    @Test(
        "the same organisations go on, every reporter sees it, and it can be closed again", arguments: Engine.tested)
    func again(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let lamps = try await street.person("lamps")
            let checker = try await street.person("checker")
            let trail = try await street.make(.closed, assist: "sanitation")
            let path = "/api/v1/cases/\(trail.caseID!)"
            #expect(
                try await street.post(path + "/reopening", as: dispatcher).json.violations == ["note": "input.missing"])
            #expect(
                try await street.post(path + "/reopening", ["note": "又不亮了"], as: dispatcher).status == 200)

            var detail = try await street.get(path, as: dispatcher).json
            #expect(detail["state"]?.string == "open" && detail["phase"]?.string == "rework")
            #expect(detail["number"]?.string == trail.number)
            #expect(detail["outcome"]?.string == nil && detail["publicAnswer"]?.string == nil)
            #expect(detail["tasks"]?.array.map { $0["state"]?.string } == ["working", "working"])
            #expect(detail["tasks"]?.array.map { $0["reworks"]?.int } == [1, 1])
            var story = try await street.get("/api/v1/stories/\(trail.code)").json
            #expect(story["state"]?.string == "accepted" && story["answer"]?.string == nil)
            for language in Language.allCases {
                let page = try await street.page("/follow/\(trail.code)", language: language)
                #expect(page.status == 200 && !page.text.contains("⟦") && !page.text.contains("又不亮了"))
            }
            #expect(try await street.post(path + "/reopening", ["note": "又不亮了"], as: dispatcher).status == 409)

            let sanitation = try await street.person("sanitation")
            for (task, person) in [(trail.lead!, lamps), (trail.assist!, sanitation)] {
                #expect(
                    try await street.post(
                        "/api/v1/tasks/\(task)/answer", ["outcome": "done", "publicText": "换了线。"], as: person
                    ).status == 200)
                #expect(
                    try await street.post("/api/v1/tasks/\(task)/check", ["verdict": "pass"], as: checker).status == 200
                )
            }
            #expect(
                try await street.post(
                    path + "/closing", ["outcome": "done", "publicText": "线路换新了。"], as: dispatcher
                ).status == 200)
            detail = try await street.get(path, as: dispatcher).json
            #expect(detail["state"]?.string == "closed")
            story = try await street.get("/api/v1/stories/\(trail.code)").json
            #expect(story["state"]?.string == "answered" && story["answer"]?.string == "线路换新了。")
        }
    }

    @Test("by pages: the form stands with a closed case and leads back", arguments: Engine.tested)
    func pages(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let trail = try await street.make(.closed)
            let address = "/work/cases/\(trail.caseID!)/reopen"
            #expect(
                try await street.page("/work/console?case=\(trail.caseID!)", as: dispatcher).text.contains(address))
            let wrong = try await street.submit(address, ["note": ""], as: dispatcher)
            #expect(wrong.status == 422 && wrong.text.contains("reopen-note-wrong"))
            let sent = try await street.submit(address, ["note": "又不亮了"], as: dispatcher)
            #expect(sent.status == 303 && sent.location?.contains("notice=reopened") == true, "\(sent.text)")
        }
    }
}
