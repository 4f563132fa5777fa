import Areas
import Domain
import HTTPTypes
import Identity
import Storage
import Web

/// Casework for people: pages, and the forms on them. The commands are those of the JSON interface.
struct CaseworkPages {
    let casework: Casework

    var endpoints: [Endpoint] {
        residents + [work, console, desk, search] + decisions + caseActions + taskActions + refusalActions
            + reopeningActions + correctionActions + followingActions + selfHandling + bulkActions + voice
            + overlayActions
    }

    // MARK: Residents

    private var residents: [Endpoint] {
        let open = Access<Visitor>.open("anybody may report and follow a report")
        return [
            .page(WebRoutes.home, access: open, summary: "The resident's start page.") { (_: NoInput, _: Visitor) in
                ReportPages.home()
            },
            .page(CaseworkRoutes.reportForm, access: open, summary: "The form to report something.") {
                (input: AreaHint, _: Visitor) in
                ReportPages.form(formModel(.empty, input.area))
            },
            .action(
                CaseworkRoutes.reportForm, access: open, summary: "Takes a report in.",
                errors: ["area.unknown", "phone.invalid"]
            ) { form, _, _ in
                ReportPages.form(formModel(form, nil))
            } _: { (input: Both<ReportInput, ReportPhotosInput>, visitor: Visitor) in
                let receipt = try await casework.submit(
                    input, by: visitor,
                    once: once(visitor, "submit", input.first.identity + input.second.identity))
                return .redirect(to: CaseworkRoutes.reportDone.url(receipt.trackingCode))
            },
            .page(CaseworkRoutes.reportDone, access: open, summary: "Says that a report came in, with its code.") {
                (input: CodeInput, _: Visitor) in
                ReportPages.done(try await casework.story(try TrackingCode(typed: input.code)), casework.catalogues)
            },
            .page(CaseworkRoutes.follow, access: open, summary: "Asks for the code of a report.") {
                (_: NoInput, _: Visitor) in
                ReportPages.follow(.empty)
            },
            .action(
                CaseworkRoutes.follow, access: open, summary: "Leads to the story of a report.",
                errors: ["tracking-code.length", "tracking-code.mistyped"]
            ) { form, _, _ in
                ReportPages.follow(form)
            } _: { (input: CodeInput, _: Visitor) in
                .redirect(to: CaseworkRoutes.story.url(try TrackingCode(typed: input.code).digits))
            },
        ]
    }

    private struct AreaHint: EndpointInput {
        let area: AreaID?
        init(_ fields: inout Fields) { area = fields.optionalID("area") }
    }

    private func formModel(_ form: FormState, _ area: AreaID?) -> ReportPages.FormModel {
        ReportPages.FormModel(
            communities: casework.communities, hints: casework.commonMatters, form: form, area: area)
    }

    // MARK: Staff

    private var work: Endpoint {
        .page(WebRoutes.work, access: .signedIn, summary: "What waits for the person who signed in.") {
            (_: NoInput, who: SignedIn) in
            WorkPage.page(try await casework.workModel(by: who.actor))
        }
    }

    private var console: Endpoint {
        .page(
            CaseworkRoutes.console, access: .holding(CaseworkPermission.readCase),
            summary: "The centre's screen: list, case, decision."
        ) { (input: ConsoleInput, who: SignedIn) in
            ConsolePage.page(try await casework.consoleModel(input, by: who.actor))
        }
    }

    private var desk: Endpoint {
        .page(
            CaseworkRoutes.desk, access: .holding(CaseworkPermission.answerTask),
            summary: "An organisation's screen: to sign, in work, the answer."
        ) { (input: DeskInput, who: SignedIn) in
            DeskPage.page(try await casework.deskModel(input, by: who.actor))
        }
    }

    private var search: Endpoint {
        .page(
            CaseworkRoutes.search, access: .holding(CaseworkPermission.readCase),
            summary: "Reports whose redacted words match."
        ) { (input: SearchInput, who: SignedIn) in
            let scope = try casework.scope(input.scope, for: CaseworkPermission.readCase, of: who.actor)
            var form = FormState.empty
            var found: [Report] = []
            do {
                found = try await casework.search(input.q, in: scope, limit: input.limit, by: who.actor)
            } catch let error as RuleViolation where error.kind == .invalid {
                form = FormState(typed: ["q": [input.q]], violations: [error])
            }
            return SearchPage.page(
                SearchPage.Model(
                    text: input.q, scope: scope, found: found, isCut: found.count == input.limit,
                    areaNames: casework.areaNames(found.map(\.area)), form: form))
        }
    }

    // MARK: Verbs

    private var decisions: [Endpoint] {
        [
            action(CaseworkRoutes.accept, CaseworkPermission.acceptReport, "Takes a report up with a new case.") {
                (input: AcceptInput, who, once) in
                _ = try await input.command.run(by: who.actor, once: once, in: casework)
                return .accepted
            },
            action(CaseworkRoutes.join, CaseworkPermission.acceptReport, "Joins a report to a case.") {
                (input: JoinInput, who, once) in
                _ = try await casework.join(input, by: who.actor, once: once)
                return .joined
            },
            action(CaseworkRoutes.refuse, CaseworkPermission.refuseReport, "Does not take a report up.") {
                (input: RefuseInput, who, once) in
                _ = try await input.command.run(by: who.actor, once: once, in: casework)
                return .refused
            },
        ]
    }

    private var caseActions: [Endpoint] {
        [
            action(CaseworkRoutes.verify, CaseworkPermission.verifyCase, "Confirms what was reported.") {
                (input: VerifyInput, who, once) in
                _ = try await input.command.run(by: who.actor, once: once, in: casework)
                return .verified
            },
            action(CaseworkRoutes.file, CaseworkPermission.fileCase, "Takes a case into the books.") {
                (input: FileInput, who, once) in
                _ = try await input.command.run(by: who.actor, once: once, in: casework)
                return .filed
            },
            action(CaseworkRoutes.dispatch, CaseworkPermission.dispatchCase, "Gives a case to organisations.") {
                (input: DispatchInput, who, once) in
                _ = try await input.command.run(by: who.actor, once: once, in: casework)
                return .dispatched
            },
            action(CaseworkRoutes.close, CaseworkPermission.closeCase, "Ends a case.") {
                (input: CloseInput, who, once) in
                _ = try await input.command.run(by: who.actor, once: once, in: casework)
                return .closed
            },
            action(CaseworkRoutes.check, CaseworkPermission.checkTask, "Checks an answer.") {
                (input: Both<CheckInput, CheckPhotosInput>, who, once) in
                _ = try await casework.check(input, by: who.actor, once: once)
                return input.first.verdict == .pass ? .passed : .sentBack
            },
        ]
    }

    private var taskActions: [Endpoint] {
        [
            deskAction(CaseworkRoutes.sign, CaseworkPermission.signTask, "The organisation takes its task.") {
                (input: SignInput, who, once) in
                (try await input.command.run(by: who.actor, once: once, in: casework), .signed)
            },
            deskAction(CaseworkRoutes.answer, CaseworkPermission.answerTask, "The organisation gives its result.") {
                (input: Both<AnswerInput, AnswerPhotosInput>, who, once) in
                (try await casework.answer(input, by: who.actor, once: once), .answered)
            },
        ]
    }

    /// A form of the console: leads back to the list it came from; a refusal shows the same case and what was typed.
    func action<Input: EndpointInput>(
        _ path: RoutePath, _ permission: Permission, _ summary: StaticString,
        _ run: @escaping @Sendable (Input, SignedIn, Once?) async throws -> Notice
    ) -> Endpoint {
        .action(
            path, access: .holding(permission), summary: summary
        ) { form, incoming, who in
            let place = try Fields.read(ConsolePlace.self, from: incoming)
            let input = ConsoleInput(
                place, caseID: try await casework.caseID(place, by: who.actor), form: form, verb: path)
            return ConsolePage.page(try await casework.consoleModel(input, by: who.actor))
        } _: { (both: Both<ConsolePlace, Input>, who: SignedIn) in
            let notice = try await run(both.second, who, once(who.visitor, path.pattern, "\(both.second)"))
            let place = both.first
            return .redirect(
                to: CaseworkRoutes.console.url(
                    query: [
                        "scope": place.scope?.description, "queue": place.queue?.rawValue, "notice": notice.rawValue,
                    ]))
        }
    }

    /// A form of the desk: leads back to the case.
    func deskAction<Input: EndpointInput>(
        _ path: RoutePath, _ permission: Permission, _ summary: StaticString,
        _ run: @escaping @Sendable (Input, SignedIn, Once?) async throws -> (CaseID, Notice)
    ) -> Endpoint {
        .action(
            path, access: .holding(permission), summary: summary
        ) { form, incoming, who in
            let place = try Fields.read(ConsolePlace.self, from: incoming)
            let input = DeskInput(
                place, caseID: try await casework.caseID(place, by: who.actor), form: form, verb: path)
            return DeskPage.page(try await casework.deskModel(input, by: who.actor))
        } _: { (input: Input, who: SignedIn) in
            let (id, notice) = try await run(input, who, once(who.visitor, path.pattern, "\(input)"))
            return .redirect(
                to: CaseworkRoutes.desk.url(query: ["case": id.description, "notice": notice.rawValue]))
        }
    }

    func once(_ visitor: Visitor, _ deed: String, _ input: String) -> Once? {
        Once(key: visitor.idempotencyKey, actor: visitor.actor, deed: deed, input: input, keys: casework.keys)
    }
}
