import Areas
import Domain
import HTTPTypes
public import Web

/// Casework for machines: the same commands as the pages.
struct CaseworkAPI {
    let casework: Casework

    var endpoints: [Endpoint] {
        reports + decisions + cases + tasks + refusals + reopenings + corrections + regroupings
            + followings + bulks + voice + overlays + [queues, search, story]
    }

    private var reports: [Endpoint] {
        [
            .json(
                .post, CaseworkRoutes.API.reports, access: .open("anybody may report"),
                summary: "Takes a report in and gives the code to follow it by.", success: .created,
                errors: ["area.unknown", "matter.unknown", "phone.invalid", "forbidden", "file.unknown"]
            ) { (input: Both<ReportInput, ReportPhotosInput>, visitor: Visitor) in
                let receipt = try await casework.submit(
                    input, by: visitor,
                    once: once(visitor, "submit", input.first.identity + input.second.identity))
                return ReportReceiptJSON(id: receipt.id, trackingCode: receipt.trackingCode)
            },
            .json(
                .get, CaseworkRoutes.API.reports, access: .holding(CaseworkPermission.readReport),
                summary: "Reports of one scope that wait for a decision, oldest first."
            ) { (input: ListInput, who: SignedIn) in
                let scope = try casework.scope(input.scope, for: CaseworkPermission.readReport, of: who.actor)
                guard Casework.reportQueues.contains(input.queue ?? .accept) else {
                    throw RuleViolation(.invalid, "input.choice", field: "queue")
                }
                let page = try await casework.waitingReports(
                    in: scope, queue: input.queue ?? .accept, after: input.after, limit: input.limit, by: who.actor)
                return ListJSON(items: page.entries.map { ReportJSON($0) }, next: page.next?.text)
            },
            .json(
                .get, CaseworkRoutes.API.report, access: .holding(CaseworkPermission.readReport),
                summary: "One report with redacted words.", errors: ["report.unknown"]
            ) { (input: ReportAddress, who: SignedIn) in
                ReportJSON(try await casework.reportDetail(input.report, by: who.actor))
            },
        ]
    }

    private var decisions: [Endpoint] {
        [
            verb(
                CaseworkRoutes.API.acceptance, CaseworkPermission.acceptReport,
                "Takes a report up with a new case.", success: .created,
                errors: ["report.unknown", "report.not-now", "area.unknown", "matter.unknown", "case.not-patrol"]
            ) { (input: AcceptInput, actor, once) in
                CaseReceiptJSON(id: try await input.command.run(by: actor, once: once, in: casework))
            },
            verb(
                CaseworkRoutes.API.joining, CaseworkPermission.acceptReport,
                "Takes a report up with a case that is being handled already.",
                errors: [
                    "report.unknown", "case.unknown", "report.not-now", "case.not-joinable", "case.number-unreadable",
                ]
            ) { (input: JoinInput, actor, once) in
                CaseReceiptJSON(id: try await casework.join(input, by: actor, once: once))
            },
            verb(
                CaseworkRoutes.API.refusal, CaseworkPermission.refuseReport,
                "Does not take a report up; the sender is told why and where to go.",
                errors: ["report.unknown", "report.not-now"]
            ) { (input: RefuseInput, actor, once) in
                ReportIDJSON(id: try await input.command.run(by: actor, once: once, in: casework))
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
                    in: scope, queue: input.queue, due: input.due, after: input.after, limit: input.limit,
                    by: who.actor)
                return ListJSON(items: page.entries.map(CaseSummaryJSON.init), next: page.next?.text)
            },
            .json(
                .get, CaseworkRoutes.API.caseFile, access: .holding(CaseworkPermission.readCase),
                summary: "One case with tasks, reports and history.", errors: ["case.unknown"]
            ) { (input: CaseAddress, who: SignedIn) in
                CaseJSON(try await casework.caseDetail(input.caseID, by: who.actor))
            },
            verb(
                CaseworkRoutes.API.verification, CaseworkPermission.verifyCase,
                "Confirms that what was reported is there.", errors: ["case.unknown", "case.not-now"]
            ) { (input: VerifyInput, actor, once) in
                CaseReceiptJSON(id: try await input.command.run(by: actor, once: once, in: casework))
            },
            verb(
                CaseworkRoutes.API.filing, CaseworkPermission.fileCase,
                "Takes a case into the books and gives it its number.",
                errors: [
                    "case.unknown", "case.not-now", "case.numbered", "case.matter-missing", "matter.unknown",
                    "limit.past",
                    "area.no-street",
                ]
            ) { (input: FileInput, actor, once) in
                try await input.command.run(by: actor, once: once, in: casework)
            },
            verb(
                CaseworkRoutes.API.dispatch, CaseworkPermission.dispatchCase,
                "Gives a case to a lead and to assisting organisations, on a ground.",
                errors: [
                    "case.unknown", "case.not-now", "case.lead-missing", "case.lead-exists", "case.nobody-named",
                    "case.organisation-twice", "organisation.unknown", "ground.clause-missing",
                    "ground.minutes-missing", "ground.reason-missing", "ground.not-for-dispatch", "limit.past",
                    "limit.after-case",
                ]
            ) { (input: DispatchInput, actor, once) in
                CaseReceiptJSON(id: try await input.command.run(by: actor, once: once, in: casework))
            },
            verb(
                CaseworkRoutes.API.closing, CaseworkPermission.closeCase,
                "Ends a case and answers everybody who reported it.",
                errors: [
                    "case.unknown", "case.not-now", "case.tasks-unfinished", "case.lead-not-passed",
                    "case.photo-missing", "case.checked-by-handler", "case.call-back-first",
                    "case.call-back-missing", "case.answered-already", "case.complaint-reason-missing",
                ]
            ) { (input: CloseInput, actor, once) in
                CaseReceiptJSON(id: try await input.command.run(by: actor, once: once, in: casework))
            },
        ]
    }

    private var tasks: [Endpoint] {
        [
            verb(
                CaseworkRoutes.API.signature, CaseworkPermission.signTask, "The organisation takes its task.",
                errors: ["task.unknown", "task.not-now", "task.not-yours"]
            ) { (input: SignInput, actor, once) in
                CaseReceiptJSON(id: try await input.command.run(by: actor, once: once, in: casework))
            },
            verb(
                CaseworkRoutes.API.answer, CaseworkPermission.answerTask, "The organisation gives its result.",
                errors: [
                    "task.unknown", "task.not-now", "task.not-yours", "task.reason-missing",
                    "file.unknown",
                    "task.photo-missing-before", "task.photo-missing-after",
                ]
            ) { (input: Both<AnswerInput, AnswerPhotosInput>, actor, once) in
                CaseReceiptJSON(id: try await casework.answer(input, by: actor, once: once))
            },
            verb(
                CaseworkRoutes.API.check, CaseworkPermission.checkTask, "Somebody else looks at the result.",
                errors: [
                    "task.unknown", "task.not-now", "task.checker-is-handler", "task.checker-same-organisation",
                ]
            ) { (input: Both<CheckInput, CheckPhotosInput>, actor, once) in
                CaseReceiptJSON(id: try await casework.check(input, by: actor, once: once))
            },
        ]
    }

    /// Something that staff do to a report, a case or a task: acts once for each idempotency key.
    func verb<Input: EndpointInput, Output: JSONAnswer>(
        _ path: RoutePath, _ permission: Permission, _ summary: StaticString, success: HTTPResponse.Status = .ok,
        errors: [String], _ run: @escaping @Sendable (Input, Actor, Once?) async throws -> Output
    ) -> Endpoint {
        .json(.post, path, access: .holding(permission), summary: summary, success: success, errors: errors) {
            (input: Input, who: SignedIn) in
            try await run(input, who.actor, once(who.visitor, path.pattern, "\(input)"))
        }
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
            let found = try await casework.search(
                input.q, in: scope, after: input.after, limit: input.limit + 1, by: who.actor)
            let page = found.prefix(input.limit)
            let next = found.count > input.limit ? page.last.map { PageMark(at: $0.receivedAt, id: $0.id.uuid) } : nil
            return ListJSON(items: page.map { ReportJSON($0) }, next: next?.text)
        }
    }

    private var story: Endpoint {
        .json(
            .get, CaseworkRoutes.API.story, access: .open("whoever has the code may follow the report"),
            summary: "Where a report stands, without personal data.",
            errors: [
                "tracking-code.unknown", "tracking-code.characters", "tracking-code.length", "tracking-code.mistyped",
            ]
        ) { (input: CodeInput, _: Visitor) in
            StoryJSON(try await casework.story(try TrackingCode(typed: input.code)))
        }
    }

    func once(_ visitor: Visitor, _ deed: String, _ input: String) -> Once? {
        Once(key: visitor.idempotencyKey, actor: visitor.actor, deed: deed, input: input, keys: casework.keys)
    }
}

extension FileCase.Receipt: HasLocation, JSONAnswer {
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
