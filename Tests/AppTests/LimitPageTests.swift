import Domain
import Storage
import StorageTestSupport
import Testing

@testable import App
@testable import Casework
@testable import Web

@Suite("Limits on pages and in JSON")
struct LimitPageTests {
    @Test("late and due today are found, counted and shown; a desk sees its own ends", arguments: Engine.tested)
    func lists(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let trail = try await street.make(.dispatched)
            let caseID = try #require(trail.caseID)
            var dispatcher = try await street.person("dispatcher")
            let lamps = try await street.person("lamps")
            let scope = try street.area("330299001").description
            func ids(_ due: String, _ dispatcher: Person) async throws -> [String] {
                try await street.get("/api/v1/cases?scope=\(scope)&due=\(due)", as: dispatcher).json["items"]?.array
                    .compactMap { $0["id"]?.string } ?? []
            }
            #expect(try await ids("late", dispatcher).isEmpty)
            #expect(try await ids("today", dispatcher).isEmpty)
            let quiet = try await street.page("/work/console?scope=\(scope)&queue=sign", as: dispatcher).text
            #expect(quiet.contains("剩11天"), "30 November is eleven days away")
            let desk = try await street.page("/work/desk", as: lamps).text
            #expect(desk.contains("剩5天"), "the office's own end is 24 November")
            let item = try await street.get("/api/v1/cases", as: lamps).json["items"]?.array.first
            #expect(item?["listDueAt"]?.string == "2026-11-24T17:30:00+08:00")
            #expect(item?["dueAt"]?.string == "2026-11-30T17:30:00+08:00")

            street.clock.advance(seconds: 11 * 86_400)
            dispatcher = try await street.person("dispatcher")
            #expect(try await ids("today", dispatcher) == [caseID.description])
            #expect(
                try await street.page("/work/console?scope=\(scope)&due=today", as: dispatcher).text.contains("剩7:30"))
            street.clock.advance(seconds: 8 * 3600)
            dispatcher = try await street.person("dispatcher")
            #expect(try await ids("late", dispatcher) == [caseID.description])
            #expect(try await ids("today", dispatcher).isEmpty)
            let late = try await street.page("/work/console?scope=\(scope)&due=late&case=\(caseID)", as: dispatcher)
                .text
            #expect(late.contains("超0:30"))
            #expect(late.contains("超4工作日"), "the office's three working days ended on the 24th")
            let detail = try await street.get("/api/v1/cases/\(caseID)", as: dispatcher).json
            let handling = detail["limits"]?.array.first { $0["stage"]?.string == "handle" }
            #expect(handling?["isOver"]?.bool == true)
            #expect(handling?["left"]?.int == 4)
            #expect(handling?["unit"]?.string == "working-day")
        }
    }

    @Test("a report's row says how long the centre has to decide", arguments: Engine.tested)
    func reports(engine: Engine) async throws {
        try await withStreet(engine) { street in
            _ = try await street.make(.received)
            let seat = try await street.person("seat")
            #expect(try await street.page("/work/console?queue=accept", as: seat).text.contains("剩4:00"))
            street.clock.advance(seconds: 7200 + 1800)
            let again = try await street.person("seat")
            #expect(
                try await street.page("/work/console?queue=accept", as: again).text.contains("剩2:00"),
                "lunch does not count")
        }
    }

    @Test(
        "the sender reads the promise with its weekday, and that it is provisional where it is",
        arguments: Engine.tested)
    func story(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let trail = try await street.make(.filed)
            let page = try await street.page("/follow/\(trail.code)", as: nil).text
            #expect(page.contains("11月30日（周一）17:30"))
            #expect(!page.contains("暂按周末推算"))
            street.clock.advance(seconds: 40 * 86_400)
            let late = try await street.make(.filed)
            let provisional = try await street.page("/follow/\(late.code)", as: nil).text
            #expect(provisional.contains("暂按周末推算"))
            let json = try await street.get("/api/v1/stories/\(late.code)", as: nil).json
            #expect(json["provisional"]?.bool == true)
            #expect(json["paused"]?.bool == false)
        }
    }
}

extension JSONValue {
    fileprivate var bool: Bool? {
        if case .bool(let flag) = self { flag } else { nil }
    }
}
