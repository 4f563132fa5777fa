import Domain
import Storage

@testable import App
@testable import Casework

extension SecondOpinion {
    /// Does it by the product's command.
    func perform(_ deed: Deed, by actor: Actor) async throws -> Made {
        let casework = street.deployment.casework
        var made = Made()
        switch deed {
        case .submit(let area):
            made.report = try await SubmitReport(
                draft: ReportDraft(channel: .web, area: try street.area(area), text: "灯不亮。")
            ).run(by: .anonymous, in: casework).id
        case .accept(let id, let onSpot):
            made.caseID = try await AcceptReport(
                report: id, matter: MatterReference(TestStreet.matter), verification: onSpot ? .onSpot : .phone
            ).run(by: actor, in: casework)
        case .refuseReport(let id):
            _ = try await RefuseReport(report: id, reason: .elsewhere).run(by: actor, in: casework)
        case .join(let id, let target):
            _ = try await JoinReport(report: id, caseID: target).run(by: actor, in: casework)
        case .verify(let id): _ = try await VerifyCase(caseID: id).run(by: actor, in: casework)
        case .file(let id):
            // A report that was split off has no matter of its own.
            _ = try await FileCase(caseID: id, matter: MatterReference(TestStreet.matter)).run(by: actor, in: casework)
        case .sendBack(let id): _ = try await SendBackCase(caseID: id, note: "再看").run(by: actor, in: casework)
        case .decline(let id): _ = try await DeclineCase(caseID: id, publicNote: "不归。").run(by: actor, in: casework)
        case .reconsider(let id): _ = try await ReconsiderCase(caseID: id, note: "再看").run(by: actor, in: casework)
        case .archive(let id): _ = try await ArchiveCase(caseID: id).run(by: actor, in: casework)
        case .close(let id):
            _ = try await CloseCase(caseID: id, closing: Closing(outcome: .done, publicText: "好了。"))
                .run(by: actor, in: casework)
        case .void(let id, let why):
            _ = try await VoidCase(caseID: id, publicNote: "建错了。", note: why ? "建错了" : " ").run(by: actor, in: casework)
        case .reopen(let id, let why):
            _ = try await ReopenCase(caseID: id, note: why ? "又坏了" : "").run(by: actor, in: casework)
        case .amend(let id, let area):
            _ = try await AmendCase(caseID: id, amendment: Amendment(area: try street.area(area), note: "写错了"))
                .run(by: actor, in: casework)
        case .merge(let id, let other):
            _ = try await MergeCase(caseID: id, into: other, note: "同一件").run(by: actor, in: casework)
        case .split(let id, let report, let own):
            let split = try await SplitCase(
                caseID: id, report: report, destination: own ? .newCase : .reception, note: "不是"
            ).run(by: actor, in: casework)
            if own { made.caseID = split }
        case .dispatch(let id, let lead, let assist):
            made.tasks = try await dispatch(id, lead, assist, by: actor)
        case .selfHandle(let area):
            let receipt = try await SelfHandle(
                area: try street.area(area), text: "松了",
                work: PatrolWork(matter: MatterReference(TestStreet.matter), publicText: "拧紧了。")
            ).run(by: actor, in: casework)
            (made.report, made.caseID) = (receipt.report, receipt.id)
            made.tasks = try await tasks(of: receipt.id)
        default: try await performOnTask(deed, by: actor)
        }
        return made
    }

    private func performOnTask(_ deed: Deed, by actor: Actor) async throws {
        let casework = street.deployment.casework
        switch deed {
        case .sign(let id): _ = try await SignTask(task: id).run(by: actor, in: casework)
        case .answer(let id):
            _ = try await AnswerTask(task: id, answer: TaskAnswer(outcome: .done, publicText: "好了。"))
                .run(by: actor, in: casework)
        case .recall(let id): _ = try await RecallAnswer(task: id).run(by: actor, in: casework)
        case .progress(let id): _ = try await TellProgress(task: id, note: "在办").run(by: actor, in: casework)
        case .remind(let id): _ = try await RemindTask(task: id, note: "快点").run(by: actor, in: casework)
        case .withdraw(let id): _ = try await WithdrawTask(task: id, note: "派错了").run(by: actor, in: casework)
        case .refuseTask(let id, let clause):
            _ = try await RefuseTask(task: id, reason: .matrix, groundReference: clause ? "第38条" : " ")
                .run(by: actor, in: casework)
        case .check(let id, let pass):
            _ = try await CheckTask(task: id, verdict: pass ? .pass : .rework, note: "看过").run(by: actor, in: casework)
        case .rule(let id, let uphold):
            _ = try await RuleOnRefusal(task: id, ruling: uphold ? .uphold : .withdraw, note: "看过清单")
                .run(by: actor, in: casework)
        default: break
        }
    }

    private func dispatch(
        _ id: CaseID, _ lead: String?, _ assist: String?, by actor: Actor
    ) async throws -> [(id: TaskID, office: String, isLead: Bool)] {
        let before = Set(try await tasks(of: id).map(\.id))
        _ = try await DispatchCase(
            caseID: id,
            order: DispatchOrder(
                lead: try await office(lead), assists: try await office(assist).map { [$0] } ?? [], ground: .statutory,
                groundReference: "第38条")
        ).run(by: actor, in: street.deployment.casework)
        return try await tasks(of: id).filter { !before.contains($0.id) }
    }

    private func office(_ code: String?) async throws -> OrganisationID? {
        guard let code else { return nil }
        return try await street.organisation(code)
    }

    /// The tasks as the rows hold them.
    private func tasks(of id: CaseID) async throws -> [(id: TaskID, office: String, isLead: Bool)] {
        let found = try await street.deployment.database.read { tx in try TaskStore.all(of: id, tx) }
        var tasks: [(id: TaskID, office: String, isLead: Bool)] = []
        for task in found {
            for code in TestStreet.offices.map(\.code) where try await street.organisation(code) == task.organisation {
                tasks.append((task.id, code, task.role == .lead))
            }
        }
        return tasks
    }
}
