import Casework
import Domain
import Foundation
import HTTPTypes
import Storage
import StorageTestSupport
import Testing
import Vault

@testable import App
@testable import Web

@Suite("Forged and hidden input")
struct ForgeryTests {
    @Test("a form without its token, or with another person's, changes nothing", arguments: Engine.tested)
    func foreignForm(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let second = try await street.person("second")
            let trail = try await street.make(.received)
            let path = "/work/reports/\(trail.report)/accept"
            let token = street.formToken(of: second)
            for body in ["verification=phone", "verification=phone&_csrf=\(token)"] {
                let reply = try await street.send(
                    .post, path, as: dispatcher, proof: .cookie,
                    headers: [.contentType: "application/x-www-form-urlencoded"], body: Array(body.utf8))
                #expect(reply.status == 403)
            }
            let json = try await street.send(
                .post, "/api/v1/reports/\(trail.report)/acceptance", as: dispatcher, proof: .cookie,
                headers: [.contentType: "application/json"], body: Array(#"{"verification":"phone"}"#.utf8))
            #expect(json.status == 403, "a cookie alone does not prove where JSON comes from")
            #expect(try await street.get("/api/v1/stories/\(trail.code)").json["state"]?.string == "received")
        }
    }

    @Test("markup in words is shown as words", arguments: Engine.tested)
    func markup(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let attack = "<script>alert(1)</script><img src=x onerror=\"x()\">&amp;'"
            let dispatcher = try await street.person("dispatcher")
            let sent = try await street.post(
                "/api/v1/reports",
                ["text": attack, "title": attack, "place": attack, "area": try street.area("330299001001").description])
            let report = try #require(try sent.json["id"]?.string)
            let shown = try await street.page("/work/console?queue=accept&report=\(report)", as: dispatcher)
            #expect(shown.status == 200)
            #expect(shown.text.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
            #expect(!shown.text.contains("<script>alert") && !shown.text.contains("<img src=x"))
            let accepted = try await street.post(
                "/api/v1/reports/\(report)/acceptance", ["verification": "phone", "note": attack], as: dispatcher)
            let caseID = try #require(try accepted.json["id"]?.string)
            let pane = try await street.page("/work/console?queue=file&case=\(caseID)", as: dispatcher)
            #expect(
                pane.text.contains("&lt;script&gt;") && !pane.text.contains("<script>alert")
                    && !pane.text.contains("<img src=x"))
            let again = try await street.submit("/report", ["text": attack, "area": "", "place": attack])
            #expect(again.status == 422)
            #expect(!again.text.contains("<script>alert") && !again.text.contains("<img src=x"))
        }
    }

    @Test(
        "a body that is too large, broken or of another type is refused before anything reads it",
        arguments: Engine.tested)
    func bodies(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let before = try await TableDump(of: street.deployment.database)
            let large = Array(("{\"text\":\"" + String(repeating: "x", count: 70_000) + "\"}").utf8)
            let json: HTTPFields = [.contentType: "application/json"]
            let cases: [(HTTPFields, [UInt8], Int)] = [
                (json, large, 413), (json, Array("{\"text\":".utf8), 400), (json, Array("[1]".utf8), 400),
                (json, [0xFF, 0xFE, 0x00], 400), ([.contentType: "text/plain"], Array("x".utf8), 415),
                ([.contentType: "application/x-www-form-urlencoded"], Array("text=x".utf8), 415),
            ]
            for (headers, body, status) in cases {
                let reply = try await street.send(.post, "/api/v1/reports", headers: headers, body: body)
                #expect(reply.status == status, "\(reply.text)")
                #expect(reply.headers[.contentType]?.hasPrefix("application/problem+json") == true)
            }
            for key in ["", String(repeating: "k", count: 65), "a b"] {
                let reply = try await street.post("/api/v1/reports", ["text": "x"], key: key)
                #expect(reply.status == 400 || reply.status == 422, "\(key): \(reply.status)")
            }
            let after = try await TableDump(of: street.deployment.database)
            #expect(before.differences(from: after).isEmpty)
        }
    }
}
