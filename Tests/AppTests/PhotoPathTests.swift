import Domain
import Foundation
import HTTPTypes
import PictureSamples
import Storage
import StorageTestSupport
import Testing

@testable import App
@testable import Casework
@testable import Files
@testable import Web

@Suite("Photos with reports, answers and checks")
struct PhotoPathTests {
    private static let community = "330299001001"
    /// Something that stands in the street: the shipped list asks for a photo after the work.
    private static let component = "gbt47678.5-2026/component/01001"

    private func reportFields(_ street: TestStreet, _ more: FormPart...) throws -> [FormPart] {
        [.text("text", "北门的路灯不亮。"), .text("area", try street.area(Self.community).description)] + more
    }

    @Test("a resident sends photos with the form and sees them in the story", arguments: Engine.tested)
    func resident(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let sent = try await street.upload(
                "/report", try reportFields(street, street.photo("photos", 1), street.photo("photos", 2)))
            #expect(sent.status == 303)
            let code = try #require(sent.location).split(separator: "/").last.map(String.init) ?? ""
            let story = try await street.page("/follow/\(code)")
            let links = street.thumbnails(story)
            #expect(links.count == 2)
            for link in links {
                let photo = try await street.get(link)
                #expect(photo.status == 200)
                #expect(photo.headers[.contentType] == "image/jpeg")
                #expect(photo.headers[.cacheControl]?.hasPrefix("private") == true)
                #expect(photo.headers[HTTPField.Name("X-Content-Type-Options")!] == "nosniff")
                #expect(photo.headers[.contentSecurityPolicy]?.hasPrefix("sandbox") == true)
                // Without its proof, with another's, for another size.
                let plain = String(link.prefix { $0 != "?" })
                #expect(try await street.get(plain).status == 404)
                #expect(try await street.get(link.replacing("/small?", with: "/full?")).status == 404)
                let forged = String(link.dropLast()) + (link.hasSuffix("0") ? "1" : "0")
                #expect(try await street.get(forged).status == 404)
            }
            let json = try await street.get("/api/v1/stories/\(code)").json
            #expect(json["photos"]?.array.count == 2)
            street.clock.advance(seconds: 16 * 60)
            #expect(try await street.get(links[0]).status == 404)
            #expect(try await street.get(street.thumbnails(try await street.page("/follow/\(code)"))[0]).status == 200)
        }
    }

    @Test(
        "staff see a photo by the right on its report or case, everybody else is told that there is none",
        arguments: Engine.tested)
    func rights(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let sent = try await street.upload("/api/v1/reports", try reportFields(street, street.photo("photos")))
            #expect(sent.status == 201)
            let report = try sent.json["id"]?.string ?? ""
            let dispatcher = try await street.person("dispatcher")
            let detail = try await street.get("/api/v1/reports/\(report)", as: dispatcher).json
            let link = try #require(detail["files"]?.array.first?["small"]?.string)
            func statuses(_ logins: [String]) async throws -> [String: Int] {
                var statuses: [String: Int] = [:]
                for login in logins {
                    statuses[login] = try await street.get(link, as: try await street.person(login)).status
                }
                return statuses
            }
            let everybody = TestStreet.posts
            func expected(given offices: Set<String>?) -> [String: Int] {
                Dictionary(
                    uniqueKeysWithValues: everybody.map { person in
                        let post = RoleTable.Post(role: person.role, area: person.area, office: person.office)
                        let thing = RoleTable.Thing(area: Self.community, offices: offices ?? [])
                        let mayRead =
                            RoleTable.covers(Expectation.readReport, post, thing)
                            || offices != nil && RoleTable.covers(Expectation.readCase, post, thing)
                        return (person.login, mayRead ? 200 : 404)
                    })
            }
            #expect(try await statuses(everybody.map(\.login)) == expected(given: nil))
            #expect(expected(given: nil)["lamps"] == 404 && expected(given: nil)["dispatcher"] == 200)
            // Given to an organisation, its people see it too.
            let caseID = try await AcceptReport(
                report: try #require(ReportID(report)), matter: MatterReference(TestStreet.matter), verification: .phone
            ).run(by: dispatcher.actor, in: street.deployment.casework)
            _ = try await FileCase(caseID: caseID).run(by: dispatcher.actor, in: street.deployment.casework)
            _ = try await DispatchCase(
                caseID: caseID,
                order: DispatchOrder(
                    lead: try await street.organisation("lamps"), ground: .statutory, groundReference: "第38条")
            ).run(by: dispatcher.actor, in: street.deployment.casework)
            #expect(try await statuses(everybody.map(\.login)) == expected(given: ["lamps"]))
            #expect(expected(given: ["lamps"])["lamps"] == 200)
            #expect(try await street.get(link).status == 404)
            #expect(
                street.thumbnails(
                    try await street.page("/work/desk?case=\(caseID)", as: try await street.person("lamps"))
                ).count == 1)
            #expect(street.thumbnails(try await street.page("/work/console?case=\(caseID)", as: dispatcher)).count == 1)
        }
    }

    @Test(
        "machines upload first and name the files in the report; each file serves once and its uploader only",
        arguments: Engine.tested)
    func machines(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let uploaded = try await street.upload("/api/v1/files", [street.photo("file")])
            #expect(uploaded.status == 201)
            let id = try #require(try uploaded.json["id"]?.string)
            #expect(try uploaded.json["width"]?.int == 48)
            let area = try street.area(Self.community).description
            let body: [String: Any] = ["text": "灯不亮", "area": area, "files": [id]]
            let stranger = try await street.post("/api/v1/reports", body, as: try await street.person("seat"))
            #expect(stranger.status == 422)
            #expect(try stranger.json.violations["files"] == "file.unknown")
            #expect(try await street.post("/api/v1/reports", body).status == 201)
            #expect(try await street.post("/api/v1/reports", body).status == 422)
            let none = body.merging(["files": [street.clock.world.id(FileTag.self).description]]) { $1 }
            #expect(try await street.post("/api/v1/reports", none).status == 422)
            let missing = try await street.post("/api/v1/files")
            #expect(missing.status == 422)
            #expect(try missing.json.violations["file"] == "input.missing")
        }
    }

    @Test(
        "an answer shows the work before and after; the public sees it with the public answer", arguments: Engine.tested
    )
    func answer(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let trail = try await street.make(.signed, in: Self.community)
            let lamps = try await street.person("lamps")
            let task = try #require(trail.lead)
            let answered = try await street.upload(
                "/work/tasks/\(task)/answer",
                [
                    .text("outcome", "done"), .text("publicText", "灯换好了。"), street.photo("before", 1),
                    street.photo("after", 2),
                ], as: lamps)
            #expect(answered.status == 303, "\(answered.text)")
            let checker = try await street.person("checker")
            let checked = try await street.upload(
                "/work/tasks/\(task)/check", [.text("verdict", "pass"), street.photo("photos", 3)], as: checker)
            #expect(checked.status == 303)
            #expect(street.thumbnails(try await street.page("/follow/\(trail.code)")).isEmpty)
            let dispatcher = try await street.person("dispatcher")
            let detail = try await street.get("/api/v1/cases/\(trail.caseID!)", as: dispatcher).json
            #expect(detail["files"]?.array.compactMap { $0["stage"]?.string } == ["before", "after", "checked"])
            let closed = try await street.post(
                "/api/v1/cases/\(trail.caseID!)/closing", ["outcome": "done", "publicText": "灯换好了。"], as: dispatcher)
            #expect(closed.status == 200)
            // Not the checker's.
            let links = street.thumbnails(try await street.page("/follow/\(trail.code)"))
            #expect(links.count == 2)
            for link in links { #expect(try await street.get(link).status == 200) }
        }
    }

    @Test("a matter that asks for a photo is not done without one", arguments: Engine.tested)
    func needed(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let casework = street.deployment.casework
            let receipt = try await SubmitReport(
                draft: ReportDraft(channel: .web, area: try street.area(Self.community), text: "井盖坏了。")
            ).run(by: .anonymous, in: casework)
            let centre = try await street.person("dispatcher")
            let caseID = try await AcceptReport(
                report: receipt.id, matter: MatterReference(Self.component), verification: .phone
            ).run(by: centre.actor, in: casework)
            _ = try await FileCase(caseID: caseID).run(by: centre.actor, in: casework)
            _ = try await DispatchCase(
                caseID: caseID,
                order: DispatchOrder(
                    lead: try await street.organisation("lamps"), ground: .statutory, groundReference: "第38条")
            ).run(by: centre.actor, in: casework)
            let lamps = try await street.person("lamps")
            let task = try #require(try await casework.caseDetail(caseID, by: centre.actor).tasks.first?.id)
            _ = try await SignTask(task: task).run(by: lamps.actor, in: casework)
            let words: [FormPart] = [.text("outcome", "done"), .text("publicText", "换了新井盖。")]
            let without = try await street.upload("/work/tasks/\(task)/answer", words, as: lamps)
            #expect(without.status == 422)
            #expect(without.text.contains("还差办理后照片") && without.text.contains("换了新井盖。</textarea>"))
            let onlyBefore = try await street.upload(
                "/api/v1/tasks/\(task)/answer", words + [street.photo("before")], as: lamps)
            #expect(try onlyBefore.json.violations == ["after": "task.photo-missing-after"])
            let with = try await street.upload("/work/tasks/\(task)/answer", words + [street.photo("after")], as: lamps)
            #expect(with.status == 303)
            let checker = try await street.person("checker")
            _ = try await CheckTask(task: task, verdict: .rework, note: "还没盖紧。").run(by: checker.actor, in: casework)
            // Done again is shown again.
            #expect(try await street.upload("/work/tasks/\(task)/answer", words, as: lamps).status == 422)
            let again = try await street.upload(
                "/work/tasks/\(task)/answer", words + [street.photo("after", 5)], as: lamps)
            #expect(again.status == 303)
            _ = try await CheckTask(task: task, verdict: .pass).run(by: checker.actor, in: casework)
            let closed = try await street.post(
                "/api/v1/cases/\(caseID)/closing", ["outcome": "done", "publicText": "换了新井盖。"], as: centre)
            #expect(closed.status == 200)
        }
    }

    @Test(
        "photos that cannot be taken are told one by one, the words are kept, and nothing is stored",
        arguments: Engine.tested)
    func refused(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let jpeg = try PictureSamples.jpeg(width: 400, height: 300)
            let reply = try await street.upload(
                "/report",
                try reportFields(
                    street, .file("photos", name: "../../x.jpg", PictureSamples.gif),
                    .file("photos", name: "a\u{202E}gpj.exe", PictureSamples.bomb()),
                    .file("photos", name: String(repeating: "长", count: 1000), Array(jpeg.prefix(jpeg.count / 2))),
                    street.photo("photos")))
            #expect(reply.status == 422)
            #expect(reply.text.contains("第 1 张不是照片"))
            #expect(reply.text.contains("第 2 张超过 64 百万像素"))
            #expect(reply.text.contains("第 3 个文件打不开"))
            #expect(reply.text.contains("北门的路灯不亮。</textarea>"))
            #expect(!reply.text.contains("../") && !reply.text.contains("\u{202E}"))
            let large = try await street.upload(
                "/report",
                try reportFields(
                    street, .file("photos", name: "a.jpg", [UInt8](repeating: 1, count: 10_000_001)),
                    .file("photos", name: "b.jpg", [])))
            #expect(large.status == 422)
            #expect(large.text.contains("第 1 个文件超过 10 MB") && large.text.contains("第 2 个文件是空的"))
            #expect(try await street.fileCount() == 0)
            #expect(street.storedFiles.isEmpty)
            #expect(try await street.deployment.database.read { tx in try tx.first("SELECT id FROM report") } == nil)
        }
    }

    @Test("a report is wanting first, and its photos are not even decoded")
    func wordsFirst() async throws {
        try await withStreet(.sqlite) { street in
            let reply = try await street.upload("/report", [.text("text", "灯不亮"), street.photo("photos")])
            #expect(reply.status == 422)
            #expect(street.storedFiles.isEmpty)
        }
    }

    @Test("a form sent twice makes one report with its photos once", arguments: Engine.tested)
    func twice(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let fields = try reportFields(street, street.photo("photos", 1), street.photo("photos", 2))
            let first = try await street.upload("/report", fields, once: "abcdef")
            let second = try await street.upload("/report", fields, once: "abcdef")
            #expect(first.status == 303 && second.location == first.location)
            #expect(try await street.fileCount() == 2)
            let other = try reportFields(street, street.photo("photos", 1), street.photo("photos", 3))
            #expect(try await street.upload("/report", other, once: "abcdef").status != 303)
        }
    }

    @Test("the place of a photo is nowhere unless it was agreed to; then it is sealed", arguments: Engine.tested)
    func planted(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let secret = try PictureSamples.jpeg(
                width: 120, height: 90, orientation: 8, latitude: (30, 15, 23), longitude: (120, 9, 18))
            let photo = FormPart.file("photos", name: "王三家门口13800138000.jpg", secret)
            for agreed in [[], [FormPart.text("keepsLocation", "1")]] {
                let sent = try await street.upload("/report", try reportFields(street, photo) + agreed)
                #expect(sent.status == 303)
            }
            #expect(street.storedFiles.count == 2)
            for url in street.storedFiles {
                let bytes = try Data(contentsOf: url)
                for mark in ["Exif", "LINLIMAKER", "GPS", "王三"] {
                    #expect(bytes.range(of: Data(mark.utf8)) == nil, "\(mark) in a stored file")
                }
            }
            let files = try await street.deployment.database.read { tx in
                try tx.rows("SELECT id, location, name FROM file ORDER BY id")
            }
            let locations = try files.map { try $0.get(optional: "location", as: [UInt8].self) }
            #expect(locations.map { $0 == nil } == [true, false])
            #expect(try files.allSatisfy { try $0.get(optional: "name", as: [UInt8].self) == nil })
            let id: FileID = try files[1].get("id")
            let place = try await street.deployment.database.read { tx in
                try street.deployment.files.location(of: id, tx)
            }
            #expect(place == PhotoLocation(latitude: 30.25639, longitude: 120.155))
        }
    }

    @Test("a case costs the same number of statements with one photo and with many", arguments: Engine.tested)
    func statements(engine: Engine) async throws {
        try await withStreet(engine, doubleRun: false) { street in
            let lamps = try await street.person("lamps")
            var counts: Set<Int> = []
            for photos in [1, 4] {
                let trail = try await street.make(.signed, in: Self.community)
                let parts = (0..<photos).flatMap {
                    [street.photo("before", UInt64($0)), street.photo("after", 9 + UInt64($0))]
                }
                let reply = try await street.upload(
                    "/api/v1/tasks/\(trail.lead!)/answer",
                    [.text("outcome", "done"), .text("publicText", "好了。")] + parts,
                    as: lamps)
                #expect(reply.status == 200)
                let page = try await street.get("/api/v1/cases/\(trail.caseID!)", as: lamps)
                counts.insert(page.statements ?? 0)
            }
            #expect(counts.count == 1 && !counts.contains(0), "\(counts)")
        }
    }

    @Test("a PDF with an answer can only be saved, under the name that it came with")
    func document() async throws {
        try await withStreet(.sqlite) { street in
            let trail = try await street.make(.signed, in: Self.community)
            let lamps = try await street.person("lamps")
            let reply = try await street.upload(
                "/api/v1/tasks/\(trail.lead!)/answer",
                [
                    .text("outcome", "done"), .text("publicText", "好了。"),
                    .file("after", name: "验收单.pdf", PictureSamples.pdf),
                ],
                as: lamps)
            #expect(reply.status == 200)
            let detail = try await street.get("/api/v1/cases/\(trail.caseID!)", as: lamps).json
            let link = try #require(detail["files"]?.array.first?["full"]?.string)
            let fetched = try await street.get(link, as: lamps)
            #expect(fetched.status == 200 && Array(fetched.text.utf8) == PictureSamples.pdf)
            #expect(fetched.headers[.contentType] == "application/pdf")
            #expect(fetched.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            #expect(fetched.headers[.contentDisposition]?.contains(percentEncoded("验收单.pdf")) == true)
            #expect(try await street.get(link.replacing("/full", with: "/small"), as: lamps).status == 404)
        }
    }
}
