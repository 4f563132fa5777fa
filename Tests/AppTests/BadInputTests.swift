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

@Suite("Bad input")
struct BadInputTests {
    private struct Mistake {
        let fields: [String: Any]
        let field: String
        let code: String
    }

    @Test(
        "a mistake in a report names its field in the person's language, and changes nothing", arguments: Engine.tested)
    func reports(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let area = try street.area("330299001001").description
            let mistakes = [
                Mistake(fields: ["area": area], field: "text", code: "input.missing"),
                Mistake(fields: ["area": area, "text": "  \u{3000}\n"], field: "text", code: "input.missing"),
                Mistake(fields: ["text": "灯不亮"], field: "area", code: "input.missing"),
                Mistake(
                    fields: ["text": String(repeating: "长", count: 10_001), "area": area], field: "text",
                    code: "input.too-long"),
                Mistake(fields: ["text": "灯不亮", "area": "nowhere"], field: "area", code: "input.id"),
                Mistake(fields: ["text": "灯不亮", "area": UUID().uuidString], field: "area", code: "area.unknown"),
                Mistake(
                    fields: ["text": "灯不亮", "area": area, "hint": "gbt47678.5-2026/matter/99999"], field: "hint",
                    code: "matter.unknown"),
                Mistake(fields: ["text": "灯不亮", "area": area, "hint": "路灯"], field: "hint", code: "matter.unknown"),
                Mistake(fields: ["text": "灯不亮", "area": area, "phone": "打给我"], field: "phone", code: "phone.invalid"),
                Mistake(
                    fields: ["text": "灯不亮", "area": area, "channel": "telepathy"], field: "channel",
                    code: "input.choice"),
                Mistake(fields: ["text": ["灯不亮", "灯坏了"], "area": area], field: "text", code: "input.type"),
                Mistake(fields: ["text": ["zh": "灯不亮"], "area": area], field: "text", code: "input.type"),
                Mistake(
                    fields: ["text": "灯不亮", "area": area, "place": String(repeating: "x", count: 201)], field: "place",
                    code: "input.too-long"),
                Mistake(fields: ["text": "灯\u{0}不亮", "area": area], field: "text", code: "input.control-characters"),
                Mistake(fields: ["text": "灯不亮", "area": area, "txet": "?"], field: "txet", code: "input.unknown"),
            ]
            let before = try await TableDump(of: street.deployment.database)
            for mistake in mistakes {
                try await expectRefusal(street, "/api/v1/reports", mistake, as: nil)
            }
            let all = try await street.post("/api/v1/reports", ["phone": "打给我", "channel": "?"])
            #expect(try all.json.violations.count >= 3, "all mistakes are told at once: \(all.text)")
            let after = try await TableDump(of: street.deployment.database)
            #expect(before.differences(from: after).isEmpty, "\(before.differences(from: after))")
        }
    }

    @Test("a mistake in a verb names its field in the person's language, and changes nothing", arguments: Engine.tested)
    func verbs(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let lamps = try await street.person("lamps")
            let checker = try await street.person("checker")
            let received = try await street.make(.received)
            let toFile = try await street.make(.toFile)
            let filed = try await street.make(.filed)
            let signed = try await street.make(.signed)
            let answered = try await street.make(.answered)
            let checked = try await street.make(.checked)
            let lead = lamps.actor.organisation!.description
            let long = String(repeating: "长", count: 2001)
            let mistakes: [(String, Mistake, Person)] = [
                (
                    "/api/v1/reports/\(received.report)/acceptance",
                    Mistake(fields: [:], field: "verification", code: "input.missing"), dispatcher
                ),
                (
                    "/api/v1/reports/\(received.report)/acceptance",
                    Mistake(fields: ["verification": "patrol"], field: "verification", code: "case.not-patrol"),
                    dispatcher
                ),
                (
                    "/api/v1/reports/\(received.report)/acceptance",
                    Mistake(
                        fields: ["verification": "phone", "matter": "x/matter/1"], field: "matter",
                        code: "matter.unknown"), dispatcher
                ),
                (
                    "/api/v1/reports/\(received.report)/acceptance",
                    Mistake(
                        fields: ["verification": "phone", "area": UUID().uuidString], field: "area",
                        code: "area.unknown"), dispatcher
                ),
                (
                    "/api/v1/reports/\(received.report)/joining",
                    Mistake(fields: ["case": "??"], field: "case", code: "case.number-unreadable"), dispatcher
                ),
                (
                    "/api/v1/reports/\(received.report)/refusal",
                    Mistake(fields: ["reason": "settled"], field: "publicNote", code: "input.missing"), dispatcher
                ),
                (
                    "/api/v1/reports/\(received.report)/refusal",
                    Mistake(fields: ["reason": "dislike"], field: "reason", code: "input.choice"), dispatcher
                ),
                (
                    "/api/v1/cases/\(toFile.caseID!)/filing",
                    Mistake(fields: ["dueAt": "2026-11-01"], field: "dueAt", code: "limit.past"), dispatcher
                ),
                (
                    "/api/v1/cases/\(toFile.caseID!)/filing",
                    Mistake(fields: ["dueAt": "soon"], field: "dueAt", code: "input.instant"), dispatcher
                ),
                (
                    "/api/v1/cases/\(toFile.caseID!)/filing",
                    Mistake(
                        fields: ["matter": "gbt47678.5-2026/matter/99999"], field: "matter", code: "matter.unknown"),
                    dispatcher
                ),
                (
                    "/api/v1/cases/\(filed.caseID!)/dispatch",
                    Mistake(
                        fields: ["ground": "statutory", "groundReference": "1"], field: "lead",
                        code: "case.lead-missing"), dispatcher
                ),
                (
                    "/api/v1/cases/\(filed.caseID!)/dispatch",
                    Mistake(
                        fields: ["ground": "statutory", "lead": lead], field: "groundReference",
                        code: "ground.clause-missing"), dispatcher
                ),
                (
                    "/api/v1/cases/\(filed.caseID!)/dispatch",
                    Mistake(
                        fields: ["ground": "agreed", "lead": lead], field: "groundReference",
                        code: "ground.minutes-missing"), dispatcher
                ),
                (
                    "/api/v1/cases/\(filed.caseID!)/dispatch",
                    Mistake(
                        fields: ["ground": "designated", "lead": lead], field: "groundReference",
                        code: "ground.reason-missing"), dispatcher
                ),
                (
                    "/api/v1/cases/\(filed.caseID!)/dispatch",
                    Mistake(
                        fields: ["ground": "statutory", "groundReference": "1", "lead": lead, "assists": [lead]],
                        field: "assists", code: "case.organisation-twice"), dispatcher
                ),
                (
                    "/api/v1/cases/\(filed.caseID!)/dispatch",
                    Mistake(
                        fields: ["ground": "statutory", "groundReference": "1", "lead": UUID().uuidString],
                        field: "lead", code: "organisation.unknown"), dispatcher
                ),
                (
                    "/api/v1/tasks/\(signed.lead!)/answer",
                    Mistake(fields: ["outcome": "done"], field: "publicText", code: "input.missing"), lamps
                ),
                (
                    "/api/v1/tasks/\(signed.lead!)/answer",
                    Mistake(fields: ["outcome": "cannot"], field: "publicText", code: "task.reason-missing"), lamps
                ),
                (
                    "/api/v1/tasks/\(signed.lead!)/answer",
                    Mistake(
                        fields: ["outcome": "done", "publicText": long], field: "publicText", code: "input.too-long"),
                    lamps
                ),
                (
                    "/api/v1/tasks/\(answered.lead!)/check",
                    Mistake(fields: ["verdict": "rework"], field: "note", code: "input.missing"), checker
                ),
                (
                    "/api/v1/cases/\(checked.caseID!)/closing",
                    Mistake(fields: ["outcome": "done"], field: "publicText", code: "input.missing"), dispatcher
                ),
            ]
            let before = try await TableDump(of: street.deployment.database)
            for (path, mistake, person) in mistakes { try await expectRefusal(street, path, mistake, as: person) }
            let after = try await TableDump(of: street.deployment.database)
            #expect(before.differences(from: after).isEmpty, "\(before.differences(from: after))")
        }
    }

    private func expectRefusal(
        _ street: TestStreet, _ path: String, _ mistake: Mistake, as person: Person?
    ) async throws {
        let catalogue = street.deployment.site.catalogue
        for language in Language.allCases {
            let reply = try await street.post(path, mistake.fields, as: person, language: language)
            #expect(reply.status == 422, "\(path) \(mistake.field): \(reply.text)")
            #expect(try reply.json.violations[mistake.field] == mistake.code, "\(path) \(mistake.field): \(reply.text)")
            #expect(!reply.text.contains("⟦"), "\(language): \(reply.text)")
            let label = Phrase.code("field", mistake.field)
            guard mistake.code == "input.missing" else { continue }
            #expect(catalogue.has(label.key, in: language), "field.\(mistake.field) has no name in \(language)")
            #expect(reply.text.contains(catalogue.text(label, in: language)), "\(language): \(reply.text)")
        }
    }

    @Test("an action out of its order is a conflict and changes nothing", arguments: Engine.tested)
    func outOfOrder(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let lamps = try await street.person("lamps")
            let checker = try await street.person("checker")
            let lead = lamps.actor.organisation!.description
            let toVerify = try await street.make(.toVerify).caseID!
            let toFile = try await street.make(.toFile)
            let dispatched = try await street.make(.dispatched)
            let signed = try await street.make(.signed)
            let closed = try await street.make(.closed)
            let order: [String: Any] = ["lead": lead, "ground": "statutory", "groundReference": "1"]
            let answer: [String: Any] = ["outcome": "done", "publicText": "好了"]
            let before = try await TableDump(of: street.deployment.database)
            let attempts: [(String, [String: Any], Person)] = [
                ("/api/v1/cases/\(toVerify)/filing", [:], dispatcher),
                ("/api/v1/cases/\(toVerify)/dispatch", order, dispatcher),
                ("/api/v1/cases/\(toFile.caseID!)/verification", [:], dispatcher),
                ("/api/v1/cases/\(toFile.caseID!)/dispatch", order, dispatcher),
                ("/api/v1/reports/\(toFile.report)/acceptance", ["verification": "phone"], dispatcher),
                ("/api/v1/reports/\(toFile.report)/refusal", ["reason": "elsewhere"], dispatcher),
                ("/api/v1/tasks/\(dispatched.lead!)/answer", answer, lamps),
                ("/api/v1/tasks/\(dispatched.lead!)/check", ["verdict": "pass"], checker),
                ("/api/v1/cases/\(dispatched.caseID!)/closing", answer, dispatcher),
                ("/api/v1/cases/\(dispatched.caseID!)/dispatch", order, dispatcher),
                ("/api/v1/tasks/\(signed.lead!)/signature", [:], lamps),
                ("/api/v1/tasks/\(signed.lead!)/check", ["verdict": "pass"], checker),
                ("/api/v1/cases/\(closed.caseID!)/closing", answer, dispatcher),
                ("/api/v1/cases/\(closed.caseID!)/dispatch", order, dispatcher),
                ("/api/v1/tasks/\(closed.lead!)/answer", answer, lamps),
            ]
            for (path, fields, person) in attempts {
                let reply = try await street.post(path, fields, as: person)
                #expect(reply.status == 409, "\(path): \(reply.text)")
                #expect(!reply.text.contains("⟦"))
            }
            let after = try await TableDump(of: street.deployment.database)
            #expect(before.differences(from: after).isEmpty, "\(before.differences(from: after))")
        }
    }

    @Test("the handler does not check its own work, whatever rights the account has", arguments: Engine.tested)
    func ownCheck(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let both = try await street.sign(
                "both", posts: [("handler", "lamps", "330299001"), ("checker", "lamps", "330299001")])
            let trail = try await street.make(.answered)
            let reply = try await street.post("/api/v1/tasks/\(trail.lead!)/check", ["verdict": "pass"], as: both)
            #expect(reply.status == 403)
            #expect(try reply.json["code"]?.string == "task.checker-same-organisation", "\(reply.text)")
        }
    }

    @Test("an organisation cannot act on the part of another in the same case", arguments: Engine.tested)
    func othersPart(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let trail = try await street.make(.dispatched, assist: "sanitation")
            let sanitation = try await street.person("sanitation")
            let reply = try await street.post("/api/v1/tasks/\(trail.lead!)/signature", as: sanitation)
            #expect([403, 409, 422].contains(reply.status), "\(reply.status)")
            #expect(try reply.json["code"]?.string == "task.not-yours", "\(reply.text)")
        }
    }

    @Test(
        "forged, mistyped and other people's ids are not found, and no answer tells the two apart",
        arguments: Engine.tested)
    func forgedIDs(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            let theirs = try await street.make(.dispatched, in: "330299002001", lead: "cleaners-lx")
            let nobody = "018f0000-0000-7000-8000-000000000000"
            let pairs: [(String, String, [String: Any])] = [
                (
                    "/api/v1/reports/\(theirs.report)/acceptance", "/api/v1/reports/\(nobody)/acceptance",
                    ["verification": "phone"]
                ),
                ("/api/v1/cases/\(theirs.caseID!)/filing", "/api/v1/cases/\(nobody)/filing", [:]),
                (
                    "/api/v1/cases/\(theirs.caseID!)/closing", "/api/v1/cases/\(nobody)/closing",
                    ["outcome": "done", "publicText": "好"]
                ),
            ]
            for (real, forged, fields) in pairs {
                let one = try await street.post(real, fields, as: dispatcher)
                let other = try await street.post(forged, fields, as: dispatcher)
                #expect(one.status == 404 && other.status == 404, "\(real): \(one.status) \(other.status)")
                #expect(try one.json["code"]?.string == other.json["code"]?.string)
                #expect(try one.json["title"]?.string == other.json["title"]?.string)
            }
            let mine = try await street.make(.received)
            let joining = try await street.post(
                "/api/v1/reports/\(mine.report)/joining", ["case": theirs.number!], as: dispatcher)
            #expect(joining.status == 404)
            #expect([404, 422].contains(try await street.get("/api/v1/cases/1234", as: dispatcher).status))
            let unused = TrackingCode(random: 12345)
            let mistyped = String(unused.digits.dropLast()) + (unused.digits.hasSuffix("0") ? "1" : "0")
            #expect(try await street.get("/api/v1/stories/\(mistyped)").status == 422)
            #expect(try await street.get("/api/v1/stories/\(unused.digits)").status == 404)
            #expect(try await street.get("/api/v1/nothing").status == 404)
            #expect([404, 405].contains(try await street.send(.put, "/api/v1/reports").status))
        }
    }

    @Test(
        "a session that has run out is told so: 401 for machines, the sign-in page for people", arguments: Engine.tested
    )
    func expiredSession(engine: Engine) async throws {
        try await withStreet(engine) { street in
            let dispatcher = try await street.person("dispatcher")
            #expect(try await street.get("/api/v1/me", as: dispatcher).status == 200)
            street.clock.advance(seconds: 13 * 3600)
            let trail = try await street.make(.received)
            let machine = try await street.get("/api/v1/me", as: dispatcher)
            #expect(machine.status == 401)
            let page = try await street.page("/work/console", as: dispatcher)
            #expect(page.status == 303 && page.location?.contains("expired=1") == true)
            #expect(page.location?.contains("next=%2Fwork%2Fconsole") == true)
            let before = try await TableDump(of: street.deployment.database)
            let act = try await street.submit(
                "/work/reports/\(trail.report)/accept", ["verification": "phone"], as: dispatcher)
            #expect(act.status == 401 || act.status == 303, "\(act.status)")
            let after = try await TableDump(of: street.deployment.database)
            #expect(before.differences(from: after).isEmpty)
            // Forged tokens are like none.
            var forged = dispatcher
            forged = Person(
                login: "", role: "", actor: forged.actor, account: forged.account, session: forged.session,
                token: String(repeating: "A", count: 43))
            #expect(try await street.get("/api/v1/me", as: forged).status == 401)
        }
    }
}
