import Domain
import Storage
import StorageTestSupport
import Testing

@testable import App
@testable import Identity

@Suite("The audit administrator's pages")
struct AuditPageTests {
    @Test(
        "the trail can be read by person and by thing, a page at a time, as page and as JSON", arguments: Engine.tested)
    func reading(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let trail = try await street.tamperingWorld()
            let audit = try await street.person("audit")
            let dispatcher = try await street.person("dispatcher")
            let caseID = try #require(trail.caseID)

            let page = try await street.page("/admin/audit", as: audit)
            #expect(page.status == 200)
            for text in ["人员dispatcher", "清河街道指挥中心", "派给单位", "登录没有成功", "还没有封存过"] {
                #expect(page.text.contains(text), "\(text)")
            }
            let own = try await street.page("/admin/audit?person=dispatcher", as: audit)
            #expect(own.text.contains("人员dispatcher") && !own.text.contains("人员lamps"))
            let about = try await street.page("/admin/audit?thing=\(caseID)", as: audit)
            #expect(about.text.contains("\(caseID)") && !about.text.contains("\(trail.report)"))
            let unknown = try await street.page("/admin/audit?person=who&thing=what", as: audit)
            #expect(unknown.text.contains("没有这个账号") && unknown.text.contains("应是36个字符的编号"))
            #expect(try await street.page("/admin/audit?person=who", as: audit).text.contains("没有这个账号"))

            var seen: [String] = []
            var before: String?
            repeat {
                let answer = try await street.get(
                    "/api/v1/audit/entries?account=\(dispatcher.account)&limit=3"
                        + (before.map { "&after=\($0)" } ?? ""), as: audit)
                #expect(answer.status == 200)
                let entries = try answer.json["items"]?.array ?? []
                #expect(entries.count <= 3 && !entries.isEmpty)
                seen += entries.compactMap { $0["id"]?.string }
                before = try answer.json["next"]?.string
            } while before != nil
            let stored = try await street.deployment.database.read { tx in
                try AuditStore.list(.account(dispatcher.account), limit: 1000, in: tx)
            }
            #expect(seen == stored.map(\.id.description))
        }
    }

    @Test("the page tells how far the trail is sealed, and that a head is forged", arguments: Engine.tested)
    func chain(engine: Engine) async throws {
        try await withStreet(engine, doubleRun: false) { street in
            try await street.tamperingWorld()
            let audit = try await street.person("audit")
            #expect(try await street.get("/api/v1/audit/head", as: audit).json["head"]?["number"] == nil)
            try await street.deployment.makeSealer().sealEverything()
            let head = try #require(
                try await street.deployment.database.read { tx in try SealStore.head(in: tx) })
            let answer = try await street.get("/api/v1/audit/head", as: audit).json["head"]
            #expect(answer?["number"]?.int == Int(head.number) && answer?["link"]?.string == head.link.description)
            #expect(try await street.page("/admin/audit", as: audit).text.contains(head.link.description))
            try await street.deployment.database.write { tx in try tx.execute("UPDATE audit_head SET at = at + 1") }
            #expect(try await street.page("/admin/audit", as: audit).text.contains("链头没有本系统的有效签名"))
        }
    }
}
