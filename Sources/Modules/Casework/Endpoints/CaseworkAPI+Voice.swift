import Domain
import HTTPTypes
import Web

/// The reporters' side for machines.
extension CaseworkAPI {
    var voice: [Endpoint] { callbacks + senders + behalf + rulings }

    private var callbacks: [Endpoint] {
        [
            verb(
                CaseworkRoutes.API.finishing, CaseworkPermission.closeCase,
                "Answers everybody who reported a case and hands it over to be asked about.",
                errors: [
                    "case.unknown", "case.not-now", "case.tasks-unfinished", "case.lead-not-passed",
                    "case.nobody-to-ask", "case.checked-by-handler", "case.photo-missing",
                ]
            ) { (input: CloseInput, actor, once) in
                CaseReceiptJSON(id: try await input.finishing.run(by: actor, once: once, in: casework))
            },
            verb(
                CaseworkRoutes.API.callbacks, CaseworkPermission.callBack,
                "Keeps a try to ask a reporter what came of it.", success: .created,
                errors: ["case.unknown", "case.not-now", "callback.no-such-report", "callback.not-reached"]
            ) { (input: CallBackInput, actor, once) in
                CaseReceiptJSON(id: try await input.command.run(by: actor, once: once, in: casework))
            },
        ]
    }

    private static let open = Access<Visitor>.open("whoever has the code speaks for the report")

    private var senders: [Endpoint] {
        [
            .json(
                .post, CaseworkRoutes.API.storyRating, access: Self.open,
                summary: "The sender says what the answer is worth, once for each answer.", success: .created,
                errors: [
                    "tracking-code.unknown", "tracking-code.length", "tracking-code.characters",
                    "tracking-code.mistyped", "story.staff", "report.not-now",
                ]
            ) { (input: RateInput, visitor: Visitor) in
                _ = try await input.command().run(
                    by: visitor.actor, once: once(visitor, "rate", "\(input)"), in: casework)
                return StoryJSON(try await casework.story(try TrackingCode(typed: input.code)))
            },
            .json(
                .post, CaseworkRoutes.API.storyObjection, access: Self.open,
                summary: "The sender does not agree with a refusal or an answer; the centre decides.",
                success: .created,
                errors: [
                    "tracking-code.unknown", "tracking-code.length", "tracking-code.characters",
                    "tracking-code.mistyped", "story.staff", "report.not-now", "report.objected-already",
                    "report.objection-late", "report.case-over",
                ]
            ) { (input: ObjectInput, visitor: Visitor) in
                _ = try await input.command().run(
                    by: visitor.actor, once: once(visitor, "object", "\(input)"), in: casework)
                return StoryJSON(try await casework.story(try TrackingCode(typed: input.code)))
            },
            .json(
                .post, CaseworkRoutes.API.storySupplement, access: Self.open,
                summary: "The sender adds what was missing.", success: .created,
                errors: [
                    "tracking-code.unknown", "tracking-code.length", "tracking-code.characters",
                    "tracking-code.mistyped", "story.staff", "report.not-now",
                ]
            ) { (input: SupplementInput, visitor: Visitor) in
                _ = try await input.command().run(
                    by: visitor.actor, once: once(visitor, "supplement", "\(input)"), in: casework)
                return StoryJSON(try await casework.story(try TrackingCode(typed: input.code)))
            },
            .json(
                .post, CaseworkRoutes.API.storyWithdrawal, access: Self.open,
                summary: "The sender takes the report back.",
                errors: [
                    "tracking-code.unknown", "tracking-code.length", "tracking-code.characters",
                    "tracking-code.mistyped", "story.staff", "report.not-now",
                ]
            ) { (input: WithdrawReportInput, visitor: Visitor) in
                _ = try await input.command().run(
                    by: visitor.actor, once: once(visitor, "withdraw", "\(input)"), in: casework)
                return StoryJSON(try await casework.story(try TrackingCode(typed: input.code)))
            },
        ]
    }

    private var behalf: [Endpoint] {
        [
            verb(
                CaseworkRoutes.API.question, CaseworkPermission.askReporter,
                "Asks the sender for what is missing.", errors: ["report.unknown", "report.not-now"]
            ) { (input: AskInput, actor, once) in
                ReportIDJSON(id: try await input.command.run(by: actor, once: once, in: casework))
            },
            verb(
                CaseworkRoutes.API.supplement, CaseworkPermission.enterReport,
                "A seat adds what was missing for a caller.", success: .created,
                errors: ["report.unknown", "report.not-now"]
            ) { (input: SupplementForInput, actor, once) in
                ReportIDJSON(id: try await input.command.run(by: actor, once: once, in: casework))
            },
            verb(
                CaseworkRoutes.API.reportWithdrawal, CaseworkPermission.enterReport,
                "A seat takes a report back for a caller.", errors: ["report.unknown", "report.not-now"]
            ) { (input: WithdrawReportForInput, actor, once) in
                ReportIDJSON(id: try await input.command.run(by: actor, once: once, in: casework))
            },
            verb(
                CaseworkRoutes.API.objection, CaseworkPermission.enterReport,
                "A seat enters an objection for a caller.", success: .created,
                errors: [
                    "report.unknown", "report.not-now", "report.objected-already", "report.objection-late",
                    "report.case-over",
                ]
            ) { (input: ObjectForInput, actor, once) in
                ReportIDJSON(id: try await input.command.run(by: actor, once: once, in: casework))
            },
        ]
    }

    private var rulings: [Endpoint] {
        [
            verb(
                CaseworkRoutes.API.objectionRuling, CaseworkPermission.ruleReport,
                "Decides about an objection, or looks again at a refusal.",
                errors: [
                    "report.unknown", "report.not-now", "report.no-objection", "report.ruling-own-decision",
                    "case.unknown", "case.not-now",
                ]
            ) { (input: RuleObjectionInput, actor, once) in
                ReportIDJSON(id: try await input.command.run(by: actor, once: once, in: casework))
            }
        ]
    }
}
