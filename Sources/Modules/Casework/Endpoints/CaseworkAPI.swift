import Areas
import Domain
import HTTPTypes
public import Web

/// Casework for machines: the same commands as the pages.
struct CaseworkAPI {
    let casework: Casework

    var endpoints: [Endpoint] {
        reports + decisions + cases + tasks + [queues, search, story]
    }

    private var reports: [Endpoint] {
        [
            .json(
                .post, CaseworkRoutes.API.reports, access: .open("anybody may report"),
                summary: "Takes a report in and gives the code to follow it by.", success: .created,
                errors: ["area.unknown", "matter.unknown", "phone.invalid", "text.too-long"]
            ) { (input: ReportInput, visitor: Visitor) in
                let receipt = try await input.command.run(
                    by: visitor.actor, once: once(visitor, "submit", input.identity), in: casework)
                return ReportReceiptJSON(id: receipt.id, trackingCode: receipt.trackingCode)
            },
            .json(
                .get, CaseworkRoutes.API.reports, access: .holding(CaseworkPermission.readReport),
                summary: "Reports of one scope that wait for a decision, oldest first."
            ) { (input: ListInput, who: SignedIn) in
                let scope = try casework.scope(input.scope, for: CaseworkPermission.readReport, of: who.actor)
                let page = try await casework.waitingReports(
                    in: scope, after: input.after, limit: input.limit, by: who.actor)
                return ListJSON(items: page.entries.map(ReportJSON.init), next: page.next?.text)
            },
            .json(
                .get, CaseworkRoutes.API.report, access: .holding(CaseworkPermission.readReport),
                summary: "One report with redacted words.", errors: ["report.unknown"]
            ) { (input: ReportAddress, who: SignedIn) in
                ReportJSON(try await casework.reportDetail(input.report, by: who.actor).report)
            },
        ]
    }

    private var decisions: [Endpoint] {
        [
            .json(
                .post, CaseworkRoutes.API.acceptance, access: .holding(CaseworkPermission.acceptReport),
                summary: "Takes a report up with a new case.", success: .created,
                errors: ["report.unknown", "report.not-now", "matter.unknown", "case.not-patrol"]
            ) { (input: AcceptInput, who: SignedIn) in
                CaseReceiptJSON(
                    id: try await input.command.run(
                        by: who.actor, once: once(who.visitor, "accept", "\(input)"), in: casework))
            },
            .json(
                .post, CaseworkRoutes.API.joining, access: .holding(CaseworkPermission.acceptReport),
                summary: "Takes a report up with a case that is being handled already.",
                errors: ["report.unknown", "case.unknown", "report.not-now", "case.not-joinable"]
            ) { (input: JoinInput, who: SignedIn) in
                CaseReceiptJSON(
                    id: try await casework.join(input, by: who.actor, once: once(who.visitor, "join", "\(input)")))
            },
            .json(
                .post, CaseworkRoutes.API.refusal, access: .holding(CaseworkPermission.refuseReport),
                summary: "Does not take a report up; the sender is told why and where to go.",
                errors: ["report.unknown", "report.not-now", "text.missing"]
            ) { (input: RefuseInput, who: SignedIn) in
                ReportIDJSON(
                    id: try await input.command.run(
                        by: who.actor, once: once(who.visitor, "refuse", "\(input)"), in: casework))
            },
        ]
    }

    private var cases: [Endpoint] {
        [
            .json(
                .get, CaseworkRoutes.API.cases, access: .holding(CaseworkPermission.readCase),
                summary: "Open cases of one scope, nearest deadline first."
            ) { (input: ListInput, who: SignedIn) in
                let scope = try casework.scope(input.scope, for: CaseworkPermission.readCase, of: who.actor)
                let page = try await casework.openCases(
                    in: scope, queue: input.queue, after: input.after, limit: input.limit, by: who.actor)
                return ListJSON(items: page.entries.map(CaseSummaryJSON.init), next: page.next?.text)
            },
            .json(
                .get, CaseworkRoutes.API.caseFile, access: .holding(CaseworkPermission.readCase),
                summary: "One case with tasks, reports and history.", errors: ["case.unknown"]
            ) { (input: CaseAddress, who: SignedIn) in
                CaseJSON(try await casework.caseDetail(input.caseID, by: who.actor))
            },
            .json(
                .post, CaseworkRoutes.API.verification, access: .holding(CaseworkPermission.verifyCase),
                summary: "Confirms that what was reported is there.", errors: ["case.unknown", "case.not-now"]
            ) { (input: VerifyInput, who: SignedIn) in
                CaseReceiptJSON(
                    id: try await input.command.run(
                        by: who.actor, once: once(who.visitor, "verify", "\(input)"), in: casework))
            },
            .json(
                .post, CaseworkRoutes.API.filing, access: .holding(CaseworkPermission.fileCase),
                summary: "Takes a case into the books and gives it its number.",
                errors: ["case.unknown", "case.not-now", "case.matter-missing", "matter.unknown", "limit.past"]
            ) { (input: FileInput, who: SignedIn) in
                try await input.command.run(by: who.actor, once: once(who.visitor, "file", "\(input)"), in: casework)
            },
            .json(
                .post, CaseworkRoutes.API.dispatch, access: .holding(CaseworkPermission.dispatchCase),
                summary: "Gives a case to a lead and to assisting organisations, on a ground.",
                errors: [
                    "case.unknown", "case.not-now", "case.lead-missing", "case.lead-exists", "case.organisation-twice",
                    "organisation.unknown", "ground.clause-missing", "ground.minutes-missing", "ground.reason-missing",
                ]
            ) { (input: DispatchInput, who: SignedIn) in
                CaseReceiptJSON(
                    id: try await input.command.run(
                        by: who.actor, once: once(who.visitor, "dispatch", "\(input)"), in: casework))
            },
            .json(
                .post, CaseworkRoutes.API.closing, access: .holding(CaseworkPermission.closeCase),
                summary: "Ends a case and answers everybody who reported it.",
                errors: ["case.unknown", "case.not-now", "case.tasks-unfinished", "case.lead-not-passed"]
            ) { (input: CloseInput, who: SignedIn) in
                CaseReceiptJSON(
                    id: try await input.command.run(
                        by: who.actor, once: once(who.visitor, "close", "\(input)"), in: casework))
            },
        ]
    }

    private var tasks: [Endpoint] {
        [
            .json(
                .post, CaseworkRoutes.API.signature, access: .holding(CaseworkPermission.signTask),
                summary: "The organisation takes its task.", errors: ["task.unknown", "task.not-now", "task.not-yours"]
            ) { (input: SignInput, who: SignedIn) in
                CaseReceiptJSON(
                    id: try await input.command.run(
                        by: who.actor, once: once(who.visitor, "sign", "\(input)"), in: casework))
            },
            .json(
                .post, CaseworkRoutes.API.answer, access: .holding(CaseworkPermission.answerTask),
                summary: "The organisation gives its result.",
                errors: ["task.unknown", "task.not-now", "task.not-yours", "text.missing", "task.reason-missing"]
            ) { (input: AnswerInput, who: SignedIn) in
                CaseReceiptJSON(
                    id: try await input.command.run(
                        by: who.actor, once: once(who.visitor, "answer", "\(input)"), in: casework))
            },
            .json(
                .post, CaseworkRoutes.API.check, access: .holding(CaseworkPermission.checkTask),
                summary: "Somebody else looks at the result.",
                errors: [
                    "task.unknown", "task.not-now", "task.checker-is-handler", "task.checker-same-organisation",
                    "text.missing",
                ]
            ) { (input: CheckInput, who: SignedIn) in
                CaseReceiptJSON(
                    id: try await input.command.run(
                        by: who.actor, once: once(who.visitor, "check", "\(input)"), in: casework))
            },
        ]
    }

    private var queues: Endpoint {
        .json(
            .get, CaseworkRoutes.API.queues, access: .holding(CaseworkPermission.readCase),
            summary: "How many wait in each list of a scope; a moment behind."
        ) { (input: ListInput, who: SignedIn) in
            let scope = try casework.scope(input.scope, for: CaseworkPermission.readCase, of: who.actor)
            let counts = try await casework.counts(in: scope, by: who.actor)
            return QueuesJSON(
                scope: scope.id, counts: Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) }))
        }
    }

    private var search: Endpoint {
        .json(
            .get, CaseworkRoutes.API.search, access: .holding(CaseworkPermission.readCase),
            summary: "Reports whose redacted words match, newest first.", errors: ["search.empty"]
        ) { (input: SearchInput, who: SignedIn) in
            let scope = try casework.scope(input.scope, for: CaseworkPermission.readCase, of: who.actor)
            let found = try await casework.search(input.q, in: scope, limit: input.limit, by: who.actor)
            return ListJSON(items: found.map(ReportJSON.init), next: nil)
        }
    }

    private var story: Endpoint {
        .json(
            .get, CaseworkRoutes.API.story, access: .open("whoever has the code may follow the report"),
            summary: "Where a report stands, without personal data.", errors: ["tracking-code.unknown"]
        ) { (input: CodeInput, _: Visitor) in
            StoryJSON(try await casework.story(try TrackingCode(typed: input.code)))
        }
    }

    private func once(_ visitor: Visitor, _ deed: String, _ input: String) -> Once? {
        Once(key: visitor.idempotencyKey, actor: visitor.actor, deed: deed, input: input, keys: casework.keys)
    }
}

extension FileCase.Receipt: HasLocation {
    public var location: URLPath { CaseworkRoutes.API.caseFile.url(id) }
}

extension Casework {
    /// The scope that a list is asked for, or the widest that the actor has.
    /// - Throws: `forbidden` when the actor does not hold the permission there.
    func scope(_ id: UUIDValue?, for permission: Permission, of actor: Actor) throws(RuleViolation) -> Scope {
        let held = actor.scopes(for: permission)
        let chosen: Scope?
        if let id {
            chosen = held.first { $0.id == id }
        } else {
            chosen = scopesInOrder(held).first
        }
        guard let chosen else { throw .forbidden(permission) }
        return chosen
    }

    /// Areas before organisations, wide before narrow, then by the order of the tree.
    func scopesInOrder(_ scopes: Set<Scope>) -> [Scope] {
        let tree = areas.tree
        return scopes.sorted { left, right in
            guard left.kind == right.kind else { return left.kind == .area }
            guard left.kind == .area else { return left < right }
            let paths = (tree.area(AreaID(left.id))?.path ?? "", tree.area(AreaID(right.id))?.path ?? "")
            return (paths.0.utf8.count, paths.0) < (paths.1.utf8.count, paths.1)
        }
    }

    func join(_ input: JoinInput, by actor: Actor, once: Once?) async throws -> CaseID {
        let caseID: CaseID
        if let number = input.number {
            caseID = try await caseDetail(numbered: number, by: actor).caseFile.id
        } else if let id = input.caseID {
            caseID = id
        } else {
            throw Authority.noCase
        }
        return try await JoinReport(report: input.report, caseID: caseID, note: input.note)
            .run(by: actor, once: once, in: self)
    }
}
