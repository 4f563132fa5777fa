import Areas
import Domain
import Foundation
import Storage
import StorageTestSupport
import Testing

@testable import App
@testable import Casework
@testable import Identity
@testable import Web

@Suite("Texts in both languages")
struct TextTests {
    private static let people = [
        nil, "seat", "dispatcher", "supervisor", "grid", "lamps", "checker", "reader", "system", "cleaners-lx",
    ]

    /// Their pages show names of columns and ids besides texts.
    private static let administrators: [String?] = ["audit", "security", "system"]

    /// A street with a report at every stage, a joined and a refused one.
    private func fill(_ street: TestStreet) async throws -> [Trail] {
        var trails: [Trail] = []
        for stage in Stage.allCases { trails.append(try await street.make(stage, assist: "sanitation")) }
        let refused = try await street.make(.received)
        let seat = try await street.person("seat")
        _ = try await RefuseReport(report: refused.report, reason: .outside, publicNote: "这是私人之间的事。").run(
            by: seat.actor, in: street.deployment.casework)
        let joined = try await street.make(.received)
        _ = try await JoinReport(report: joined.report, caseID: trails[4].caseID!).run(
            by: seat.actor, in: street.deployment.casework)
        trails += try await spoken(street)
        try await street.deployment.relay.drain()
        return trails + [refused, joined]
    }

    /// Reports whose senders have said something, each another thing.
    private func spoken(_ street: TestStreet) async throws -> [Trail] {
        let casework = street.deployment.casework
        let called = try await street.make(.finished)
        let seat = try await street.person("seat").actor
        for (isReached, isSolved) in [(false, nil), (true, false)] as [(Bool, Bool?)] {
            let attempt = CallbackTry(means: .phone, isReached: isReached, isSolved: isSolved)
            _ = try await CallBack(caseID: called.caseID!, attempt: attempt).run(by: seat, in: casework)
        }
        let rated = try await street.make(.closed)
        _ = try await RateReport(
            code: try TrackingCode(typed: rated.code),
            draft: RatingDraft(wasContacted: false, isSolved: false, satisfaction: .dissatisfied, words: "灯换好了。")
        ).run(by: .anonymous, in: casework)
        var objected: [Trail] = []
        for (stage, ruling) in [
            (.closed, nil), (.closed, .upheld), (.closed, .granted), (.refusedReport, nil), (.refusedReport, .upheld),
            (.refusedReport, .granted),
        ] as [(Stage, ObjectionRuling?)] {
            let trail = try await street.make(stage)
            objected.append(trail)
            _ = try await ObjectToReport(speaking: .sender(try TrackingCode(typed: trail.code)), words: "灯换好了。")
                .run(by: .anonymous, in: casework)
            guard let ruling else { continue }
            _ = try await RuleOnObjection(report: trail.report, ruling: ruling, publicNote: "灯换好了。")
                .run(by: try await street.person("second").actor, in: casework)
        }
        return [called, rated] + objected
    }

    private func starts(_ trails: [Trail], _ person: Person?) -> [String] {
        let open = ["/", "/report", "/follow", "/signin", "/signin?expired=1", "/nowhere"]
        let stories = trails.flatMap { ["/follow/\($0.code)", "/report/done/\($0.code)"] } + ["/follow/1234"]
        guard person != nil else { return open + stories + ["/work"] }
        return [
            "/me", "/admin/security", "/admin/accounts", "/admin/accounts?login=seat", "/admin/accounts?login=none",
            "/work",
            "/work/console", "/work/desk", "/work/search?q=%E8%B7%AF%E7%81%AF", "/work/search?q=%21",
            "/follow/\(trails[0].code)",
        ]
            + trails.compactMap(\.caseID).flatMap { ["/work/console?case=\($0)", "/work/desk?case=\($0)"] }
            + trails.flatMap { ["/work/console?report=\($0.report)", "/work/reports/\($0.report)/disclosure"] } + [
                "/admin/audit", "/admin/audit?person=x&thing=x",
            ]
    }

    @Test("no page shows a key without a text, to anybody, in either language")
    func crawl() async throws {
        try await withStreet(.sqlite, doubleRun: false) { street in
            let trails = try await fill(street)
            var visited = 0
            for login in Self.people + Self.administrators {
                var person: Person?
                if let login { person = try await street.person(login) }
                for language in Language.allCases {
                    let visits = try await Crawl(street: street).pages(
                        from: starts(trails, person), as: person, language: language)
                    visited += visits.count
                    for visit in visits {
                        #expect(!visit.text.contains("⟦"), "\(login ?? "-") \(language) \(visit.path)")
                        #expect(visit.status < 500, "\(login ?? "-") \(visit.path): \(visit.status)")
                        if language == .english, visit.status == 200 {
                            #expect(visit.text.contains("lang=\"en\""), "\(visit.path)")
                        }
                    }
                }
            }
            print("crawled \(visited) pages")
            #expect(visited > 200)
        }
    }

    @Test("nothing on a page is written past the catalogues: with every text in «…», only data stands outside")
    func pseudoLocale() async throws {
        try await withStreet(.sqlite, doubleRun: false) { street in
            let trails = try await fill(street)
            let deployment = try withPseudoLocale(street.deployment)
            let data = await Self.data(street)
            try await deployment.serving { client in
                let pseudo = TestStreet(deployment: deployment, clock: street.clock, client: client)
                // Where each text was seen first: most stand on every page.
                var seen: [String: String] = [:]
                for login in Self.people {
                    var person: Person?
                    if let login { person = try await pseudo.person(login) }
                    for language in Language.allCases {
                        for visit in try await Crawl(street: pseudo).pages(
                            from: starts(trails, person), as: person, language: language, limit: 60)
                        {
                            for text in PageWords(visit.text).texts where seen[text] == nil {
                                seen[text] = "\(language) \(visit.path)"
                            }
                        }
                    }
                }
                // Forms that were refused have words of their own.
                let dispatcher = try await pseudo.person("dispatcher")
                let refused = [
                    try await pseudo.submit("/report", ["text": "", "area": ""]),
                    try await pseudo.submit("/follow", ["code": "12"]),
                    try await pseudo.submit("/signin", ["login": "x", "password": ""]),
                    try await pseudo.submit(
                        "/work/reports/\(trails[0].report)/accept?queue=accept", ["title": ""], as: dispatcher),
                ]
                for reply in refused {
                    #expect(reply.status == 422, "\(reply.status)")
                    for text in PageWords(reply.text).texts where seen[text] == nil { seen[text] = "a refused form" }
                }
                let whole = Set(data)
                let leftovers = seen.compactMap { text, place in
                    PageWords.leftover(text, allowing: data, whole).map { "\($0) ← \(place)" }
                }
                #expect(
                    leftovers.isEmpty, "\(leftovers.sorted().joined(separator: "\n"))"
                )
            }
        }
    }

    @Test("the pseudo-locale finds a word that is written into a page")
    func findsPlanted() {
        let page = PageWords(
            "<p>«Report»</p><p>«To «lamps» sent» 2026</p><p>Click here</p><a aria-label=\"Close\">«x»</a>")
        #expect(page.leftovers(allowing: []).sorted() == ["Click here", "Close"])
    }

    @Test("the frame of a staff page names the office in the reader's language")
    func officeName() async throws {
        try await withStreet(.sqlite) { street in
            let dispatcher = try await street.person("dispatcher")
            #expect(
                try await street.page("/work", as: dispatcher, language: .english).text.contains("Qinghe Street Centre")
            )
            #expect(try await street.page("/work", as: dispatcher, language: .chinese).text.contains("清河街道指挥中心"))
            let me = try await street.get("/api/v1/me", as: dispatcher, language: .english).json
            #expect(me["organisationName"]?.string == "Qinghe Street Centre")
        }
    }

    // MARK: The pseudo-locale

    /// Every text of every catalogue, wrapped.
    private func withPseudoLocale(_ deployment: Deployment) throws -> Deployment {
        let folder = FileManager.default.temporaryDirectory.appending(path: "linli-pseudo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for language in Language.allCases {
            var texts: [String: String] = [:]
            for source in deployment.catalogueFolders {
                let file = source.appending(path: "\(language.rawValue).json")
                for (key, text) in try JSONDecoder().decode([String: String].self, from: Data(contentsOf: file)) {
                    texts[key] = "«\(text)»"
                }
            }
            try JSONEncoder().encode(texts).write(to: folder.appending(path: "\(language.rawValue).json"))
        }
        return deployment.replacing(catalogue: try Catalogue(folders: [folder]))
    }

    /// The data's own words: names of areas, offices and people, what was reported, the official directory.
    private static func data(_ street: TestStreet) async -> [String] {
        let tree = street.deployment.areas.tree
        let areas = tree.roots.flatMap { tree.descendants(of: $0.id) }.compactMap { tree.area($0)?.name }
        let offices = TestStreet.offices.flatMap { [$0.chinese, $0.english] }
        let directory = street.deployment.casework.catalogues.directories.flatMap { directory in
            [MatterKind.matter, .component].flatMap { kind in
                directory.classes(of: kind).flatMap { group in
                    [group.name] + directory.entries(of: kind, inClass: group.reference.code).map(\.name)
                }
            }
        }
        let posts = TestStreet.posts.flatMap { ["人员\($0.login)"] }
        let said = [
            "北门的路灯不亮。", "北门那盏灯坏了。", "不属于城市管理的事。", "北门", "灯换好了。", "第38条", "是哪一盏灯？", "这是私人之间的事。", "QH26", "路灯",
            "要等配件", "等汛期过去",
        ]
        // The names of the languages stand in their own language, and the product's name is a name.
        let names = ["Linli", "English", "中文", "简体中文", "邻里"]
        return
            (areas.flatMap { [$0.chinese, $0.english] } + offices + directory + posts + said + names + [
                street.deployment.site.name.chinese, street.deployment.site.name.english,
            ])
            .map { $0.filter { !$0.isNumber } }.filter { !$0.isEmpty }.sorted { $0.count > $1.count }
    }

    // MARK: Completeness

    @Test("every code of the domain has a name in both languages, reasons their hint and direction too")
    func codes() async throws {
        try await withStreet(.sqlite) { street in
            let catalogue = street.deployment.site.catalogue
            var keys: [String] = []
            func add<C: Code>(_: C.Type) { keys += C.allCases.map(\.key) }
            add(Channel.self)
            add(Ground.self)
            add(TaskRole.self)
            add(ReportState.self)
            add(ReportAction.self)
            add(CaseState.self)
            add(CaseAction.self)
            add(CasePhase.self)
            add(TaskState.self)
            add(TaskAction.self)
            add(OverlayState.self)
            add(OverlayAction.self)
            add(Outcome.self)
            add(Verdict.self)
            add(Verification.self)
            add(RefusalReason.self)
            add(TaskRefusalReason.self)
            add(Ruling.self)
            add(FieldChange.Field.self)
            add(SplitDestination.self)
            add(MatterKind.self)
            add(Queue.self)
            add(SubjectKind.self)
            add(DisclosurePurpose.self)
            add(DisclosedField.self)
            add(LimitStage.self)
            add(LimitUnit.self)
            add(LimitStanding.self)
            add(LimitAction.self)
            add(LimitMove.self)
            add(MatterClass.self)
            add(CallbackMeans.self)
            add(CallbackResult.self)
            add(Satisfaction.self)
            add(YesNo.self)
            add(Contested.self)
            add(ObjectionRuling.self)
            keys += StoryNotice.allCases.map(\.phrase.key)
            add(OverlayKind.self)
            add(OverlayVerdict.self)
            keys += RefusalReason.allCases.flatMap { [$0.hintKey, $0.directionKey] }
            keys += Notice.allCases.map(\.phrase.key)
            keys += street.deployment.identity.roles.roles.map(\.name.key)
            keys += ReportState.allCases.map { "casework.public.report.\($0.rawValue)" }
            keys += CasePhase.allCases.map { "casework.public.phase.\($0.rawValue)" }
            for key in keys {
                for language in Language.allCases { #expect(catalogue.has(key, in: language), "\(key) in \(language)") }
            }
        }
    }

    @Test("both languages have the same keys, with the same placeholders")
    func placeholders() async throws {
        try await withStreet(.sqlite) { street in
            for folder in street.deployment.catalogueFolders {
                func texts(_ language: Language) throws -> [String: String] {
                    try JSONDecoder().decode(
                        [String: String].self,
                        from: Data(contentsOf: folder.appending(path: "\(language.rawValue).json")))
                }
                let chinese = try texts(.chinese)
                let english = try texts(.english)
                #expect(Set(chinese.keys.map(base)) == Set(english.keys.map(base)), "\(folder.path)")
                for (key, text) in chinese {
                    let other = english[key] ?? english[base(key) + ".other"] ?? english[base(key)]
                    #expect(other != nil, "\(key)")
                    #expect(names(in: text) == names(in: other ?? ""), "\(key): \(text) / \(other ?? "")")
                }
            }
        }
    }

    /// Languages tell plurals apart differently.
    private func base(_ key: String) -> String {
        for ending in [".one", ".other"] where key.hasSuffix(ending) { return String(key.dropLast(ending.count)) }
        return key
    }

    private func names(in text: String) -> Set<String> {
        Set(text.matches(of: /\{([^}]*)\}/).map { String($0.1) })
    }

    @Test("every problem that an endpoint names has a text in both languages")
    func problems() async throws {
        try await withStreet(.sqlite) { street in
            for endpoint in street.deployment.endpoints {
                for code in endpoint.errors {
                    for language in Language.allCases {
                        #expect(
                            street.deployment.site.catalogue.has("problem.\(code)", in: language),
                            "\(endpoint.name): \(code) in \(language)")
                    }
                }
            }
        }
    }
}
