import Areas
import Domain
import Foundation
import Storage
import StorageTestSupport
import Testing

@testable import App
@testable import Casework
@testable import Web

@Suite("Import of reports")
struct ImportTests {
    @Test(
        "a mayor's mailbox of 495 messages: 494 go in, one conflict of labels; a second run adds none",
        arguments: Engine.tested)
    func mailbox(engine: Engine) async throws {
        let content = try SharedData.bytes(of: "complaints_495.jsonl")
        try await withStreet(engine, doubleRun: false) { street in
            let casework = street.deployment.casework
            let run = ImportReports(source: "mayor-mailbox", area: try street.area("330299001"))
            let timer = ContinuousClock()
            var outcome = ImportReports.Outcome()
            var writing = 0
            let first = try await timer.measure {
                (outcome, writing) = try await StatementCounter.counting { try await run.run(content, in: casework) }
            }
            #expect(
                outcome.added == 494 && outcome.unchanged == 0 && outcome.errors.isEmpty,
                "\(outcome.added) \(outcome.errors)")
            #expect(
                outcome.conflicts.map(\.id) == ["37042"]
                    && outcome.conflicts.map(\.violation.code) == ["import.other-label"])
            let draining = try await timer.measure { try await street.deployment.relay.drain() }
            let before = try await TableDump(of: street.deployment.database)
            var reading = 0
            let second = try await timer.measure {
                (outcome, reading) = try await StatementCounter.counting { try await run.run(content, in: casework) }
            }
            #expect(outcome.added == 0 && outcome.unchanged == 494 && outcome.errors.isEmpty)
            #expect(outcome.conflicts.map(\.id) == ["37042"])
            #expect(before == (try await TableDump(of: street.deployment.database)), "a second run changes nothing")
            print(
                """
                import of 495 messages on \(engine), debug build: first \(first) with \(writing) statements, \
                relay \(draining), second \(second) with \(reading) statements
                """)
            // Statements and not seconds: tests share the machine. A slip into a look-up a row is found by either.
            #expect(writing <= 494 * 6 && reading <= 40)

            let seat = try await street.person("seat")
            for (word, number) in [("电梯", 12), ("噪音", 12)] {
                let query = percentEncoded(word)
                #expect(
                    try await street.get("/api/v1/search?q=\(query)", as: seat).json["items"]?.array.count == number,
                    "\(word)")
                let page = try await street.page("/work/search?q=\(query)", as: seat)
                #expect(page.text.components(separatedBy: "class=\"item\"").count - 1 == number, "\(word) on the page")
            }
        }
    }

    @Test("twenty of them go through every verb to closed, by JSON, with four accounts", arguments: Engine.tested)
    func twentyToTheEnd(engine: Engine) async throws {
        let content = try SharedData.bytes(of: "complaints_495.jsonl")
        let lines = String(decoding: content, as: UTF8.self).split(separator: "\n").prefix(20).joined(separator: "\n")
        try await withStreet(engine) { street in
            let outcome = try await ImportReports(source: "mayor-mailbox", area: try street.area("330299001"))
                .run(Array(lines.utf8), in: street.deployment.casework)
            #expect(outcome.added == 20, "\(outcome)")
            let seat = try await street.person("seat")
            let dispatcher = try await street.person("dispatcher")
            let lamps = try await street.person("lamps")
            let checker = try await street.person("checker")
            let waiting = try await street.get("/api/v1/reports?limit=50", as: seat).json["items"]?.array ?? []
            #expect(waiting.count == 20)
            var numbers: [String] = []
            for report in waiting {
                let id = try #require(report["id"]?.string)
                let accepted = try await street.post(
                    "/api/v1/reports/\(id)/acceptance", ["verification": "on-spot", "matter": TestStreet.matter],
                    as: seat)
                let caseID = try #require(try accepted.json["id"]?.string, "\(accepted.text)")
                #expect(try await street.post("/api/v1/cases/\(caseID)/verification", as: seat).status == 200)
                numbers.append(
                    try await street.post("/api/v1/cases/\(caseID)/filing", as: dispatcher).json["number"]?.string ?? ""
                )
                #expect(
                    try await street.post(
                        "/api/v1/cases/\(caseID)/dispatch",
                        [
                            "lead": lamps.actor.organisation!.description, "ground": "statutory",
                            "groundReference": "第38条",
                        ], as: dispatcher
                    ).status == 200)
                let task = try #require(
                    try await street.get("/api/v1/cases/\(caseID)", as: lamps).json["tasks"]?.array.first?["id"]?.string
                )
                #expect(try await street.post("/api/v1/tasks/\(task)/signature", as: lamps).status == 200)
                #expect(
                    try await street.post(
                        "/api/v1/tasks/\(task)/answer", ["outcome": "done", "publicText": "办好了。"], as: lamps
                    ).status == 200)
                #expect(
                    try await street.post("/api/v1/tasks/\(task)/check", ["verdict": "pass"], as: checker).status == 200
                )
                #expect(
                    try await street.post(
                        "/api/v1/cases/\(caseID)/closing", ["outcome": "done", "publicText": "办好了。"], as: dispatcher
                    ).status == 200)
                let code = try #require(report["trackingCode"]?.string)
                let story = try await street.get("/api/v1/stories/\(code)").json
                #expect(story["state"]?.string == "answered" && story["answer"]?.string == "办好了。")
            }
            #expect(numbers == (1...20).map { "QH26-1119-0" + ($0 < 10 ? "0\($0)" : "\($0)") })
            #expect(try await street.get("/api/v1/cases", as: dispatcher).json["items"]?.array.isEmpty == true)
            try await street.deployment.relay.drain()
            #expect(try await WorldAudit(street.deployment).histories().isEmpty)
            #expect(try await WorldAudit(street.deployment).derivedRows().isEmpty)
        }
    }

    @Test("broken lines are told with their numbers, the others go in", arguments: Engine.tested)
    func brokenLines(engine: Engine) async throws {
        let long = String(repeating: "长", count: 10_001)
        let lines = [
            "\u{FEFF}" + #"{"id":"1","title":"一","text":"灯不亮","time":"2026-11-01 10:00:00","label":"灯"}"# + "\r",  // 1
            #"{"id":"2","text":"#,  // 2
            #"{"title":"没有编号","text":"x"}"#,  // 3
            #"{"id":3,"text":"编号是数字"}"#,  // 4
            "",  // 5
            #"{"id":"6","title":"没有正文"}"#,  // 6
            #"{"id":"7","text":"时间不对","time":"昨天"}"#,  // 7
            #"{"id":"8","text":"\#(long)"}"#,  // 8
            #"{"id":"","text":"空编号"}"#,  // 9
            #"{"id":"10","text":"时间在将来","time":"2030-01-01 00:00:00"}"#,  // 10
            #"["数组"]"#,  // 11
            #"{"id":"12","text":"没有标题也可以"}"#,  // 12
            #"{"id":"1","title":"一","text":"灯不亮","time":"2026-11-01 10:00:00","label":"灯"}"#,  // 13
            #"{"id":"1","title":"一","text":"别的话","time":"2026-11-01 10:00:00","label":"灯"}"#,  // 14
        ]
        try await withStreet(engine) { street in
            let run = ImportReports(source: "file", area: try street.area("330299001"))
            let outcome = try await run.run(Array(lines.joined(separator: "\n").utf8), in: street.deployment.casework)
            #expect(outcome.added == 2, "\(outcome)")
            #expect(outcome.unchanged == 1)
            #expect(
                outcome.conflicts.map(\.line) == [14] && outcome.conflicts.first?.violation.code == "import.other-words"
            )
            let codes = outcome.errors.reduce(into: [:]) { $0[$1.line] = $1.violation.code }
            #expect(
                codes == [
                    2: "import.not-json", 3: "import.field-missing", 4: "import.field-type", 6: "import.field-missing",
                    7: "import.time", 8: "input.too-long", 9: "import.id", 10: "report.from-the-future",
                    11: "import.not-json",
                ], "\(codes)")
            let catalogue = street.deployment.site.catalogue
            for finding in outcome.errors + outcome.conflicts {
                for language in Language.allCases {
                    #expect(!catalogue.text(finding.violation, in: language).contains("⟦"), "\(finding.violation.code)")
                }
            }
            let stored = try await street.deployment.database.read { tx in
                try tx.rows("SELECT source_id FROM report ORDER BY source_id").map {
                    try $0.get("source_id", as: String.self)
                }
            }
            #expect(stored == ["1", "12"])
        }
    }

    @Test("a file that is not UTF-8 is refused whole", arguments: Engine.tested)
    func encoding(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let before = try await TableDump(of: street.deployment.database)
            let run = ImportReports(source: "file", area: try street.area("330299001"))
            let bytes = Array(#"{"id":"1","text":"好"}"#.utf8) + [0x0A, 0xC4, 0xE3, 0xBA, 0xC3]
            await #expect(throws: RuleViolation.self) { try await run.run(bytes, in: street.deployment.casework) }
            #expect(before == (try await TableDump(of: street.deployment.database)))
        }
    }
}
