import Casework
import Domain
import Storage
import StorageTestSupport
import Testing

@testable import App
@testable import Web

@Suite("What senders say of an answer")
struct VerdictTests {
    private static var rating: [String: Any] {
        ["solved": "no", "satisfaction": "dissatisfied", "contacted": "no", "words": "灯又灭了，打13912345678"]
    }

    @Test("a sender rates once; the centre sees the words, the page does not show them", arguments: Engine.tested)
    func rating(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let trail = try await street.make(.closed)
            let path = "/api/v1/stories/\(trail.code)/rating"
            #expect(
                try await street.get("/api/v1/stories/\(trail.code)").json["voice"]?["waiting"]?.string == "rating")
            let wrong = try await street.post(path, ["solved": "maybe"])
            #expect(wrong.status == 422)
            #expect(try wrong.json.violations == ["solved": "input.choice", "satisfaction": "input.missing"])

            let rated = try await street.post(path, Self.rating)
            #expect(rated.status == 201, "\(rated.text)")
            let story = try rated.json
            #expect(story["state"]?.string == "rated" && story["answer"]?.string == "灯换好了。")
            #expect(story["voice"]?["rating"]?["satisfaction"]?.string == "dissatisfied")
            #expect(story["voice"]?["waiting"]?.string == nil)
            #expect(!rated.text.contains("灯又灭了"))
            #expect(!(try await street.page("/follow/\(trail.code)").text.contains("灯又灭了")))

            let detail = try await street.get("/api/v1/cases/\(trail.caseID!)", as: dispatcher).json
            let kept = try #require(detail["ratings"]?.array.first)
            #expect(kept["words"]?.string == "灯又灭了，打****")
            #expect(detail["outcome"]?.string == "done", "the centre's verdict stays what it was")
            let again = try await street.post(path, Self.rating)
            #expect(again.status == 409)
            #expect(try again.json["code"]?.string == "report.not-now")
        }
    }

    @Test("rated twice at once: one counts; the same click twice is answered the same", arguments: Engine.tested)
    func ratedAtOnce(engine: Engine) async throws {
        try await withStreet(engine) { street in
            for _ in 0..<3 {
                let trail = try await street.make(.closed)
                let path = "/api/v1/stories/\(trail.code)/rating"
                async let one = street.post(path, Self.rating)
                async let two = street.post(path, ["solved": "yes", "satisfaction": "satisfied"])
                #expect(try await [one.status, two.status].sorted() == [201, 409])
                #expect(try await ratings(street, trail.report) == 1)
            }
            let trail = try await street.make(.closed)
            let path = "/api/v1/stories/\(trail.code)/rating"
            async let one = street.post(path, Self.rating, key: "k")
            async let two = street.post(path, Self.rating, key: "k")
            #expect(try await [one.status, two.status] == [201, 201])
            #expect(try await ratings(street, trail.report) == 1)
        }
    }

    private func ratings(_ street: TestStreet, _ report: ReportID) async throws -> Int {
        try await street.deployment.database.read { tx in
            try tx.first("SELECT count(*) AS n FROM rating WHERE report_id = \(report)")?.get("n") ?? 0
        }
    }

    @Test("a code that is no report's says so and nothing else, whatever is sent to it", arguments: Engine.tested)
    func unknownCode(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let code = TrackingCode(random: 4711).digits
            let shown = try await street.get("/api/v1/stories/\(code)")
            for (path, fields) in [("rating", Self.rating), ("objection", ["why": "还是不亮"])] {
                let reply = try await street.post("/api/v1/stories/\(code)/\(path)", fields)
                #expect(reply.status == 404 && shown.status == 404)
                #expect(try reply.json["code"]?.string == shown.json["code"]?.string, "\(path)")
            }
        }
    }

    @Test("a rating on the page while the case waits to be called back counts as asked", arguments: Engine.tested)
    func ratingIsAsking(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let trail = try await street.make(.finished)
            let closing = "/api/v1/cases/\(trail.caseID!)/closing"
            #expect(try await street.post(closing, as: dispatcher).json["code"]?.string == "case.call-back-missing")
            let form = try await street.submit(
                "/follow/\(trail.code)/rate", ["solved": "no", "satisfaction": "basically", "words": ""])
            #expect(form.location == "/follow/\(trail.code)?notice=rated", "\(form.text)")
            #expect(
                try await street.post(closing, as: dispatcher).json.violations["note"]
                    == "case.complaint-reason-missing")
            #expect(try await street.post(closing, ["note": "另案处理"], as: dispatcher).status == 200)
        }
    }

    // MARK: Objections

    @Test(
        "an objection to an answer is ruled by somebody else; granted, everybody who reported it hears of it",
        arguments: Engine.tested)
    func granted(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let second = try await street.person("second")
            let seat = try await street.person("seat")
            let first = try await street.make(.checked)
            let joined = try await street.make(.received)
            let id = first.caseID!
            _ = try await street.post("/api/v1/reports/\(joined.report)/joining", ["case": "\(id)"], as: seat)
            let dispatcher = try await street.person("dispatcher")
            _ = try await street.post(
                "/api/v1/cases/\(id)/closing", ["outcome": "done", "publicText": "修好了。"], as: dispatcher)

            let objection = try await street.post("/api/v1/stories/\(first.code)/objection", ["why": "还是不亮"])
            #expect(objection.status == 201, "\(objection.text)")
            #expect(try objection.json["voice"]?["objectionEnds"] == nil, "one objection to each answer")
            #expect(
                try await street.post("/api/v1/stories/\(first.code)/objection", ["why": "还是"]).json["code"]?.string
                    == "report.objected-already")
            let waiting = try await street.get("/api/v1/reports?queue=objection", as: dispatcher).json
            #expect(waiting["items"]?.array.compactMap { $0["id"]?.string } == ["\(first.report)"])

            let own = try await street.post(
                "/api/v1/reports/\(first.report)/ruling", ["ruling": "upheld", "publicNote": "不变"], as: dispatcher)
            #expect(own.status == 403, "who closed it does not rule that closing was right")
            #expect(
                try await street.post("/api/v1/reports/\(first.report)/ruling", ["ruling": "granted"], as: seat).status
                    == 403)
            let ruled = try await street.post(
                "/api/v1/reports/\(first.report)/ruling", ["ruling": "granted", "publicNote": "明天上午再去修"], as: second)
            #expect(ruled.status == 200, "\(ruled.text)")
            let detail = try await street.get("/api/v1/cases/\(id)", as: dispatcher).json
            #expect(detail["state"]?.string == "open")
            #expect(detail["tasks"]?.array.map { $0["state"]?.string } == ["working"], "the same unit does it again")
            for trail in [first, joined] {
                let story = try await street.get("/api/v1/stories/\(trail.code)").json
                #expect(story["state"]?.string == "accepted")
                #expect(story["answer"]?.string == nil, "the old answer does not stand any more")
            }
            let page = try await street.page("/follow/\(first.code)").text
            #expect(page.contains("明天上午再去修"))
            #expect(
                try await street.get("/api/v1/reports?queue=objection", as: dispatcher).json["items"]?.array.isEmpty
                    == true)
        }
    }

    @Test(
        "upheld, the sender reads why, and the answer stands; ruled twice at once, one counts", arguments: Engine.tested
    )
    func upheld(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let second = try await street.person("second")
            let trail = try await street.make(.closed)
            #expect(
                try await street.submit("/follow/\(trail.code)/object", ["why": "太暗"]).location
                    == "/follow/\(trail.code)?notice=objected")
            let path = "/api/v1/reports/\(trail.report)/ruling"
            async let one = street.post(path, ["ruling": "upheld", "publicNote": "量过亮度，合格。"], as: second)
            async let two = street.post(path, ["ruling": "upheld", "publicNote": "量过亮度，合格。"], as: second)
            #expect(try await [one.status, two.status].sorted() == [200, 409])
            let story = try await street.get("/api/v1/stories/\(trail.code)").json
            #expect(story["state"]?.string == "answered" && story["answer"]?.string == "灯换好了。")
            #expect(story["voice"]?["objection"]?["ruling"]?.string == "upheld")
            #expect(story["voice"]?["objection"]?["publicNote"]?.string == "量过亮度，合格。")
            for language in Language.allCases {
                let page = try await street.page("/follow/\(trail.code)", language: language).text
                #expect(page.contains("量过亮度，合格。") && !page.contains("太暗") && !page.contains("⟦"))
            }
        }
    }

    @Test("a refusal that its sender objects to is decided again, or stays with a reason", arguments: Engine.tested)
    func refusal(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let second = try await street.person("second")
            let seat = try await street.person("seat")
            let trail = try await street.make(.refusedReport)
            let called = try await street.post(
                "/api/v1/reports/\(trail.report)/objection", ["why": "路是街道的"], as: seat)
            #expect(called.status == 201, "\(called.text)")
            let path = "/api/v1/reports/\(trail.report)/ruling"
            let bare = try await street.post(path, ["ruling": "upheld"], as: second)
            #expect(try bare.json.violations["publicNote"] == "input.missing")
            #expect(
                try await street.post(path, ["ruling": "granted", "publicNote": "归街道管"], as: dispatcher).status == 200,
                "whoever refused may see that it was wrong")
            let story = try await street.get("/api/v1/stories/\(trail.code)").json
            #expect(story["state"]?.string == "received" && story["refusal"]?.string == nil)
            #expect(
                try await street.post(
                    "/api/v1/reports/\(trail.report)/acceptance", ["verification": "phone"], as: seat
                ).status == 201)
        }
    }

    @Test("after the period nobody objects; the page says so by not asking", arguments: Engine.tested)
    func late(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let trail = try await street.make(.closed)
            #expect(try await street.page("/follow/\(trail.code)").text.contains("id=\"object\""))
            street.clock.advance(seconds: 30 * 86_400 + 60)
            #expect(!(try await street.page("/follow/\(trail.code)").text.contains("id=\"object\"")))
            let reply = try await street.post("/api/v1/stories/\(trail.code)/objection", ["why": "还是不亮"])
            #expect(try reply.json["code"]?.string == "report.objection-late")
        }
    }
}
