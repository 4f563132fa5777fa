import Areas
import Domain
import Web

/// The forms of the reporters' side.
extension CaseworkPages {
    var voice: [Endpoint] { callbacks + senders + rulings }

    private var callbacks: [Endpoint] {
        [
            action(
                CaseworkRoutes.finish, CaseworkPermission.closeCase,
                "Answers everybody who reported a case and hands it over to be asked about."
            ) { (input: CloseInput, who, once) in
                _ = try await input.finishing.run(by: who.actor, once: once, in: casework)
                return .finished
            },
            action(CaseworkRoutes.callBack, CaseworkPermission.callBack, "Keeps a try to ask a reporter.") {
                (input: CallBackInput, who, once) in
                _ = try await input.command.run(by: who.actor, once: once, in: casework)
                return input.reached == .yes ? .calledBack : .notReached
            },
        ]
    }

    private var rulings: [Endpoint] {
        [
            action(CaseworkRoutes.ask, CaseworkPermission.askReporter, "Asks the sender for what is missing.") {
                (input: AskInput, who, once) in
                _ = try await input.command.run(by: who.actor, once: once, in: casework)
                return .asked
            },
            action(
                CaseworkRoutes.supplementFor, CaseworkPermission.enterReport,
                "A seat adds what was missing for a caller."
            ) { (input: SupplementForInput, who, once) in
                _ = try await input.command.run(by: who.actor, once: once, in: casework)
                return .supplemented
            },
            action(
                CaseworkRoutes.withdrawReportFor, CaseworkPermission.enterReport,
                "A seat takes a report back for a caller."
            ) { (input: WithdrawReportForInput, who, once) in
                _ = try await input.command.run(by: who.actor, once: once, in: casework)
                return .withdrawnFor
            },
            action(CaseworkRoutes.objectFor, CaseworkPermission.enterReport, "A seat enters an objection for a caller.")
            { (input: ObjectForInput, who, once) in
                _ = try await input.command.run(by: who.actor, once: once, in: casework)
                return .objected
            },
            action(
                CaseworkRoutes.ruleObjection, CaseworkPermission.ruleReport,
                "Decides about an objection, or looks again at a refusal."
            ) { (input: RuleObjectionInput, who, once) in
                _ = try await input.command.run(by: who.actor, once: once, in: casework)
                return input.ruling == .granted ? .granted : .stands
            },
        ]
    }

    // MARK: Senders

    private var senders: [Endpoint] {
        [
            .page(
                CaseworkRoutes.story, access: Self.open, summary: "Where a report stands, for whoever has its code."
            ) { (input: StoryInput, _: Visitor) in
                try await storyPage(input.code, .empty, notice: input.notice)
            },
            says(CaseworkRoutes.rate, .rated, "The sender says what the answer is worth.") {
                (input: RateInput, visitor, once) in
                _ = try await input.command().run(by: visitor.actor, once: once, in: casework)
            },
            says(CaseworkRoutes.supplement, .supplemented, "The sender adds what was missing.") {
                (input: SupplementInput, visitor, once) in
                _ = try await input.command().run(by: visitor.actor, once: once, in: casework)
            },
            says(CaseworkRoutes.withdrawReport, .withdrawn, "The sender takes the report back.") {
                (input: WithdrawReportInput, visitor, once) in
                _ = try await input.command().run(by: visitor.actor, once: once, in: casework)
            },
            says(CaseworkRoutes.object, .objected, "The sender does not agree with a refusal or an answer.") {
                (input: ObjectInput, visitor, once) in
                _ = try await input.command().run(by: visitor.actor, once: once, in: casework)
            },
        ]
    }

    private static let open = Access<Visitor>.open("whoever has the code speaks for the report")

    private func storyPage(_ code: String, _ form: FormState, notice: StoryNotice? = nil) async throws -> Page {
        let story = try await casework.story(try TrackingCode(typed: code))
        return ReportPages.story(
            story, casework.catalogues, areaName: casework.areas.tree.area(story.area)?.name, form: form,
            notice: notice?.phrase)
    }

    /// A form of the story page: leads back to it; a refusal shows what was typed.
    private func says<Input: EndpointInput>(
        _ path: RoutePath, _ notice: StoryNotice, _ summary: StaticString,
        _ run: @escaping @Sendable (Input, Visitor, Once?) async throws -> Void
    ) -> Endpoint {
        .action(path, access: Self.open, summary: summary, errors: ["tracking-code.unknown", "story.staff"]) {
            form, incoming, _ in
            try await storyPage(try Fields.read(CodeInput.self, from: incoming).code, form)
        } _: { (both: Both<CodeInput, Input>, visitor: Visitor) in
            try await run(both.second, visitor, once(visitor, path.pattern, "\(both.second)"))
            let code = try TrackingCode(typed: both.first.code)
            return .redirect(to: CaseworkRoutes.story.url(code.digits, query: ["notice": notice.rawValue]))
        }
    }
}
