import Casework
import Domain
import Storage
import StorageTestSupport
import Testing

@testable import App
@testable import Web

@Suite("Call-back")
struct CallbackTests {
    private static var answer: [String: Any] { ["outcome": "done", "publicText": "北门路灯已修好。"] }

    @Test(
        "whoever left a number gets the answer, is tried until reached, and then the case is closed",
        arguments: Engine.tested)
    func wholeWay(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let seat = try await street.person("seat")
            let first = try await street.make(.toFinish)
            let joined = try await street.make(.received)
            let id = first.caseID!
            #expect(
                try await street.post("/api/v1/reports/\(joined.report)/joining", ["case": "\(id)"], as: seat).status
                    == 200)

            let early = try await street.post("/api/v1/cases/\(id)/closing", Self.answer, as: dispatcher)
            #expect(early.status == 409)
            #expect(try early.json["code"]?.string == "case.call-back-first")
            #expect(try await street.post("/api/v1/cases/\(id)/finishing", Self.answer, as: dispatcher).status == 200)
            for trail in [first, joined] {
                let story = try await street.get("/api/v1/stories/\(trail.code)").json
                #expect(story["state"]?.string == "answered", "also the one that joined late has the answer")
                #expect(story["answer"]?.string == "北门路灯已修好。")
                #expect(story["phase"]?.string == "to-call-back")
            }
            try await street.deployment.relay.drain()
            let scope = try street.area("330299001")
            let queued = try await street.get("/api/v1/cases?queue=call-back&scope=\(scope)", as: seat).json
            #expect(queued["items"]?.array.compactMap { $0["id"]?.string } == ["\(id)"])
            #expect(
                try await street.get("/api/v1/queues?scope=\(scope)", as: seat).json["counts"]?["call-back"]?.int == 1)

            let unsure = try await street.post(
                "/api/v1/cases/\(id)/callbacks", ["means": "phone", "reached": "no"], as: seat)
            #expect(try unsure.json.violations["report"] == "input.missing", "two reported it")
            let missed: [String: Any] = ["report": "\(first.report)", "means": "phone", "reached": "no"]
            #expect(try await street.post("/api/v1/cases/\(id)/callbacks", missed, as: seat).status == 201)
            let tooEarly = try await street.post("/api/v1/cases/\(id)/closing", as: dispatcher)
            #expect(try tooEarly.json["code"]?.string == "case.call-back-missing")

            let lie = missed.merging(["satisfaction": "satisfied"]) { $1 }
            let refused = try await street.post("/api/v1/cases/\(id)/callbacks", lie, as: seat)
            #expect(refused.status == 422, "nobody reached is not satisfied")
            #expect(try refused.json.violations["satisfaction"] == "callback.not-reached")

            let reached: [String: Any] = [
                "report": "\(first.report)", "means": "phone", "reached": "yes", "solved": "no",
                "satisfaction": "dissatisfied", "note": "灯又灭了，打13912345678",
            ]
            #expect(try await street.post("/api/v1/cases/\(id)/callbacks", reached, as: seat).status == 201)
            let detail = try await street.get("/api/v1/cases/\(id)", as: dispatcher).json
            let tries = detail["callbacks"]?.array ?? []
            try #require(tries.count == 2)
            #expect(tries[0]["solved"] == nil && tries[1]["satisfaction"]?.string == "dissatisfied")
            #expect(tries[1]["note"]?.string == "灯又灭了，打****")

            let silent = try await street.post("/api/v1/cases/\(id)/closing", as: dispatcher)
            #expect(try silent.json.violations["note"] == "case.complaint-reason-missing")
            let closed = try await street.post("/api/v1/cases/\(id)/closing", ["note": "线路停电，另案"], as: dispatcher)
            #expect(closed.status == 200, "\(closed.text)")
            #expect(
                try await street.get("/api/v1/cases/\(id)", as: dispatcher).json["state"]?.string == "closed")
            #expect(
                try await street.post("/api/v1/cases/\(id)/callbacks", ["means": "phone", "reached": "no"], as: seat)
                    .status == 409, "over is over")
        }
    }

    @Test("after three tries that reached nobody a case may be closed", arguments: Engine.tested)
    func notReached(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let id = try await street.make(.finished).caseID!
            for expected in [409, 409, 409, 200] {
                let closing = try await street.post("/api/v1/cases/\(id)/closing", as: dispatcher)
                #expect(closing.status == expected, "\(closing.text)")
                guard expected == 409 else { break }
                _ = try await street.post(
                    "/api/v1/cases/\(id)/callbacks", ["means": "door", "reached": "no"], as: dispatcher)
            }
        }
    }

    @Test("two tries at once are both kept; one sent twice with a key counts once", arguments: Engine.tested)
    func atOnce(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let seat = try await street.person("seat")
            let dispatcher = try await street.person("dispatcher")
            let id = try await street.make(.finished).caseID!
            async let one = street.post(
                "/api/v1/cases/\(id)/callbacks", ["means": "phone", "reached": "no"], as: seat, key: "a")
            async let two = street.post(
                "/api/v1/cases/\(id)/callbacks", ["means": "phone", "reached": "no"], as: dispatcher, key: "b")
            async let again = street.post(
                "/api/v1/cases/\(id)/callbacks", ["means": "phone", "reached": "no"], as: seat, key: "a")
            #expect(try await [one, two, again].map(\.status) == [201, 201, 201])
            let detail = try await street.get("/api/v1/cases/\(id)", as: seat).json
            #expect(detail["callbacks"]?.array.count == 2)
            #expect(detail["steps"]?.array.filter { $0["action"]?.string == "call-back" }.count == 2)
        }
    }

    @Test("the seat sees the number masked, calls back by the page, and what was typed survives a mistake")
    func page() async throws {
        try await withStreet(.sqlite) { street in
            let seat = try await street.person("seat")
            let id = try await street.make(.finished).caseID!
            let shown = try await street.page("/work/console?queue=call-back&case=\(id)", as: seat)
            #expect(shown.text.contains("138****8000") && !shown.text.contains("13800138000"))
            let wrong = try await street.submit(
                "/work/cases/\(id)/call-back?queue=call-back",
                ["means": "door", "reached": "yes", "note": "敲了门"], as: seat)
            #expect(wrong.status == 422)
            #expect(wrong.text.contains("敲了门") && wrong.text.contains("solved-wrong"))
            let right = try await street.submit(
                "/work/cases/\(id)/call-back?queue=call-back",
                ["means": "door", "reached": "yes", "solved": "yes", "satisfaction": "very-satisfied"], as: seat)
            #expect(right.location?.contains("notice=called-back") == true, "\(right.text)")
        }
    }
}
