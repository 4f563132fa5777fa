import Casework
import Domain
import StorageTestSupport
import Testing

@testable import App
@testable import Web

@Suite("Cases are put right, or end without a result")
struct CorrectionTests {
    @Test("not filed: the sender is told why, and told again when it is looked at anew", arguments: Engine.tested)
    func declined(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let supervisor = try await street.person("supervisor")
            let trail = try await street.make(.toFile)
            let path = "/api/v1/cases/\(trail.caseID!)"
            let bare = try await street.post(path + "/declining", ["note": "不归我们"], as: dispatcher)
            #expect(try bare.json.violations == ["publicNote": "input.missing"])
            let declined = try await street.post(
                path + "/declining", ["publicNote": "小区内部道路由业主委员会决定。", "note": "老问题"], as: dispatcher)
            #expect(declined.status == 200, "\(declined.text)")
            var story = try await street.get("/api/v1/stories/\(trail.code)").json
            #expect(story["state"]?.string == "answered" && story["phase"]?.string == "not-filed")
            #expect(story["answer"]?.string == "小区内部道路由业主委员会决定。")
            for language in Language.allCases {
                let page = try await street.page("/follow/\(trail.code)", language: language)
                #expect(page.text.contains("业主委员会") && !page.text.contains("老问题") && !page.text.contains("⟦"))
            }
            #expect(try await street.post(path + "/filing", as: dispatcher).status == 409)

            #expect(
                try await street.post(path + "/reconsideration", ["note": "是公共道路"], as: supervisor).status == 200)
            story = try await street.get("/api/v1/stories/\(trail.code)").json
            #expect(story["state"]?.string == "accepted" && story["phase"]?.string == "to-file")
            #expect(story["answer"]?.string == nil)
            #expect(try await street.post(path + "/filing", as: dispatcher).status == 200)
        }
    }

    @Test("sent back, a case waits for verification again", arguments: Engine.tested)
    func sentBack(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let trail = try await street.make(.toFile)
            let path = "/api/v1/cases/\(trail.caseID!)"
            #expect(try await street.post(path + "/sending-back", ["note": "哪一盏？"], as: dispatcher).status == 200)
            #expect(try await street.get(path, as: dispatcher).json["phase"]?.string == "to-verify")
            #expect(try await street.post(path + "/verification", as: dispatcher).status == 200)
        }
    }

    @Test(
        "put right: the history says what was what, the lists follow the place, and nobody moves a case out of sight",
        arguments: Engine.tested)
    func amended(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let trail = try await street.make(.dispatched)
            let path = "/api/v1/cases/\(trail.caseID!)"
            let from = try street.area("330299001001")
            let to = try street.area("330299001002")
            let same = try await street.post(
                path + "/amendment", ["area": from.description, "note": "没变"], as: dispatcher)
            #expect(try same.json["code"]?.string == "case.nothing-amended", "\(same.text)")
            let other = "gbt47678.5-2026/matter/01002"
            let amended = try await street.post(
                path + "/amendment",
                ["title": "井盖翘起", "matter": other, "area": to.description, "note": "现场看是井盖"], as: dispatcher)
            #expect(amended.status == 200, "\(amended.text)")
            let detail = try await street.get(path, as: dispatcher).json
            #expect(detail["title"]?.string == "井盖翘起" && detail["matter"]?.string == other)
            #expect(detail["number"]?.string == trail.number)
            let step = try #require(detail["steps"]?.array.first { $0["action"]?.string == "amend" })
            #expect(step["changes"]?.array.map { $0["field"]?.string } == ["title", "matter", "area"])
            #expect(step["changes"]?.array.last?["to"]?.string == to.description)
            for language in Language.allCases {
                let page = try await street.page(
                    "/work/console?case=\(trail.caseID!)", as: dispatcher, language: language)
                #expect(page.text.contains(language == .chinese ? "梧桐社区 → 河埠社区" : "Wutong Community → Hebu Community"))
            }
            let audit = try await WorldAudit(street.deployment)
            #expect(try await audit.derivedRows().filter { !$0.hasPrefix("counter") }.isEmpty)

            let away = try await street.post(
                path + "/amendment", ["area": try street.area("330299002001").description, "note": "在隔壁街道"],
                as: dispatcher)
            #expect(away.status == 403)
            let nowhere = try await street.post(
                path + "/amendment", ["area": trail.report.description, "note": "哪里"], as: dispatcher)
            #expect(nowhere.status == 422)
        }
    }

    @Test("the form for putting right is drawn when asked for, and again when it was refused", arguments: Engine.tested)
    func amendingByPage(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let trail = try await street.make(.filed)
            let plain = try await street.page("/work/console?case=\(trail.caseID!)", as: dispatcher)
            #expect(plain.text.contains("amend=1") && !plain.text.contains("amend-matter"))
            let asked = try await street.page("/work/console?case=\(trail.caseID!)&amend=1", as: dispatcher)
            #expect(asked.text.contains("amend-matter"))
            let wrong = try await street.submit(
                "/work/cases/\(trail.caseID!)/amend", ["title": "井盖翘起", "matter": "", "area": "", "note": ""],
                as: dispatcher)
            #expect(wrong.status == 422 && wrong.text.contains("amend-note-wrong") && wrong.text.contains("井盖翘起"))
            let sent = try await street.submit(
                "/work/cases/\(trail.caseID!)/amend", ["title": "井盖翘起", "matter": "", "area": "", "note": "看过了"],
                as: dispatcher)
            #expect(sent.status == 303 && sent.location?.contains("notice=amended") == true, "\(sent.text)")
        }
    }

    @Test("void: the number stays, the tasks go, the sender is told", arguments: Engine.tested)
    func voided(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let lamps = try await street.person("lamps")
            let trail = try await street.make(.signed)
            let path = "/api/v1/cases/\(trail.caseID!)"
            let voided = try await street.post(
                path + "/voiding", ["publicNote": "这件和您报的另一件是同一件，已在办。", "note": "演练数据"], as: dispatcher)
            #expect(voided.status == 200, "\(voided.text)")
            let detail = try await street.get(path, as: dispatcher).json
            #expect(detail["state"]?.string == "void" && detail["number"]?.string == trail.number)
            #expect(detail["tasks"]?.array.map { $0["state"]?.string } == ["withdrawn"])
            #expect(detail["verbs"]?.array.isEmpty == true)
            #expect(try await street.get(path, as: lamps).status == 404)
            let story = try await street.get("/api/v1/stories/\(trail.code)")
            #expect(try story.json["state"]?.string == "answered" && !story.text.contains("演练数据"))
            let next = try await street.make(.filed)
            #expect(next.number == "QH26-1119-002", "the number of a void case is not given again")
        }
    }

    @Test("merged: the reports go on in the other case and get its answer", arguments: Engine.tested)
    func merged(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let goes = try await street.make(.dispatched, lead: "sanitation")
            let stays = try await street.make(.checked)
            let path = "/api/v1/cases/\(goes.caseID!)/merging"
            let itself = try await street.post(path, ["into": goes.number!, "note": "同一件"], as: dispatcher)
            #expect(try itself.json.violations == ["into": "case.merge-itself"], "\(itself.text)")
            let merged = try await street.post(
                path, ["into": stays.number!.lowercased(), "note": "同一盏灯"], as: dispatcher)
            #expect(merged.status == 200, "\(merged.text)")
            #expect(try merged.json["id"]?.string == stays.caseID?.description)
            let detail = try await street.get("/api/v1/cases/\(stays.caseID!)", as: dispatcher).json
            #expect(detail["reports"]?.array.count == 2)
            #expect(detail["steps"]?.array.contains { $0["action"]?.string == "move" } == true)
            for language in Language.allCases {
                let page = try await street.page("/follow/\(goes.code)", language: language)
                #expect(page.text.contains(stays.number!) && !page.text.contains("⟦") && !page.text.contains("同一盏灯"))
            }
            #expect(
                try await street.post(
                    "/api/v1/cases/\(stays.caseID!)/closing", ["outcome": "done", "publicText": "修好了。"], as: dispatcher
                ).status == 200)
            for code in [goes.code, stays.code] {
                #expect(try await street.get("/api/v1/stories/\(code)").json["answer"]?.string == "修好了。")
            }
            let late = try await street.make(.filed)
            let refused = try await street.post(
                "/api/v1/cases/\(late.caseID!)/merging", ["into": stays.number!, "note": "同一件"], as: dispatcher)
            #expect(refused.status == 409)
            #expect(try refused.json.violations == ["into": "case.not-joinable"])
        }
    }

    @Test(
        "split: a report gets a case of its own or waits for a decision; the last one stays", arguments: Engine.tested)
    func split(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let seat = try await street.person("seat")
            let own = try await street.make(.joined)
            let parted = try await street.post(
                "/api/v1/cases/\(own.caseID!)/splitting",
                [
                    "report": own.second!.description, "destination": "new-case", "verification": "phone",
                    "note": "是两盏灯",
                ],
                as: dispatcher)
            #expect(parted.status == 200, "\(parted.text)")
            let id = try #require(try parted.json["id"]?.string)
            let opened = try await street.get("/api/v1/cases/\(id)", as: dispatcher).json
            #expect(opened["phase"]?.string == "to-file" && opened["reports"]?.array.count == 1)
            let left = try await street.get("/api/v1/cases/\(own.caseID!)", as: dispatcher).json
            #expect(left["reports"]?.array.count == 1)
            #expect(left["steps"]?.array.last?["action"]?.string == "split")
            let last = try await street.post(
                "/api/v1/cases/\(own.caseID!)/splitting",
                ["report": own.report.description, "destination": "reception", "note": "也不是"], as: dispatcher)
            #expect(last.status == 409)
            #expect(try last.json["code"]?.string == "case.last-report")

            let back = try await street.make(.joined)
            #expect(
                try await street.post(
                    "/api/v1/cases/\(back.caseID!)/splitting",
                    ["report": back.second!.description, "destination": "reception", "note": "并错了"], as: dispatcher
                ).status == 200)
            let again = try await street.post(
                "/api/v1/reports/\(back.second!)/acceptance", ["verification": "phone"], as: seat)
            #expect(again.status == 201, "\(again.text)")
            let foreign = try await street.post(
                "/api/v1/cases/\(back.caseID!)/splitting",
                ["report": own.report.description, "destination": "reception", "note": "别的"], as: dispatcher)
            #expect(try foreign.json.violations == ["report": "report.of-another-case"])
            let audit = try await WorldAudit(street.deployment)
            #expect(try await audit.histories().isEmpty)
        }
    }

    @Test("archived: nothing can be done any more", arguments: Engine.tested)
    func archived(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let trail = try await street.make(.closed)
            let path = "/api/v1/cases/\(trail.caseID!)"
            #expect(try await street.post(path + "/archiving", as: dispatcher).status == 200)
            #expect(try await street.post(path + "/reopening", ["note": "又坏了"], as: dispatcher).status == 409)
            #expect(try await street.get(path, as: dispatcher).json["verbs"]?.array.isEmpty == true)
        }
    }

    @Test("by pages, from the folded forms", arguments: Engine.tested)
    func pages(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let why = ["note": "建错了", "publicNote": "这件建错了，另有一件在办。"]
            let stages: [(Stage, String, [String: String], String)] = [
                (.toFile, "decline", why, "declined"), (.toFile, "send-back", ["note": "再看"], "to-verify-again"),
                (.notFiled, "reconsider", ["note": "再看"], "reconsidered"), (.filed, "void", why, "voided"),
                (.closed, "archive", [:], "archived"),
            ]
            for (stage, verb, fields, notice) in stages {
                let trail = try await street.make(stage)
                let address = "/work/cases/\(trail.caseID!)/\(verb)"
                let page = try await street.page("/work/console?case=\(trail.caseID!)", as: dispatcher)
                #expect(page.text.contains(address), "\(verb)")
                if !fields.isEmpty {
                    let wrong = try await street.submit(address, fields: [("note", " ")], as: dispatcher)
                    #expect(wrong.status == 422 && wrong.text.contains("id=\"\(verb)-wrong\""), "\(verb)")
                }
                let sent = try await street.submit(address, fields: fields.map { ($0.key, $0.value) }, as: dispatcher)
                #expect(
                    sent.status == 303 && sent.location?.contains("notice=\(notice)") == true, "\(verb): \(sent.text)")
            }
        }
    }
}
