import Domain
import Storage

@testable import App
@testable import Areas
@testable import Casework
@testable import Identity
@testable import Web

/// A small district of its own with random areas, offices, people and cases, beside others in the same database.
struct RandomStreet: Sendable {
    let deployment: Deployment
    /// Code of area → its id; the code of an area begins with that of the area above.
    let areas: [String: AreaID]
    let offices: [OrganisationID]
    let people: [Actor]
    private(set) var reports: [ReportID] = []
    private(set) var cases: [CaseID] = []

    static let words = ["路灯", "电梯", "垃圾", "噪音", "井盖"]

    /// - Parameter number: 0 to 99; keeps this district apart from the others.
    init(_ number: Int, in deployment: Deployment, _ chance: inout SeededChance) async throws {
        let district = "4403" + (number < 10 ? "0\(number)" : "\(number)")
        var codes = [district]
        var lines = [
            "level,code,parent_code,name_zh,name_en,letters", "district,\(district),,区\(number),District \(number),",
        ]
        for street in 1...Int.random(in: 1...2, using: &chance) {
            let code = "\(district)00\(street)"
            codes.append(code)
            let letters =
                "R" + String(UnicodeScalar(UInt8(65 + number / 26))) + String(UnicodeScalar(UInt8(65 + number % 26)))
                + (street == 1 ? "A" : "B")
            lines.append("street,\(code),\(district),街道\(code),Street \(code),\(letters)")
            for community in 1...Int.random(in: 1...2, using: &chance) {
                let inner = "\(code)00\(community)"
                codes.append(inner)
                lines.append("community,\(inner),\(code),社区\(inner),Community \(inner),")
                guard chance.one(in: 50) else { continue }
                codes.append("\(inner)001")
                lines.append("grid,\(inner)001,\(inner),网格\(inner),Grid \(inner),")
            }
        }
        let imported = try await ImportAreas(content: lines.joined(separator: "\n")).run(
            on: deployment.database, world: deployment.world)
        guard imported.errors.isEmpty else { throw TestStreet.Missing("areas: \(imported.errors)") }
        try await deployment.areas.refresh(from: deployment.database)
        var areas: [String: AreaID] = [:]
        for code in codes { areas[code] = try deployment.area(code) }

        var offices: [OrganisationID] = []
        for index in 0..<Int.random(in: 2...3, using: &chance) {
            offices.append(
                try await CreateOrganisation(
                    code: "r\(number)-\(index)", kind: .department,
                    name: LocalizedName(chinese: "单位\(number)-\(index)", english: "Office \(number)-\(index)"),
                    area: areas[codes.randomElement(using: &chance) ?? district] ?? deployment.area(district)
                ).run(by: .console, deployment.identity).id)
        }
        let roles = [
            "seat", "dispatcher", "dispatcher", "handler", "handler", "checker", "reader", "supervisor", "grid-worker",
            "system-administrator",
        ]
        var people: [Actor] = []
        for office in offices {
            // Somebody in each office can answer for it, so that cases come far.
            people.append(Self.actor([("handler", office, areas[district]!)], deployment))
        }
        people.append(Self.actor([("dispatcher", offices[0], areas[district]!)], deployment))
        people.append(Self.actor([("checker", offices[0], areas[district]!)], deployment))
        people.append(Self.actor([("checker", offices[1], areas[district]!)], deployment))
        for _ in 0..<3 {
            var posts: [(String, OrganisationID, AreaID)] = []
            for _ in 0..<Int.random(in: 1...2, using: &chance) {
                posts.append(
                    (
                        roles.randomElement(using: &chance)!, offices.randomElement(using: &chance)!,
                        areas[codes.randomElement(using: &chance)!]!
                    ))
            }
            people.append(Self.actor(posts, deployment))
        }
        self.deployment = deployment
        self.areas = areas
        self.offices = offices
        self.people = people
    }

    private static func actor(_ posts: [(String, OrganisationID, AreaID)], _ deployment: Deployment) -> Actor {
        let account: AccountID = deployment.world.id()
        let now = deployment.world.now()
        let assignments = posts.map {
            Assignment(
                id: deployment.world.id(), account: account, role: $0.0, organisation: $0.1, area: $0.2, validFrom: now)
        }
        return Actor(
            account: account, organisation: posts[0].1, grants: deployment.identity.roles.grants(for: assignments))
    }

    // MARK: Verbs

    /// One verb by somebody; what the rules refuse changes nothing.
    mutating func act(_ chance: inout SeededChance) async throws {
        let casework = deployment.casework
        if reports.isEmpty || chance.one(in: 12) {
            let area = areas.sorted { $0.key < $1.key }.randomElement(using: &chance)!.value
            let text = Self.words.shuffled(using: &chance).prefix(2).joined(separator: "坏了，") + "有问题。"
            reports.append(
                try await SubmitReport(
                    draft: ReportDraft(channel: .web, area: area, text: text),
                    phone: chance.one(in: 30) ? "13800138000" : nil
                )
                .run(by: .anonymous, in: casework).id)
            return
        }
        do {
            if chance.one(in: 3) { return try await patrol(&chance) }
            if chance.one(in: 12) {
                try await speak(&chance)
            } else if cases.isEmpty || chance.one(in: 15) {
                try await decide(&chance)
            } else {
                try await handle(&chance)
            }
        } catch is RuleViolation {
        } catch is RuleViolations {
        }
    }

    /// Found and done on the round.
    private mutating func patrol(_ chance: inout SeededChance) async throws {
        let area = areas.sorted { $0.key < $1.key }.randomElement(using: &chance)!.value
        let word = Self.words.randomElement(using: &chance)!
        let receipt = try await SelfHandle(
            area: area, text: word + "松了。",
            work: PatrolWork(matter: MatterReference(TestStreet.matter), publicText: "拧紧了。")
        ).run(by: somebody(CaseworkPermission.selfHandleCase, &chance), in: deployment.casework)
        reports.append(receipt.report)
        cases.append(receipt.id)
    }

    /// Mostly somebody who holds the right somewhere, sometimes anybody.
    private func somebody(_ right: Permission, _ chance: inout SeededChance) -> Actor {
        let able = people.filter { $0.holds(right) }
        return (chance.one(in: 85) ? able.randomElement(using: &chance) : nil) ?? people.randomElement(using: &chance)!
    }

    private mutating func decide(_ chance: inout SeededChance) async throws {
        let casework = deployment.casework
        let report = reports.randomElement(using: &chance)!
        switch Int.random(in: 0..<10, using: &chance) {
        case 0:
            _ = try await RefuseReport(report: report, reason: .elsewhere).run(
                by: somebody(CaseworkPermission.refuseReport, &chance), in: casework)
        case 1, 2:
            guard let target = cases.randomElement(using: &chance) else { return }
            _ = try await JoinReport(report: report, caseID: target).run(
                by: somebody(CaseworkPermission.acceptReport, &chance), in: casework)
        default:
            let moves = chance.one(in: 20)
            let area = areas.sorted { $0.key < $1.key }.randomElement(using: &chance)!.value
            cases.append(
                try await AcceptReport(
                    report: report, matter: MatterReference(TestStreet.matter), area: moves ? area : nil,
                    verification: chance.one(in: 40) ? .onSpot : .phone
                ).run(by: somebody(CaseworkPermission.acceptReport, &chance), in: casework))
        }
    }

    /// A sender says something, or the centre rules on it.
    private func speak(_ chance: inout SeededChance) async throws {
        let casework = deployment.casework
        let id = reports.randomElement(using: &chance)!
        guard let report = try await deployment.database.read({ tx in try ReportStore.find(id, tx) }) else { return }
        let speaking = Speaking.sender(report.trackingCode)
        switch (report.objectedAt == nil, Int.random(in: 0..<3, using: &chance)) {
        case (true, _) where report.state == .received && chance.one(in: 60):
            _ = try await AskReporter(report: id, question: "在哪里？")
                .run(by: somebody(CaseworkPermission.askReporter, &chance), in: casework)
        case (true, _) where report.state == .asked:
            _ = try await SupplementReport(speaking: speaking, text: "在门口").run(by: .anonymous, in: casework)
        case (true, 1) where chance.one(in: 20):
            _ = try await WithdrawReport(speaking: speaking).run(by: .anonymous, in: casework)
        case (false, _):
            _ = try await RuleOnObjection(
                report: id, ruling: chance.one(in: 50) ? .granted : .upheld, publicNote: "看过了"
            ).run(by: somebody(CaseworkPermission.ruleReport, &chance), in: casework)
        case (true, 0):
            _ = try await ObjectToReport(speaking: speaking, words: "不同意")
                .run(by: .anonymous, in: casework)
        default:
            _ = try await RateReport(
                code: report.trackingCode, draft: RatingDraft(isSolved: chance.one(in: 50), satisfaction: .basically)
            ).run(by: .anonymous, in: casework)
        }
    }

    private func handle(_ chance: inout SeededChance) async throws {
        let casework = deployment.casework
        let id = cases.randomElement(using: &chance)!
        let (state, tasks) = try await deployment.database.read { tx in
            (try CaseStore.find(id, tx)!.caseFile.state, try TaskStore.all(of: id, tx))
        }
        let task = tasks.randomElement(using: &chance)
        if chance.one(in: 12) { return try await correct(id, task, &chance) }
        switch (chance.one(in: 85) ? state : CaseState.allCases.randomElement(using: &chance)!, task?.state) {
        case (.toVerify, _):
            _ = try await VerifyCase(caseID: id).run(by: somebody(CaseworkPermission.verifyCase, &chance), in: casework)
        case (.toFile, _):
            let due =
                chance.one(in: 50)
                ? deployment.world.now().advanced(bySeconds: Int64.random(in: 1...1000, using: &chance) * 3600) : nil
            _ = try await FileCase(caseID: id, dueAt: due).run(
                by: somebody(CaseworkPermission.fileCase, &chance), in: casework)
        case (.closed, _) where chance.one(in: 20):
            _ = try await ReopenCase(caseID: id, note: "又坏了").run(
                by: somebody(CaseworkPermission.reopenCase, &chance), in: casework)
        case (.open, nil), (.open, .withdrawn):
            try await dispatch(id, tasks, &chance)
        case (.open, _) where chance.one(in: 10):
            try await dispatch(id, tasks, &chance)
        case (.open, .passed) where chance.one(in: 40):
            _ = try await FinishCase(caseID: id, closing: Closing(outcome: .done, publicText: "好了"))
                .run(by: somebody(CaseworkPermission.closeCase, &chance), in: casework)
        case (.toCallBack, _) where chance.one(in: 60):
            _ = try await CallBack(
                caseID: id, attempt: CallbackTry(means: .phone, isReached: true, isSolved: chance.one(in: 70))
            ).run(by: somebody(CaseworkPermission.callBack, &chance), in: casework)
        case (.toCallBack, _):
            _ = try await CloseCase(caseID: id, closing: Closing(note: "问过了"))
                .run(by: somebody(CaseworkPermission.closeCase, &chance), in: casework)
        case (.open, .passed):
            _ = try await CloseCase(caseID: id, closing: Closing(outcome: .done, publicText: "好了"))
                .run(by: somebody(CaseworkPermission.closeCase, &chance), in: casework)
        default:
            guard let task else { return }
            try await handle(task, &chance)
        }
    }

    /// A verb off the straight way.
    private func correct(_ id: CaseID, _ task: CaseTask?, _ chance: inout SeededChance) async throws {
        let casework = deployment.casework
        switch Int.random(in: 0..<9, using: &chance) {
        case 0:
            _ = try await DeclineCase(caseID: id, publicNote: "不归城市管理。").run(
                by: somebody(CaseworkPermission.declineCase, &chance), in: casework)
        case 1:
            _ = try await SendBackCase(caseID: id, note: "再看").run(
                by: somebody(CaseworkPermission.fileCase, &chance), in: casework)
        case 2:
            _ = try await ReconsiderCase(caseID: id, note: "再看").run(
                by: somebody(CaseworkPermission.reconsiderCase, &chance), in: casework)
        case 3:
            _ = try await VoidCase(caseID: id, publicNote: "建错了。", note: "建错了").run(
                by: somebody(CaseworkPermission.voidCase, &chance), in: casework)
        case 4:
            guard let into = cases.randomElement(using: &chance) else { return }
            _ = try await MergeCase(caseID: id, into: into, note: "同一件事").run(
                by: somebody(CaseworkPermission.mergeCase, &chance), in: casework)
        case 5:
            let all = try await deployment.database.read { tx in try ReportStore.all(of: id, tx) }
            guard let report = all.randomElement(using: &chance) else { return }
            _ = try await SplitCase(
                caseID: id, report: report.id, destination: chance.one(in: 50) ? .newCase : .reception, note: "不是一件事"
            ).run(by: somebody(CaseworkPermission.mergeCase, &chance), in: casework)
        case 6:
            _ = try await ArchiveCase(caseID: id).run(
                by: somebody(CaseworkPermission.archiveCase, &chance), in: casework)
        default:
            let area = areas.sorted { $0.key < $1.key }.randomElement(using: &chance)!.value
            _ = try await AmendCase(
                caseID: id,
                amendment: Amendment(title: Self.words.randomElement(using: &chance), area: area, note: "写错了")
            ).run(by: somebody(CaseworkPermission.amendCase, &chance), in: casework)
        }
    }

    private func dispatch(_ id: CaseID, _ tasks: [CaseTask], _ chance: inout SeededChance) async throws {
        let hasLead = tasks.contains { $0.role == .lead && $0.state.isLive }
        let free = offices.filter { office in !tasks.contains { $0.state.isLive && $0.organisation == office } }
            .shuffled(using: &chance)
        _ = try await DispatchCase(
            caseID: id,
            order: DispatchOrder(
                lead: hasLead ? nil : free.first, assists: Array(free.dropFirst(hasLead ? 0 : 1).prefix(1)),
                ground: .statutory,
                groundReference: "1")
        ).run(by: somebody(CaseworkPermission.dispatchCase, &chance), in: deployment.casework)
    }

    private func handle(_ task: CaseTask, _ chance: inout SeededChance) async throws {
        let casework = deployment.casework
        let own = people.first { $0.organisation == task.organisation && $0.holds(CaseworkPermission.signTask) }
        let handler = (chance.one(in: 85) ? own : nil) ?? people.randomElement(using: &chance)!
        if chance.one(in: 8) {
            _ = try await WithdrawTask(task: task.id, note: "派错了").run(
                by: somebody(CaseworkPermission.withdrawTask, &chance), in: casework)
            return
        }
        switch task.state {
        case .offered where chance.one(in: 15):
            _ = try await RefuseTask(task: task.id, reason: .matrix, groundReference: "1").run(
                by: handler, in: casework)
        case .refused:
            _ = try await RuleOnRefusal(task: task.id, ruling: chance.one(in: 50) ? .uphold : .withdraw, note: "看过清单")
                .run(by: somebody(CaseworkPermission.ruleTask, &chance), in: casework)
        case .offered: _ = try await SignTask(task: task.id).run(by: handler, in: casework)
        case .working where chance.one(in: 15):
            _ = try await TellProgress(task: task.id, publicText: "在等配件").run(by: handler, in: casework)
        case .working where chance.one(in: 15):
            _ = try await RemindTask(task: task.id, note: "快到期了").run(
                by: somebody(CaseworkPermission.remindTask, &chance), in: casework)
        case .answered where chance.one(in: 15):
            _ = try await RecallAnswer(task: task.id).run(by: handler, in: casework)
        case .working:
            _ = try await AnswerTask(task: task.id, answer: TaskAnswer(outcome: .done, publicText: "好了")).run(
                by: handler, in: casework)
        default:
            _ = try await CheckTask(task: task.id, verdict: chance.one(in: 70) ? .pass : .rework, note: "看过")
                .run(by: somebody(CaseworkPermission.checkTask, &chance), in: casework)
        }
    }
}
