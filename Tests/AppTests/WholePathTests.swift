import Casework
import Domain
import Foundation
import Storage
import StorageTestSupport
import Testing

@testable import App
@testable import Web

@Suite("A report goes all the way")
struct WholePathTests {
    @Test(
        "through every verb to closed, by JSON, four people, two organisations; its sender can follow every stage",
        arguments: Engine.tested)
    func wholePath(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let seat = try await street.person("seat")
            let dispatcher = try await street.person("dispatcher")
            let lamps = try await street.person("lamps")
            let sanitation = try await street.person("sanitation")
            let checker = try await street.person("checker")

            let submitted = try await street.post(
                "/api/v1/reports",
                [
                    "text": "北门那盏灯三晚不亮。", "area": try street.area("330299001001").description, "place": "北门",
                    "hint": TestStreet.matter,
                ])
            #expect(submitted.status == 201)
            let report = try #require(try submitted.json["id"]?.string)
            let code = try #require(try submitted.json["trackingCode"]?.string)
            #expect(submitted.location == "/follow/\(code)")
            try await expectStory(street, code, state: "received", phase: nil, chinese: nil, english: nil)

            let accepted = try await street.post(
                "/api/v1/reports/\(report)/acceptance", ["verification": "on-spot", "title": "北门路灯不亮"], as: seat)
            #expect(accepted.status == 201, "\(accepted.text)")
            let caseID = try #require(try accepted.json["id"]?.string)
            try await expectStory(street, code, state: "accepted", phase: "to-verify", chinese: nil, english: nil)

            #expect(try await street.post("/api/v1/cases/\(caseID)/verification", as: seat).status == 200)
            try await expectStory(street, code, state: "accepted", phase: "to-file", chinese: nil, english: nil)

            let filed = try await street.post("/api/v1/cases/\(caseID)/filing", ["dueAt": "2026-11-20"], as: dispatcher)
            #expect(filed.status == 200, "\(filed.text)")
            #expect(try filed.json["number"]?.string == "QH26-1119-001")
            try await expectStory(
                street, code, state: "accepted", phase: "to-dispatch", chinese: "QH26-1119-001",
                english: "QH26-1119-001")

            let dispatched = try await street.post(
                "/api/v1/cases/\(caseID)/dispatch",
                [
                    "lead": lamps.actor.organisation!.description,
                    "assists": [sanitation.actor.organisation!.description],
                    "ground": "statutory", "groundReference": "责任清单第38条",
                ], as: dispatcher)
            #expect(dispatched.status == 200, "\(dispatched.text)")
            try await expectStory(
                street, code, state: "accepted", phase: "to-sign", chinese: "区市政设施管理中心", english: "District Facilities")

            let tasks = try await street.get("/api/v1/cases/\(caseID)", as: dispatcher).json["tasks"]?.array ?? []
            #expect(tasks.map { $0["role"]?.string } == ["lead", "assist"])
            let lead = try #require(tasks.first?["id"]?.string)
            let assist = try #require(tasks.last?["id"]?.string)

            for (task, person) in [(lead, lamps), (assist, sanitation)] {
                #expect(try await street.post("/api/v1/tasks/\(task)/signature", as: person).status == 200)
            }
            try await expectStory(street, code, state: "accepted", phase: "working", chinese: nil, english: nil)
            for (task, person) in [(lead, lamps), (assist, sanitation)] {
                let answered = try await street.post(
                    "/api/v1/tasks/\(task)/answer",
                    ["outcome": "done", "publicText": "灯换好了。", "internalText": "线路老化，要申请经费。"], as: person)
                #expect(answered.status == 200, "\(answered.text)")
            }
            try await expectStory(street, code, state: "accepted", phase: "to-check", chinese: "灯换好了", english: "灯换好了")

            let back = try await street.post(
                "/api/v1/tasks/\(lead)/check", ["verdict": "rework", "note": "还是不亮"], as: checker)
            #expect(back.status == 200, "\(back.text)")
            #expect(
                try await street.post("/api/v1/tasks/\(assist)/check", ["verdict": "pass"], as: checker).status == 200)
            try await expectStory(street, code, state: "accepted", phase: "rework", chinese: nil, english: nil)

            #expect(
                try await street.post(
                    "/api/v1/tasks/\(lead)/answer", ["outcome": "done", "publicText": "重新接线，灯亮了。"], as: lamps
                ).status == 200)
            #expect(
                try await street.post("/api/v1/tasks/\(lead)/check", ["verdict": "pass"], as: checker).status == 200)
            try await expectStory(street, code, state: "accepted", phase: "to-close", chinese: nil, english: nil)

            let closed = try await street.post(
                "/api/v1/cases/\(caseID)/closing", ["outcome": "done", "publicText": "北门路灯已修好。"], as: dispatcher)
            #expect(closed.status == 200, "\(closed.text)")
            try await expectStory(
                street, code, state: "answered", phase: "closed", chinese: "北门路灯已修好", english: "北门路灯已修好")

            let detail = try await street.get("/api/v1/cases/\(caseID)", as: dispatcher).json
            #expect(detail["state"]?.string == "closed")
            #expect(detail["tasks"]?.array.map { $0["reworks"]?.int } == [1, 0])
            // Nothing is left to wait in any list.
            let scope = try street.area("330299001").description
            #expect(
                try await street.get("/api/v1/cases?scope=\(scope)", as: dispatcher).json["items"]?.array.isEmpty
                    == true)
            try await street.deployment.relay.drain()
            let counts = try await street.get("/api/v1/queues?scope=\(scope)", as: dispatcher).json["counts"]
            if case .object(let numbers)? = counts { #expect(numbers.values.allSatisfy { $0.int == 0 }, "\(numbers)") }
        }
    }

    /// What whoever has the code sees, as JSON and as page in both languages; nothing of what stays inside.
    private func expectStory(
        _ street: TestStreet, _ code: String, state: String, phase: String?, chinese: String?, english: String?,
        _ place: SourceLocation = #_sourceLocation
    ) async throws {
        let story = try await street.get("/api/v1/stories/\(code)")
        #expect(try story.json["state"]?.string == state, sourceLocation: place)
        #expect(try story.json["phase"]?.string == phase, sourceLocation: place)
        for (language, expected) in [(Language.chinese, chinese), (.english, english)] {
            let page = try await street.page("/follow/\(code)", language: language)
            #expect(page.status == 200, sourceLocation: place)
            #expect(!page.text.contains("⟦"), "\(language)", sourceLocation: place)
            if let expected { #expect(page.text.contains(expected), "\(language): \(expected)", sourceLocation: place) }
            for secret in ["线路老化", "还是不亮", "人员seat", "人员lamps", "三晚不亮"] {
                #expect(!page.text.contains(secret), "\(secret)", sourceLocation: place)
                #expect(!story.text.contains(secret), "\(secret)", sourceLocation: place)
            }
        }
    }

    @Test("a second report joins the case by its number, and both senders get the answer", arguments: Engine.tested)
    func joining(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let seat = try await street.person("seat")
            let dispatcher = try await street.person("dispatcher")
            let first = try await street.make(.checked)
            let second = try await street.make(.received)
            let joined = try await street.post(
                "/api/v1/reports/\(second.report)/joining", ["case": first.number!.lowercased()], as: seat)
            #expect(joined.status == 200, "\(joined.text)")
            #expect(try joined.json["id"]?.string == first.caseID?.description)
            #expect(
                try await street.post(
                    "/api/v1/cases/\(first.caseID!)/closing", ["outcome": "done", "publicText": "修好了。"], as: dispatcher
                ).status == 200)
            for trail in [first, second] {
                let story = try await street.get("/api/v1/stories/\(trail.code)").json
                #expect(story["state"]?.string == "answered")
                #expect(story["answer"]?.string == "修好了。")
            }
            let third = try await street.make(.received)
            let late = try await street.post(
                "/api/v1/reports/\(third.report)/joining", ["case": first.number!], as: seat)
            #expect(late.status == 409)
            #expect(try late.json["code"]?.string == "input" || late.json["code"]?.string == "case.not-joinable")
        }
    }

    @Test("a refusal tells the sender why and where to go, in both languages", arguments: Engine.tested)
    func refusing(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let seat = try await street.person("seat")
            let trail = try await street.make(.received, text: "邻居欠我钱不还。")
            let refused = try await street.post(
                "/api/v1/reports/\(trail.report)/refusal", ["reason": "litigation", "note": "态度不好"], as: seat)
            #expect(refused.status == 200, "\(refused.text)")
            #expect(try await street.get("/api/v1/stories/\(trail.code)").json["refusal"]?.string == "litigation")
            for language in Language.allCases {
                let page = try await street.page("/follow/\(trail.code)", language: language)
                let catalogue = street.deployment.site.catalogue
                #expect(
                    page.text.contains(catalogue.text(.code("casework.refusal", "litigation.direction"), in: language)))
                #expect(!page.text.contains("态度不好") && !page.text.contains("⟦"))
            }
            let again = try await street.post(
                "/api/v1/reports/\(trail.report)/acceptance", ["verification": "phone"], as: seat)
            #expect(again.status == 409)
        }
    }

    @Test("by pages, without script: the tokens come from the page that was shown", arguments: Engine.tested)
    func byPages(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let form = try await street.page("/report")
            let once = try #require(hidden("_once", in: form.text))
            let sent = try await street.submit(
                "/report",
                [
                    "text": "垃圾桶满了。", "area": try street.area("330299001002").description, "phone": "", "place": "",
                    "hint": "",
                ],
                once: once)
            #expect(sent.status == 303, "\(sent.text)")
            let done = try #require(sent.location)
            #expect(done.hasPrefix("/report/done/"))
            #expect(try await street.page(done).status == 200)

            let seat = try await street.person("seat")
            let scope = try street.area("330299001").description
            let console = try await street.page("/work/console?scope=\(scope)&queue=accept", as: seat)
            #expect(console.text.contains("垃圾桶满了"))
            let report = try #require(console.text.firstMatch(of: /report=([0-9a-f-]{36})/)?.1)
            let shown = try await street.page("/work/console?scope=\(scope)&queue=accept&report=\(report)", as: seat)
            let token = try #require(hidden("_csrf", in: shown.text))
            #expect(!token.isEmpty)
            let wrong = try await street.submit(
                "/work/reports/\(report)/accept?scope=\(scope)&queue=accept",
                ["title": String(repeating: "长", count: 101), "verification": "phone"],
                as: seat)
            #expect(wrong.status == 422)
            #expect(wrong.text.contains("title-wrong") && wrong.text.contains(String(repeating: "长", count: 101)))
            let right = try await street.submit(
                "/work/reports/\(report)/accept?scope=\(scope)&queue=accept",
                ["title": "垃圾桶满", "matter": TestStreet.matter, "area": "", "verification": "phone", "note": ""],
                as: seat)
            #expect(right.status == 303, "\(right.text)")
            #expect(right.location?.contains("notice=accepted") == true)
        }
    }

    private func hidden(_ name: String, in page: String) -> String? {
        guard let start = page.range(of: "name=\"\(name)\" value=\"")?.upperBound else { return nil }
        return String(page[start...].prefix { $0 != "\"" })
    }
}
