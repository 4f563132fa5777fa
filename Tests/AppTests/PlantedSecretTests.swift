import Domain
import Foundation
import Logging
import Storage
import StorageSQLite
import StorageTestSupport
import Testing
import Vault

@testable import App
@testable import Casework
@testable import Web

@Suite("Planted secrets")
struct PlantedSecretTests {
    /// A citizen id with a right check digit, phones, and a bank card with a right check digit; none belongs to anybody.
    private static let citizen = "330299199003078811"
    private static let phones = ["13800138000", "13912345678", "15012340001"]
    private static let card = "6222020200112233445"

    private static var secrets: [String] { [citizen, card] + phones }

    private func words(_ phone: String) -> String {
        "我叫王三，身份证\(Self.citizen)，电话\(phone)，卡号 \(Self.card)。北门的路灯不亮。"
    }

    @Test(
        "ids, phones and bank cards are nowhere in file, WAL, outbox, request keys, audit or log of SQLite; the key opens them"
    )
    func sqlite() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "/planted.sqlite"
            let database = try SQLiteDatabase(path: path)
            let log = CapturedLog()
            let (deployment, clock) = try await TestStreet.build(on: database, logger: log.logger)
            try await deployment.serving(log) { client in
                let street = TestStreet(deployment: deployment, clock: clock, client: client)
                let first = try await plant(street)
                try await expectNowhere(street, log, "before the relay", files: [path, path + "-wal"])
                try await deployment.relay.drain()
                try await workOn(first, street)
                try await deployment.relay.drain()
                try await expectNowhere(street, log, "at the end", files: [path, path + "-wal", path + "-shm"])
                try await expectOpens(first, street)
            }
            await database.close()
            var closed = try Data(contentsOf: URL(filePath: path))
            if let wal = try? Data(contentsOf: URL(filePath: path + "-wal")) { closed += wal }
            expectClean(closed, "the files once closed")
            #expect(closed.range(of: Data("路灯".utf8)) != nil, "what may be read is there, so that the search is one")
        }
    }

    @Test("ids, phones and bank cards are nowhere in the rows of PostgreSQL; the key opens them")
    func postgres() async throws {
        guard Engine.tested.contains(.postgres) else { return }
        let log = CapturedLog()
        try await withStreet(.postgres, doubleRun: false, log: log) { street in
            let first = try await plant(street)
            try await expectNowhere(street, log, "before the relay", files: [])
            try await street.deployment.relay.drain()
            try await workOn(first, street)
            try await street.deployment.relay.drain()
            try await expectNowhere(street, log, "at the end", files: [])
            try await expectOpens(first, street)
        }
    }

    // MARK: Planting

    /// Through the JSON interface, the page and the import; also where a phone is the key of a request or a mistake.
    private func plant(_ street: TestStreet) async throws -> ReportID {
        let area = try street.area("330299001001").description
        let phone = Self.phones[0]
        let sent = try await street.post(
            "/api/v1/reports",
            [
                "text": words(phone), "title": "找\(phone)", "place": "\(phone)家门口 \(Self.citizen)", "area": area,
                "phone": phone, "hint": TestStreet.matter,
            ],
            key: "\(phone)-\(Self.citizen)")
        #expect(sent.status == 201, "\(sent.text)")
        let form = try await street.submit(
            "/report",
            ["text": words(Self.phones[1]), "place": Self.card, "area": area, "phone": "139 1234 5678"],
            once: Self.phones[1])
        #expect(form.status == 303, "\(form.text)")
        let line =
            #"{"id":"1","title":"找15012340001","text":"\#(words(Self.phones[2]))","time":"2026-11-01 10:00:00","label":"路灯"}"#
        let imported = try await ImportReports(source: "file", area: try street.area("330299001"))
            .run(Array(line.utf8), in: street.deployment.casework)
        #expect(imported.added == 1, "\(imported)")
        // What is refused must not be kept or logged either.
        let refused = try await street.post(
            "/api/v1/reports", ["text": words(phone), "area": area, "phone": "打\(phone)给我"])
        #expect(refused.status == 422)
        let dispatcher = try await street.person("dispatcher")
        _ = try await street.page("/work/search?q=\(phone)", as: dispatcher)
        _ = try await street.get("/api/v1/reports/\(phone)", as: dispatcher)
        return try #require(ReportID(try sent.json["id"]?.string ?? ""))
    }

    /// Every verb, with secrets in what staff write.
    private func workOn(_ report: ReportID, _ street: TestStreet) async throws {
        let dispatcher = try await street.person("dispatcher")
        let lamps = try await street.person("lamps")
        let checker = try await street.person("checker")
        let note = words(Self.phones[0])
        let asked = try await street.post("/api/v1/reports/\(report)/question", ["question": note], as: dispatcher)
        #expect(asked.status == 200, "\(asked.text)")
        let code = try await street.get("/api/v1/reports/\(report)", as: dispatcher).json["trackingCode"]?.string ?? ""
        #expect(
            try await street.post("/api/v1/stories/\(code)/supplement", ["more": note], key: Self.phones[2]).status
                == 201)
        let accepted = try await street.post(
            "/api/v1/reports/\(report)/acceptance",
            ["verification": "on-spot", "note": note, "title": "找\(Self.phones[0])"], as: dispatcher,
            key: Self.phones[0])
        let id = try #require(try accepted.json["id"]?.string)
        // Opening them shows them once and writes them nowhere.
        for what in ["words", "phone"] {
            let opened = try await street.post(
                "/api/v1/reports/\(report)/disclosures",
                ["what": what, "purpose": "other", "reason": String(note.prefix(60))],
                as: dispatcher)
            #expect(opened.status == 200 && opened.text.contains(Self.phones[0]))
        }
        #expect(try await street.post("/api/v1/cases/\(id)/verification", ["note": note], as: dispatcher).status == 200)
        #expect(try await street.post("/api/v1/cases/\(id)/filing", ["note": note], as: dispatcher).status == 200)
        #expect(
            try await street.post(
                "/api/v1/cases/\(id)/dispatch",
                [
                    "lead": lamps.actor.organisation!.description, "ground": "designated", "groundReference": note,
                    "note": note,
                ], as: dispatcher
            ).status == 200)
        let task = try #require(
            try await street.get("/api/v1/cases/\(id)", as: dispatcher).json["tasks"]?.array.first?["id"]?.string)
        #expect(
            try await street.post(
                "/api/v1/tasks/\(task)/refusal", ["reason": "place", "groundReference": note, "note": note], as: lamps
            ).status == 200)
        #expect(
            try await street.post(
                "/api/v1/tasks/\(task)/ruling", ["ruling": "uphold", "note": note], as: dispatcher
            ).status == 200)
        #expect(try await street.post("/api/v1/tasks/\(task)/signature", as: lamps).status == 200)
        #expect(
            try await street.post(
                "/api/v1/tasks/\(task)/progress", ["publicText": note, "note": note], as: lamps
            ).status == 200)
        #expect(
            try await street.post("/api/v1/tasks/\(task)/reminder", ["note": note], as: dispatcher).status == 200)
        let grid = try await street.person("grid")
        let patrol = try await street.post(
            "/api/v1/self-handled",
            [
                "area": try street.area("330299001001").description, "matter": TestStreet.matter, "title": note,
                "place": note, "text": note, "publicText": note, "internalText": note,
            ], as: grid, key: Self.phones[2])
        #expect(patrol.status == 201, "\(patrol.text)")
        #expect(
            try await street.post(
                "/api/v1/tasks/\(task)/answer", ["outcome": "done", "publicText": note, "internalText": note], as: lamps
            ).status == 200)
        #expect(
            try await street.post("/api/v1/tasks/\(task)/check", ["verdict": "pass", "note": note], as: checker).status
                == 200)
        #expect(
            try await street.post(
                "/api/v1/cases/\(id)/finishing", ["outcome": "done", "publicText": note, "note": note], as: dispatcher
            ).status == 200)
        #expect(
            try await street.post(
                "/api/v1/cases/\(id)/callbacks", ["means": "phone", "reached": "yes", "solved": "yes", "note": note],
                as: dispatcher
            ).status == 201)
        #expect(try await street.post("/api/v1/cases/\(id)/closing", ["note": note], as: dispatcher).status == 200)
        let rating = ["solved": "no", "satisfaction": "dissatisfied", "words": note]
        #expect(try await street.post("/api/v1/stories/\(code)/rating", rating, key: Self.phones[0]).status == 201)
        #expect(try await street.post("/api/v1/stories/\(code)/objection", ["why": note]).status == 201)
        let second = try await street.person("second")
        #expect(
            try await street.post(
                "/api/v1/reports/\(report)/ruling", ["ruling": "upheld", "publicNote": note, "note": note], as: second
            ).status == 200)
        #expect(try await street.post("/api/v1/cases/\(id)/reopening", ["note": note], as: dispatcher).status == 200)
        #expect(
            try await street.post(
                "/api/v1/cases/\(id)/amendment", ["title": "再找\(Self.phones[1])", "note": note], as: dispatcher
            ).status == 200)
        #expect(
            try await street.post(
                "/api/v1/cases/\(id)/voiding", ["publicNote": note, "note": note], as: dispatcher
            ).status == 200)
    }

    // MARK: Looking

    private func expectNowhere(_ street: TestStreet, _ log: CapturedLog, _ when: String, files: [String]) async throws {
        let dump = try await TableDump(of: street.deployment.database)
        for secret in Self.secrets {
            // PostgreSQL prints bytes as hexadecimal digits.
            let hex = secret.utf8.map { String($0, radix: 16) }.joined()
            for (table, rows) in dump.tables {
                #expect(!rows.contains { $0.contains(secret) || $0.contains(hex) }, "\(secret) in \(table), \(when)")
            }
            #expect(!log.text.contains(secret), "\(secret) in the log, \(when)")
        }
        #expect(
            when != "before the relay" || dump.tables["outbox"]?.isEmpty == false,
            "the outbox is looked at while it is full")
        for file in files where FileManager.default.fileExists(atPath: file) {
            expectClean(try Data(contentsOf: URL(filePath: file)), "\(file), \(when)")
        }
    }

    private func expectClean(_ bytes: Data, _ place: String) {
        #expect(!bytes.isEmpty, "\(place)")
        for secret in Self.secrets {
            #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(secret) in \(place)")
        }
    }

    private func expectOpens(_ report: ReportID, _ street: TestStreet) async throws {
        let row = try await street.deployment.database.read { tx in
            try tx.first("SELECT words, words_key, phone, title, text, place FROM report WHERE id = \(report)")
        }
        let stored = try #require(row)
        let keys = street.deployment.keys
        let key = try keys.openRecordKey(
            SealedRecordKey(bytes: try stored.get("words_key")), table: "report", column: "words_key", id: report.uuid)
        let original = try key.openText(
            Envelope(bytes: try stored.get("words")), table: "report", column: "words", id: report.uuid)
        #expect(original.contains(words(Self.phones[0])))
        let phone = try key.openText(
            Envelope(bytes: try stored.get("phone")), table: "report", column: "phone", id: report.uuid)
        #expect(phone.hasSuffix(Self.phones[0]))
        #expect(try stored.get("text", as: String.self).contains("路灯不亮"))
        #expect(throws: VaultError.self) {
            try KeyRing.fresh().openRecordKey(
                SealedRecordKey(bytes: try stored.get("words_key")), table: "report", column: "words_key",
                id: report.uuid)
        }
    }

    @Test("the search for secrets finds one that lies open")
    func finds() async throws {
        try await withStreet(.sqlite) { street in
            let trail = try await street.make(.received)
            try await street.deployment.database.write { tx in
                try tx.execute("UPDATE report SET label = \(Self.phones[0]) WHERE id = \(trail.report)")
            }
            #expect(try await TableDump(of: street.deployment.database).all.contains(Self.phones[0]))
        }
    }
}
