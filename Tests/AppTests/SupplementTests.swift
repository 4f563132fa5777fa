import Casework
import Domain
import Foundation
import Storage
import StorageTestSupport
import Testing
import Vault

@testable import App
@testable import Web

@Suite("Asking the sender, adding, taking back")
struct SupplementTests {
    @Test(
        "the sender is asked, sees the question first, adds; the words are sealed and found by search",
        arguments: Engine.tested)
    func supplement(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let seat = try await street.person("seat")
            let trail = try await street.make(.received)
            let asked = try await street.post(
                "/api/v1/reports/\(trail.report)/question", ["question": "是哪一盏灯？"], as: seat)
            #expect(asked.status == 200, "\(asked.text)")
            let story = try await street.get("/api/v1/stories/\(trail.code)").json
            #expect(story["state"]?.string == "asked" && story["voice"]?["waiting"]?.string == "supplement")
            #expect(story["voice"]?["question"]?["text"]?.string == "是哪一盏灯？")
            for language in Language.allCases {
                let page = try await street.page("/follow/\(trail.code)", language: language).text
                #expect(page.contains("是哪一盏灯？") && !page.contains("⟦"))
                let form = try #require(page.range(of: "id=\"supplement\""))
                let track = try #require(page.range(of: "class=\"track\""))
                #expect(form.lowerBound < track.lowerBound, "what waits for the sender leads the page")
            }
            #expect(
                try await street.get("/api/v1/reports?queue=supplement", as: seat).json["items"]?.array.count == 1)
            let early = try await street.post(
                "/api/v1/reports/\(trail.report)/acceptance", ["verification": "phone"], as: seat)
            #expect(early.status == 409)

            let words = "最北边那盏配电箱旁，打13912345678找我"
            let sent = try await street.submit("/follow/\(trail.code)/supplement", ["more": words])
            #expect(sent.location == "/follow/\(trail.code)?notice=supplemented", "\(sent.text)")
            let report = try await street.get("/api/v1/reports/\(trail.report)", as: seat).json
            #expect(report["state"]?.string == "received" && report["text"]?.string == "北门的路灯不亮。")
            #expect(report["supplements"]?.array.first?["text"]?.string == "最北边那盏配电箱旁，打****找我")
            #expect(!(try await street.page("/follow/\(trail.code)").text.contains("配电箱")))
            try await street.deployment.relay.drain()
            let found = try await street.get("/api/v1/search?q=%E9%85%8D%E7%94%B5%E7%AE%B1", as: seat).json
            #expect(found["items"]?.array.compactMap { $0["id"]?.string } == ["\(trail.report)"])
            #expect(try await opened(street, trail.report) == words, "as it came, under the report's own key")
            #expect(
                try await street.post(
                    "/api/v1/reports/\(trail.report)/acceptance", ["verification": "phone"], as: seat
                ).status == 201)
        }
    }

    private func opened(_ street: TestStreet, _ report: ReportID) async throws -> String {
        let row = try await street.deployment.database.read { tx in
            try tx.first(
                """
                SELECT s.id, s.words, r.words_key FROM supplement s JOIN report r ON r.id = s.report_id
                WHERE s.report_id = \(report)
                """)
        }
        let stored = try #require(row)
        let key = try street.deployment.keys.openRecordKey(
            SealedRecordKey(bytes: try stored.get("words_key")), table: "report", column: "words_key", id: report.uuid)
        return try key.openText(
            Envelope(bytes: try stored.get("words")), table: "supplement", column: "words",
            id: try stored.get("id", as: UUIDValue.self))
    }

    @Test(
        "a seat adds for a caller; once the words were erased only the redacted text is kept", arguments: Engine.tested)
    func behalf(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let seat = try await street.person("seat")
            let trail = try await street.make(.asked)
            try await street.deployment.database.write { tx in
                try tx.execute("UPDATE report SET words_key = NULL WHERE id = \(trail.report)")
            }
            let path = "/api/v1/reports/\(trail.report)/supplement"
            let added = try await street.post(path, ["more": "最北边那盏"], as: seat)
            #expect(added.status == 201, "\(added.text)")
            let report = try await street.get("/api/v1/reports/\(trail.report)", as: seat).json
            #expect(report["supplements"]?.array.first?["account"]?.string == "\(seat.account)")
            let sealed = try await street.deployment.database.read { tx in
                try tx.first("SELECT words FROM supplement")?.get(optional: "words", as: [UInt8].self)
            }
            #expect(sealed == nil)
        }
    }

    @Test(
        "adding while it is refused: it is there before the decision, or the sender is told", arguments: Engine.tested)
    func againstRefusal(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let seat = try await street.person("seat")
            for _ in 0..<5 {
                let trail = try await street.make(.asked)
                async let adding = street.post("/api/v1/stories/\(trail.code)/supplement", ["more": "最北边"], key: "k")
                async let twice = street.post("/api/v1/stories/\(trail.code)/supplement", ["more": "最北边"], key: "k")
                async let refusing = street.post(
                    "/api/v1/reports/\(trail.report)/refusal", ["reason": "unclear"], as: seat)
                let (added, again, refused) = try await (adding, twice, refusing)
                #expect(added.status == again.status, "\(added.text) \(again.text)")
                #expect(added.status == 201 || added.status == 409, "\(added.text)")
                #expect(refused.status == 200, "\(refused.text)")
                let report = try await street.get("/api/v1/reports/\(trail.report)", as: seat).json
                #expect(report["state"]?.string == "refused")
                #expect(report["supplements"]?.array.count == (added.status == 201 ? 1 : 0))
            }
        }
    }

    @Test(
        "a report is taken back by its sender; its case goes on, and closing does not answer it",
        arguments: Engine.tested)
    func withdrawn(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let seat = try await street.person("seat")
            let early = try await street.make(.received)
            #expect(
                try await street.post("/api/v1/reports/\(early.report)/withdrawal", as: seat).status == 200)
            #expect(
                try await street.post(
                    "/api/v1/reports/\(early.report)/acceptance", ["verification": "phone"], as: seat
                ).status == 409)

            let trail = try await street.make(.toFinish)
            let path = "/api/v1/stories/\(trail.code)/withdrawal"
            async let one = street.post(path, ["note": "自己修好了"])
            async let two = street.post(path)
            #expect(try await [one.status, two.status].sorted() == [200, 409])
            let detail = try await street.get("/api/v1/cases/\(trail.caseID!)", as: dispatcher).json
            #expect(detail["state"]?.string == "open")
            #expect(detail["reports"]?.array.first?["state"]?.string == "withdrawn")
            let closed = try await street.post(
                "/api/v1/cases/\(trail.caseID!)/closing", ["outcome": "done", "publicText": "修好了。"], as: dispatcher)
            #expect(closed.status == 200, "nobody is left to be asked: \(closed.text)")
            let story = try await street.get("/api/v1/stories/\(trail.code)").json
            #expect(story["state"]?.string == "withdrawn" && story["answer"]?.string == nil)
        }
    }

    @Test("whoever reported the same is told so, with the number of the case", arguments: Engine.tested)
    func joined(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let seat = try await street.person("seat")
            let first = try await street.make(.filed)
            let second = try await street.make(.received)
            let before = try await street.get("/api/v1/stories/\(first.code)").json
            #expect(before["voice"]?["others"]?.int == 0)
            _ = try await street.post(
                "/api/v1/reports/\(second.report)/joining", ["case": "\(first.caseID!)"], as: seat)
            for trail in [first, second] {
                let story = try await street.get("/api/v1/stories/\(trail.code)").json
                #expect(story["voice"]?["others"]?.int == 1 && story["number"]?.string == first.number)
            }
            let page = try await street.page("/follow/\(second.code)", language: .english).text
            #expect(page.contains("1 other person reported the same"))
            #expect(page.contains("handled together, number \(first.number!)"))
            _ = try await street.post("/api/v1/stories/\(first.code)/withdrawal")
            #expect(try await street.get("/api/v1/stories/\(second.code)").json["voice"]?["others"]?.int == 0)
        }
    }
}
