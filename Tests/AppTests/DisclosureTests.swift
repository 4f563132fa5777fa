import Domain
import Foundation
import HTTPTypes
import Storage
import StorageTestSupport
import Testing

@testable import App
@testable import Casework
@testable import Identity
@testable import Web

@Suite("Disclosure of personal data")
struct DisclosureTests {
    private static let phone = "13800138000"
    private static let words = "我叫王三，电话13800138000。\n北门的路灯不亮。"

    private func report(_ street: TestStreet, phone: String? = Self.phone) async throws -> (id: String, code: String) {
        var fields: [String: Any] = [
            "text": Self.words, "title": "找王三", "place": "北门", "area": try street.area("330299001001").description,
        ]
        if let phone { fields["phone"] = phone }
        let sent = try await street.post("/api/v1/reports", fields).json
        return (try #require(sent["id"]?.string), try #require(sent["trackingCode"]?.string))
    }

    private func entries(_ street: TestStreet, of id: String) async throws -> [AuditEntry] {
        let report = try #require(UUIDValue(id))
        return try await street.deployment.database.read { tx in
            try AuditStore.list(.subject(report), limit: 50, in: tx)
        }.filter { $0.action == "casework.report.disclose" }
    }

    @Test("a seat opens the number and the words, each for a purpose, each with one entry", arguments: Engine.tested)
    func open(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let report = try await report(street)
            let seat = try await street.person("seat")
            let path = "/work/reports/\(report.id)/disclosure"
            let pane = try await street.page("/work/console?queue=accept&report=\(report.id)", as: seat)
            #expect(pane.text.contains(path) && !pane.text.contains(Self.phone))
            let ask = try await street.page(path, as: seat)
            #expect(ask.status == 200 && !ask.text.contains(Self.phone) && !ask.text.contains("办理本案"))
            #expect(try await entries(street, of: report.id).isEmpty, "asking opens nothing")

            let shown = try await street.submit(path, ["what": "phone", "purpose": "callback"], as: seat)
            #expect(shown.status == 200)
            for text in [Self.phone, "人员seat", "清河街道指挥中心", "打电话核实或回访"] { #expect(shown.text.contains(text), "\(text)") }
            #expect(!shown.text.contains("我叫王三"), "only what was asked for")
            #expect(shown.headers[.cacheControl] == "no-store")
            let words = try await street.post(
                "/api/v1/reports/\(report.id)/disclosures", ["what": "words", "purpose": "other", "reason": "核对地点"],
                as: seat)
            #expect(words.status == 200)
            #expect(try words.json["text"]?.string == Self.words && words.json["title"]?.string == "找王三")
            #expect(try words.json["phone"] == nil)

            let entries = try await entries(street, of: report.id)
            #expect(entries.map(\.fields) == [["words"], ["phone"]])
            #expect(entries.allSatisfy { $0.account == seat.account })
            try await street.deployment.makeSealer().sealEverything()
            let outcome = try await street.deployment.verifyAudit()
            #expect(outcome.isSound, "\(outcome.broken)")
        }
    }

    @Test("the sender reads organisation, post, purpose and time, and no names", arguments: Engine.tested)
    func told(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let report = try await report(street)
            #expect(try await !street.page("/follow/\(report.code)").text.contains("谁看过您的原文和电话"))
            let dispatcher = try await street.person("dispatcher")
            _ = try await street.post(
                "/api/v1/reports/\(report.id)/disclosures",
                ["what": "phone", "purpose": "other", "reason": "核对\(Self.phone)"], as: dispatcher)
            let story = try await street.page("/follow/\(report.code)").text
            for text in ["谁看过您的原文和电话", "清河街道指挥中心", "派遣员", "查看了您的电话", "其他", "核对"] {
                #expect(story.contains(text), "\(text)")
            }
            #expect(!story.contains("人员dispatcher") && !story.contains(Self.phone))
            let json = try await street.get("/api/v1/stories/\(report.code)").json["disclosures"]?.array ?? []
            #expect(json.count == 1 && json[0]["role"]?.string == "dispatcher" && json[0]["account"] == nil)
            let english = try await street.page("/follow/\(report.code)", language: .english).text
            #expect(english.contains("read your telephone number") && english.contains("Qinghe Street Centre"))
        }
    }

    @Test("handling a case names its number", arguments: Engine.tested)
    func handling(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let trail = try await street.make(.filed)
            let dispatcher = try await street.person("dispatcher")
            let number = try #require(trail.number)
            let path = "/work/reports/\(trail.report)/disclosure"
            #expect(try await street.page(path, as: dispatcher).text.contains("办理本案"))
            let shown = try await street.submit(path, ["what": "words", "purpose": "handling"], as: dispatcher)
            #expect(shown.status == 200 && shown.text.contains("办理本案 · \(number)"))
            #expect(try await street.page("/follow/\(trail.code)").text.contains(number))
        }
    }

    @Test("what is refused leaves no entry and shows nothing", arguments: Engine.tested)
    func refused(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let report = try await report(street, phone: nil)
            let seat = try await street.person("seat")
            let path = "/work/reports/\(report.id)/disclosure"
            let cases: [(KeyValuePairs<String, String>, Int, String)] = [
                (["what": "words", "purpose": "handling"], 422, "案卷还没有编号"),
                (["what": "words", "purpose": "other"], 422, "说明"),
                (["what": "words"], 422, "查看的目的"),
                (["what": "phone", "purpose": "visit"], 409, "上报人没有留电话"),
            ]
            for (fields, status, text) in cases {
                let reply = try await street.submit(path, fields, as: seat)
                #expect(reply.status == status && reply.text.contains(text), "\(fields): \(reply.status)")
                #expect(!reply.text.contains("我叫王三"))
            }
            let id = report.id
            try await street.deployment.database.write { tx in
                try tx.execute("UPDATE report SET words_key = \(nil as [UInt8]?) WHERE id = \(ReportID(id))")
            }
            let erased = try await street.post(
                "/api/v1/reports/\(report.id)/disclosures", ["what": "words", "purpose": "visit"], as: seat)
            #expect(try erased.status == 409 && erased.json["code"]?.string == "disclosure.erased")
            for (login, status) in [("reader", 403), ("checker", 403), ("dispatcher-lx", 404), ("system", 403)] {
                let person = try await street.person(login)
                let reply = try await street.post(
                    "/api/v1/reports/\(report.id)/disclosures", ["what": "words", "purpose": "visit"], as: person)
                #expect(reply.status == status, "\(login): \(reply.status)")
            }
            #expect(try await entries(street, of: report.id).isEmpty)
        }
    }
}
