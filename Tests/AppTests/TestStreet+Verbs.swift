import Domain
import Testing

@testable import App
@testable import Casework

/// How far a report is taken.
enum Stage: Int, Comparable, CaseIterable, Sendable {
    case received, toVerify, toFile, filed, dispatched, signed, answered, checked
    /// Checked, and the sender left a number; then handed over to be called back.
    case toFinish, finished
    case closed
    /// Off the way: the lead has refused its task.
    case refused
    /// Before filing: not filed.
    case notFiled
    /// Filed, with a second report.
    case joined
    /// Not taken up; asked for something that is missing.
    case refusedReport, asked
    /// Signed, and the lead has asked for more time.
    case extensionAsked
    /// Filed, and somebody has asked that it waits; and then it waits.
    case parkingAsked, parked

    /// How far along the way a stage off it lies.
    var way: Stage {
        switch self {
        case .refused: .dispatched
        case .notFiled: .toFile
        case .refusedReport, .asked: .received
        case .joined, .parkingAsked, .parked: .filed
        case .extensionAsked: .signed
        default: self
        }
    }

    /// Whether organisations have part in the case.
    var hasOffices: Bool { way >= .dispatched }

    static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
}

/// A report with what became of it.
struct Trail: Sendable {
    var report: ReportID
    var code: String
    var caseID: CaseID?
    var number: String?
    var lead: TaskID?
    var assist: TaskID?
    /// A report that joined the case.
    var second: ReportID?
}

extension TestStreet {
    /// Takes a report to a stage by the commands, each by somebody who may do it.
    /// - Parameter assist: the office that assists, if any.
    func make(
        _ goal: Stage, in area: String = "330299001001", lead: String = "lamps", assist: String? = nil,
        text: String = "北门的路灯不亮。", phone: String? = nil
    ) async throws -> Trail {
        let casework = deployment.casework
        let stage = goal.way
        let receipt = try await SubmitReport(
            draft: ReportDraft(channel: .web, area: try self.area(area), place: "北门", text: text),
            phone: stage == .toFinish || stage == .finished ? "13800138000" : phone
        ).run(by: .anonymous, in: casework)
        var trail = Trail(report: receipt.id, code: receipt.trackingCode)
        let inFirst = area.hasPrefix("330299001")
        let centre = try await person(inFirst ? "dispatcher" : "dispatcher-lx").actor
        if goal == .refusedReport {
            _ = try await RefuseReport(report: receipt.id, reason: .elsewhere).run(by: centre, in: casework)
        }
        if goal == .asked {
            _ = try await AskReporter(report: receipt.id, question: "是哪一盏灯？").run(by: centre, in: casework)
        }
        guard stage > .received else { return trail }
        let caseID = try await AcceptReport(
            report: receipt.id, matter: MatterReference(Self.matter),
            verification: stage == .toVerify ? .onSpot : .phone
        ).run(by: centre, in: casework)
        trail.caseID = caseID
        if goal == .notFiled {
            _ = try await DeclineCase(caseID: caseID, publicNote: "不属于城市管理的事。").run(by: centre, in: casework)
        }
        guard stage > .toFile else { return trail }
        trail.number = try await FileCase(caseID: caseID).run(by: centre, in: casework).number
        if goal == .joined {
            let second = try await make(.received, in: area, text: "北门那盏灯坏了。").report
            _ = try await JoinReport(report: second, caseID: caseID).run(by: centre, in: casework)
            trail.second = second
        }
        if goal == .parkingAsked || goal == .parked {
            try await park(caseID, grants: goal == .parked, by: centre, in: area)
        }
        guard stage > .filed else { return trail }
        let leadID = try await organisation(lead)
        var assists: [OrganisationID] = []
        if let assist { assists.append(try await organisation(assist)) }
        _ = try await DispatchCase(
            caseID: caseID,
            order: DispatchOrder(lead: leadID, assists: assists, ground: .statutory, groundReference: "第38条")
        ).run(by: centre, in: casework)
        let tasks = try await casework.caseDetail(caseID, by: centre).tasks
        trail.lead = tasks.first { $0.role == .lead }?.id
        trail.assist = tasks.first { $0.role == .assist }?.id
        let checker = try await person(inFirst ? "checker" : "checker-lx").actor
        if goal == .refused, let task = trail.lead {
            _ = try await RefuseTask(task: task, reason: .matrix, groundReference: "第38条")
                .run(by: try await person(lead).actor, in: casework)
        }
        for task in tasks {
            let office = task.role == .lead ? lead : assist ?? lead
            let handler = try await person(office).actor
            guard stage >= .signed else { break }
            _ = try await SignTask(task: task.id).run(by: handler, in: casework)
            guard stage >= .answered else { continue }
            _ = try await AnswerTask(task: task.id, answer: TaskAnswer(outcome: .done, publicText: "灯换好了。"))
                .run(by: handler, in: casework)
            guard stage >= .checked else { continue }
            _ = try await CheckTask(task: task.id, verdict: .pass).run(by: checker, in: casework)
        }
        if stage == .finished {
            _ = try await FinishCase(caseID: caseID, closing: Closing(outcome: .done, publicText: "灯换好了。"))
                .run(by: centre, in: casework)
        }
        if goal == .extensionAsked, let task = trail.lead {
            _ = try await AskExtension(
                task: task, until: deployment.world.now().advanced(bySeconds: 12 * 86_400), reason: "要等配件"
            ).run(by: try await person(lead).actor, in: casework)
        }
        guard stage >= .closed else { return trail }
        _ = try await CloseCase(caseID: caseID, closing: Closing(outcome: .done, publicText: "灯换好了。"))
            .run(by: centre, in: casework)
        return trail
    }

    private func park(_ caseID: CaseID, grants: Bool, by centre: Actor, in area: String) async throws {
        let casework = deployment.casework
        let until = deployment.world.now().advanced(bySeconds: 30 * 86_400)
        _ = try await AskParking(caseID: caseID, until: until, reason: "等汛期过去").run(by: centre, in: casework)
        guard grants else { return }
        let street = String(area.prefix(9))
        let supervisor = try await sign("supervisor-\(street)", posts: [("supervisor", "centre", street)]).actor
        _ = try await DecideParking(caseID: caseID, verdict: .grant).run(by: supervisor, in: casework)
    }
}
