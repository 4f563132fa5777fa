import Domain
import Web

/// Opening personal data: first the purpose, then the values with a line that says who looks.
enum DisclosurePage {
    static func ask(_ report: Report, hasNumber: Bool, _ form: FormState) -> Page {
        Page(.staff, "casework.disclosure.title", current: CaseworkRoutes.console.url()) { view in
            let chosen = form.value("purpose")
            let purposes = DisclosurePurpose.allCases.filter { $0 != .handling || hasNumber }.map { purpose in
                view.choice(
                    "purpose", purpose.rawValue, view.t(purpose), checked: chosen == purpose.rawValue, required: true)
            }
            let buttons = DisclosedField.allCases.map { field -> HTML in
                "<button class=\"btn btn-go grow\" type=\"submit\" name=\"what\" value=\"\(field.rawValue)\">\(view.icon("eye"))\(view.t(.code("casework.disclosure.open", field.rawValue)))</button>"
            }
            return """
                <main id="main" class="wrap narrow page stack stack-l">\(back(report.id, report.caseID, view))
                <div><h1>\(view.t("casework.disclosure.title"))</h1><p class="soft">\(report.title)</p></div>
                <p class="note note-plain">\(view.icon("eye"))<span>\(view.t("casework.disclosure.told"))</span></p>\(view.refusals(form))
                <form class="stack stack-m" method="post" action="\(CaseworkDisclosure.page.url(report.id))">\(view.formTokens)
                <fieldset class="field" id="purpose"><legend>\(view.t("casework.disclosure.purpose"))</legend>\(view.wrong(form, "purpose"))<div class="choices">\(purposes)</div></fieldset>
                \(view.textField(form, "reason", "casework.disclosure.reason", hint: "casework.disclosure.reason-hint", maximum: TextLimit.disclosureReason))
                <p class="row">\(buttons)</p></form></main>
                """
        }
    }

    static func opened(_ opened: Disclose.Opened) -> Page {
        Page(.staff, "casework.disclosure.opened", current: CaseworkRoutes.console.url()) { view in
            let disclosure = opened.disclosure
            var facts = HTML()
            if let phone = opened.phone {
                facts +=
                    "<dt>\(view.t("casework.fact.phone"))</dt><dd class=\"code\"><a href=\"\(telephone: phone)\">\(phone)</a></dd>"
            }
            if let title = opened.title {
                facts += "<dt>\(view.t("casework.disclosure.words-title"))</dt><dd>\(title)</dd>"
            }
            if let place = opened.place { facts += "<dt>\(view.t("casework.fact.place"))</dt><dd>\(place)</dd>" }
            let words: HTML =
                opened.text.map { text in
                    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
                        index, line -> HTML in index == 0 ? "\(String(line))" : "<br>\(String(line))"
                    }
                    return "<blockquote class=\"quote\"><p>\(lines)</p></blockquote>"
                } ?? HTML()
            return """
                <main id="main" class="wrap narrow page stack stack-l">\(back(disclosure.report, opened.caseID, view))
                <h1>\(view.t("casework.disclosure.opened"))</h1>
                <p class="note note-plain" role="status">\(view.icon("eye"))<span>\(watermark(disclosure, view))</span></p>
                <dl class="facts">\(facts)</dl>\(words)
                <p class="hint">\(view.t("casework.disclosure.once"))</p></main>
                """
        }
    }

    /// Who looks, for whom, when and why: on the screen and on whatever is printed or photographed from it.
    private static func watermark(_ disclosure: Disclosure, _ view: View) -> HTML {
        let name = view.session?.displayName ?? ""
        let organisation = view.session?.organisationName.map { view.name($0) } ?? ""
        let reason: HTML = disclosure.reason.map { " · \($0)" } ?? HTML()
        return "\(name) · \(organisation) · \(view.moment(disclosure.at)) · \(view.t(disclosure.purpose))\(reason)"
    }

    private static func back(_ report: ReportID, _ caseID: CaseID?, _ view: View) -> HTML {
        let url =
            caseID.map { CaseworkRoutes.console.url(query: ["case": $0.description]) }
            ?? CaseworkRoutes.console.url(query: ["report": report.description])
        return "<p class=\"no-print\"><a href=\"\(url)\">\(view.t("casework.disclosure.back"))</a></p>"
    }

    // MARK: Where it is asked for, and where it is told

    /// The way to it from a report's words.
    static func link(_ report: ReportID, _ view: View) -> HTML {
        guard view.visitor.actor.holds(CaseworkPermission.discloseReport) else { return HTML() }
        return """
            <p class="no-print"><a class="btn" href="\(CaseworkDisclosure.page.url(report))">\(view.icon("eye"))\(view.t("casework.disclosure.link"))</a></p>
            """
    }

    /// What the sender is told: organisation, post, purpose and time; no names of persons.
    static func told(_ story: PublicStory, _ view: View) -> HTML {
        guard !story.disclosures.isEmpty else { return HTML() }
        let items = story.disclosures.map { disclosure -> HTML in
            let reason: HTML = disclosure.reason.map { " · \($0)" } ?? HTML()
            let organisation = disclosure.organisation.map { view.name($0) } ?? view.t("casework.story.unit")
            return """
                <li>\(view.moment(disclosure.at))<br><b>\(organisation)\(post(disclosure.role, view))</b> \(view.t(.code("casework.disclosure.told", disclosure.field.rawValue)))<br><span class="soft">\(view.t(disclosure.purpose))\(reason)</span></li>
                """
        }
        return """
            <section class="stack" aria-labelledby="opened"><h2 id="opened">\(view.t("casework.disclosure.story"))</h2><ul class="rows stack-s stack">\(items)</ul></section>
            """
    }

    /// A role that is no longer defined has no name any more.
    private static func post(_ role: String?, _ view: View) -> String {
        guard let role else { return "" }
        let name = Phrase.code("app.role", role)
        return view.site.catalogue.has(name.key, in: view.language) ? " " + view.t(name) : ""
    }
}
