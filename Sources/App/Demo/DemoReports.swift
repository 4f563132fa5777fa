import Casework
import Domain

/// Reports of the demo street in every state, taken there by the same commands that people use.
struct DemoReports {
    let casework: Casework
    let actors: [String: Actor]
    let organisations: [String: OrganisationID]
    let area: (String) throws -> AreaID

    /// How far a report is taken.
    private enum Stage: Int, Comparable {
        case received, refused, asked, accepted, filed, dispatched, signed, answered, checked, finished, closed
        static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
    }

    private struct Story {
        let community: String
        let place: String
        let text: String
        let matter: String
        let lead: String
        let stage: Stage
        var answer = "已到现场查明原因并处理好，本月内再复查一次。"
        var phone: String?
        /// Why its sender does not agree.
        var objection: String?
    }

    private static let stories = [
        Story(
            community: "001", place: "桐华苑6幢北门前第二根灯杆", text: "北门前那盏路灯连着三晚不亮，老人晚上出门看不清台阶。", matter: "01037",
            lead: "lamps", stage: .signed),
        Story(
            community: "001", place: "桐华苑北门", text: "北门通道两边堆了沙发和纸箱，还停了好几辆电瓶车，昨晚救护车倒了三次才进来，消防车肯定进不来。", matter: "09012",
            lead: "enforcement", stage: .filed),
        Story(
            community: "001", place: "桐华苑垃圾房", text: "垃圾房桶全满了，袋子堆到路上，味道很大。", matter: "06030", lead: "sanitation",
            stage: .closed, answer: "垃圾房已清理、冲洗。从本周起改为每天清运2次（6:30和18:00），周末照常。"),
        Story(
            community: "002", place: "渡口路22号门前", text: "污水井盖一边翘起来了，电瓶车压过去哐哐响，晚上怕有人摔。", matter: "01002", lead: "lamps",
            stage: .dispatched),
        Story(
            community: "002", place: "渡口路51号", text: "楼下饭店的油烟直接往居民楼吹，窗户都不敢开。", matter: "06030", lead: "enforcement",
            stage: .received),
        Story(
            community: "003", place: "学府里3幢东侧", text: "有根电线从三楼垂下来，离地一人高，小孩放学都从那里走。", matter: "01060", lead: "lamps",
            stage: .answered, answer: "垂落的是停用的通信线，已剪除并收走，沿线检查未见其他垂线。"),
        Story(
            community: "003", place: "文昌路76–82号", text: "几家店把货架摆到人行道上，轮椅过不去，只能走机动车道。", matter: "09009",
            lead: "enforcement", stage: .accepted),
        Story(
            community: "004", place: "柳荫公园西门", text: "晚上十点多还有人放音响跳舞，孩子没法睡。", matter: "06028", lead: "enforcement",
            stage: .dispatched),
        Story(
            community: "004", place: "柳荫街12号", text: "路面塌了一块，下雨积水看不出深浅，昨天有人踩进去崴了脚。", matter: "06013", lead: "lamps",
            stage: .checked, answer: "塌陷处已开挖回填，路面重新铺好，积水口同时疏通。"),
        Story(
            community: "005", place: "新桥家园2幢1单元", text: "电梯这周第三次停在五楼，老人只能走楼梯，请尽快修好。", matter: "01076",
            lead: "tonghuayuan", stage: .received),
        Story(
            community: "005", place: "新桥家园", text: "想问一下加装电梯的补贴今年还有没有，怎么申请。", matter: "01076", lead: "tonghuayuan",
            stage: .received),
        Story(
            community: "006", place: "晴川路与菱湖街口", text: "行道树断了一根大枝，压在信号灯上。", matter: "06013", lead: "sanitation",
            stage: .signed),
        Story(
            community: "002", place: "渡口路", text: "又堵了，麻烦快点来通。", matter: "06013", lead: "lamps", stage: .asked),
        Story(
            community: "003", place: "学府里5幢2单元", text: "楼道声控灯坏了两层，晚上摸黑上楼。", matter: "01037", lead: "lamps",
            stage: .finished, answer: "二、三层声控灯已换新，试亮正常；其余楼层一并查过。", phone: "13900000003"),
        Story(
            community: "004", place: "柳荫街30号", text: "早餐摊的污水直接倒进雨水口，一到中午就返味。", matter: "06030", lead: "sanitation",
            stage: .closed, answer: "已劝导摊主把污水倒进污水井，雨水口冲洗过一遍。", objection: "第二天又往里倒，味道一点没少。"),
        Story(
            community: "006", place: "晴川里8幢", text: "邻居欠我三千块钱不还，请街道帮我要回来。", matter: "06028", lead: "enforcement",
            stage: .refused),
    ]

    func make() async throws {
        guard let seat = actors["seat"], let dispatcher = actors["dispatcher"], let checker = actors["checker"] else {
            return
        }
        for story in Self.stories {
            let matter = MatterReference(standard: try standard(), kind: .matter, code: story.matter)
            let receipt = try await SubmitReport(
                draft: ReportDraft(
                    channel: .web, area: try area("330299001" + story.community), place: story.place, hint: matter,
                    text: story.text), phone: story.phone
            ).run(by: .anonymous, in: casework)
            if story.stage == .received { continue }
            if story.stage == .refused {
                _ = try await RefuseReport(report: receipt.id, reason: .litigation).run(by: seat, in: casework)
                continue
            }
            if story.stage == .asked {
                _ = try await AskReporter(report: receipt.id, question: "请问堵的是哪条路、几号门前的井？是污水还是雨水？")
                    .run(by: seat, in: casework)
                continue
            }
            let caseID = try await AcceptReport(report: receipt.id, matter: matter, verification: .phone)
                .run(by: seat, in: casework)
            try await take(caseID, story, dispatcher: dispatcher, checker: checker)
            if let objection = story.objection {
                _ = try await ObjectToReport(
                    speaking: .sender(try TrackingCode(typed: receipt.trackingCode)), words: objection
                ).run(by: .anonymous, in: casework)
            }
        }
    }

    private func take(_ caseID: CaseID, _ story: Story, dispatcher: Actor, checker: Actor) async throws {
        guard story.stage >= .filed else { return }
        let due = casework.moment(inDays: 3)
        _ = try await FileCase(caseID: caseID, dueAt: due).run(by: dispatcher, in: casework)
        guard story.stage >= .dispatched, let lead = organisations[story.lead], let handler = actors[story.lead] else {
            return
        }
        _ = try await DispatchCase(
            caseID: caseID, order: DispatchOrder(lead: lead, ground: .statutory, groundReference: "责任清单第38条")
        ).run(by: dispatcher, in: casework)
        guard let task = try await casework.caseDetail(caseID, by: dispatcher).tasks.first?.id else { return }
        guard story.stage >= .signed else { return }
        _ = try await SignTask(task: task).run(by: handler, in: casework)
        guard story.stage >= .answered else { return }
        _ = try await AnswerTask(task: task, answer: TaskAnswer(outcome: .done, publicText: story.answer))
            .run(by: handler, in: casework)
        guard story.stage >= .checked else { return }
        _ = try await CheckTask(task: task, verdict: .pass, note: "现场看过，办好了。").run(by: checker, in: casework)
        guard story.stage >= .finished else { return }
        if story.phone != nil {
            _ = try await FinishCase(caseID: caseID, closing: Closing(outcome: .done, publicText: story.answer))
                .run(by: dispatcher, in: casework)
            return
        }
        _ = try await CloseCase(caseID: caseID, closing: Closing(outcome: .done, publicText: story.answer))
            .run(by: dispatcher, in: casework)
    }

    private func standard() throws -> String {
        guard let standard = casework.catalogues.directories.first?.standard else {
            throw RuleViolation(.invalid, "matter.unknown", field: "matter")
        }
        return standard
    }
}

extension Casework {
    /// The end of office hours (18:00) some days from now.
    fileprivate func moment(inDays days: Int) -> Instant {
        LocalDay(number: LocalDay(of: world.now(), at: world.zone).number + days).start(at: world.zone)
            .advanced(bySeconds: 18 * 3600)
    }
}
