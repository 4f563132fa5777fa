import Domain
import HTTPTypes
import Web

/// Opening personal data, as page and as JSON.
struct CaseworkDisclosure {
    let casework: Casework

    static let page: RoutePath = "/work/reports/{report}/disclosure"
    static let api: RoutePath = "/api/v1/reports/{report}/disclosures"

    private static let errors = [
        "report.unknown", "disclosure.erased", "disclosure.no-phone", "disclosure.no-number", "input.missing",
    ]

    var endpoints: [Endpoint] { [ask, open, openJSON] }

    private var ask: Endpoint {
        .page(
            Self.page, access: .holding(CaseworkPermission.discloseReport),
            summary: "Asks what personal data of a report is to be opened for."
        ) { (input: ReportAddress, who: SignedIn) in
            try await form(input.report, .empty, who)
        }
    }

    private var open: Endpoint {
        .action(
            Self.page, access: .holding(CaseworkPermission.discloseReport),
            summary: "Opens personal data of a report, once, after writing down who opens it and why.",
            success: .ok, errors: Self.errors
        ) { form, incoming, who in
            try await self.form(try Fields.read(ReportAddress.self, from: incoming).report, form, who)
        } _: { (input: DiscloseInput, who: SignedIn) in
            let opened = try await input.command.run(by: who.actor, in: casework)
            return .page(DisclosurePage.opened(opened))
        }
    }

    private var openJSON: Endpoint {
        .json(
            .post, Self.api, access: .holding(CaseworkPermission.discloseReport),
            summary: "Opens personal data of a report, once, after writing down who opens it and why.",
            errors: Self.errors
        ) { (input: DiscloseInput, who: SignedIn) in
            OpenedJSON(try await input.command.run(by: who.actor, in: casework))
        }
    }

    private func form(_ id: ReportID, _ form: FormState, _ who: SignedIn) async throws -> Page {
        let found = try await casework.disclosable(id, by: who.actor)
        return DisclosurePage.ask(found.report, hasNumber: found.number != nil, form)
    }

    private struct DiscloseInput: EndpointInput {
        let command: Disclose

        init(_ fields: inout Fields) {
            command = Disclose(
                report: fields.id("report"), field: fields.choice("what"), purpose: fields.choice("purpose"),
                reason: fields.optionalText("reason", maximum: TextLimit.disclosureReason))
        }
    }

    private struct OpenedJSON: JSONAnswer {
        let id: DisclosureID
        let at: String
        let title: String?
        let text: String?
        let place: String?
        let phone: String?

        init(_ opened: Disclose.Opened) {
            id = opened.disclosure.id
            at = opened.disclosure.at.iso8601(at: .china)
            title = opened.title
            text = opened.text
            place = opened.place
            phone = opened.phone
        }
    }
}
