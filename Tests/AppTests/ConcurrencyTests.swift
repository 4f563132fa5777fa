import Casework
import Domain
import Foundation
import Storage
import StorageTestSupport
import Testing

@testable import App
@testable import Web

@Suite("Several at once")
struct ConcurrencyTests {
    @Test(
        "twenty filings at once, a third of them refused: the numbers have no gap and no double",
        arguments: Engine.tested)
    func gaplessNumbers(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            var cases: [String] = []
            for _ in 0..<20 { cases.append(try await street.make(.toFile).caseID!.description) }
            let all = cases
            let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
                for (index, id) in all.enumerated() {
                    group.addTask {
                        // A limit in the past is refused by the rule, an unknown matter too; neither may use up a number.
                        let fields: [String: Any] =
                            index % 6 == 0
                            ? ["dueAt": "2020-01-01"]
                            : index % 6 == 3 ? ["matter": "gbt47678.5-2026/matter/99999"] : [:]
                        return try await street.post("/api/v1/cases/\(id)/filing", fields, as: dispatcher)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let refused = replies.filter { $0.status == 422 }.count
            let numbers = try replies.filter { $0.status == 200 }.map { try $0.json["number"]?.string ?? "" }.sorted()
            #expect(refused == 7)
            #expect(
                numbers == (1...13).map { "QH26-1119-0" + ($0 < 10 ? "0\($0)" : "\($0)") }, "\(replies.map(\.status))")
        }
    }

    @Test("two dispatchers at once: one succeeds, one is told, nothing is doubled", arguments: Engine.tested)
    func twoDispatchers(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let people = [try await street.person("dispatcher"), try await street.person("second")]
            let lead = try await street.organisation("lamps").description
            for _ in 0..<5 {
                let id = try #require(try await street.make(.filed).caseID)
                let replies = try await withThrowingTaskGroup(of: Reply.self) { group in
                    for person in people {
                        group.addTask {
                            try await street.post(
                                "/api/v1/cases/\(id)/dispatch",
                                ["lead": lead, "ground": "statutory", "groundReference": "第38条"], as: person)
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(replies.map(\.status).sorted() == [200, 409], "\(replies.map(\.text))")
                let lost = try #require(replies.first { $0.status == 409 })
                #expect(try lost.json.violations["lead"] == "case.lead-exists")
                let detail = try await street.get("/api/v1/cases/\(id)", as: people[0]).json
                #expect(detail["tasks"]?.array.count == 1)
                #expect(detail["steps"]?.array.filter { $0["action"]?.string == "dispatch" }.count == 1)
            }
        }
    }

    @Test(
        "closing while a report joins: it has the answer, or it is told that the case is over", arguments: Engine.tested
    )
    func closingAgainstJoining(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let seat = try await street.person("seat")
            for _ in 0..<5 {
                let first = try await street.make(.checked)
                let second = try await street.make(.received)
                async let closing = street.post(
                    "/api/v1/cases/\(first.caseID!)/closing", ["outcome": "done", "publicText": "修好了。"], as: dispatcher)
                async let joining = street.post(
                    "/api/v1/reports/\(second.report)/joining", ["case": first.caseID!.description], as: seat)
                let (closed, joined) = try await (closing, joining)
                #expect(closed.status == 200, "\(closed.text)")
                let state = try await street.get("/api/v1/stories/\(second.code)").json["state"]?.string
                #expect(joined.status == 200 ? state == "answered" : joined.status == 409 && state == "received")
            }
        }
    }

    @Test("a double click makes one report, also when both arrive at once", arguments: Engine.tested)
    func doubleClick(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let area = try street.area("330299001001").description
            let codes = try await withThrowingTaskGroup(of: Reply.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        try await street.post("/api/v1/reports", ["text": "灯不亮", "area": area], key: "k-1")
                    }
                }
                return try await group.reduce(into: Set<String>()) { codes, reply in
                    #expect(reply.status == 201, "\(reply.text)")
                    codes.insert(try reply.json["trackingCode"]?.string ?? "")
                }
            }
            #expect(codes.count == 1)
            #expect(try await rows(street) == 1)

            let other = try await street.post("/api/v1/reports", ["text": "别的事", "area": area], key: "k-1")
            #expect(other.status == 409)
            #expect(try other.json["code"]?.string == "idempotency.mismatch")
            #expect(try await rows(street) == 1)

            var places: Set<String> = []
            for _ in 0..<2 {
                let sent = try await street.submit("/report", ["text": "灯不亮", "area": area], once: "form-1")
                #expect(sent.status == 303)
                places.insert(sent.location ?? "")
            }
            #expect(places.count == 1)
            #expect(try await rows(street) == 2)
        }
    }

    @Test("a verb sent twice with one key acts once, and answers the same", arguments: Engine.tested)
    func verbTwice(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let id = try #require(try await street.make(.toFile).caseID)
            let first = try await street.post("/api/v1/cases/\(id)/filing", as: dispatcher, key: "a")
            let again = try await street.post("/api/v1/cases/\(id)/filing", as: dispatcher, key: "a")
            #expect(first.status == 200 && again.status == 200 && first.text == again.text)
            let other = try await street.post("/api/v1/cases/\(id)/filing", ["title": "另一个"], as: dispatcher, key: "a")
            #expect(other.status == 409)
            let fresh = try await street.post("/api/v1/cases/\(id)/filing", as: dispatcher, key: "b")
            #expect(fresh.status == 409)
            #expect(try fresh.json["code"]?.string == "case.not-now")
        }
    }

    private func rows(_ street: TestStreet) async throws -> Int {
        try await street.deployment.database.read { tx in
            try tx.first("SELECT count(*) AS n FROM report")?.get("n") ?? 0
        }
    }
}
