import Domain
import Web

/// One page of the trail with the names in it.
struct AuditListing: Sendable {
    let entries: [AuditEntry]
    let names: [AccountID: String]
    let organisations: [OrganisationID: LocalizedName]
    /// The last entry, when there are more.
    let next: AuditID?
}

/// The trail as a table, with the state of its chain above.
struct AuditPage {
    let listing: AuditListing
    let person: String?
    let thing: String?
    let isFirst: Bool
    let head: AuditHead?
    let isSigned: Bool
    let form: FormState

    var page: Page {
        Page(.staff, "identity.audit.title", current: AuditPages.trail.url()) { view in
            """
            <main id="main" class="wrap page stack stack-l"><h1>\(view.t("identity.audit.title"))</h1>
            \(chain(view))\(search(view))\(view.refusals(form))\(table(view))</main>
            """
        }
    }

    private func chain(_ view: View) -> HTML {
        guard let head else {
            return
                "<p class=\"note note-plain\" role=\"status\">\(view.icon("clock"))<span>\(view.t("identity.audit.unsealed"))</span></p>"
        }
        let state: HTML =
            isSigned
            ? HTML()
            : "<p class=\"note note-stop\" role=\"alert\">\(view.icon("alert"))<span>\(view.t("identity.audit.unsigned"))</span></p>"
        return """
            <section class="stack-s stack" aria-labelledby="chain"><h2 id="chain">\(view.t("identity.audit.chain"))</h2>\(state)
            <dl class="facts"><dt>\(view.t("identity.audit.sealed-up-to"))</dt><dd>\(String(head.number))</dd>
            <dt>\(view.t("identity.audit.sealed-at"))</dt><dd>\(view.moment(head.at))</dd>
            <dt>\(view.t("identity.audit.link"))</dt><dd class="code break">\(head.link.description)</dd></dl>
            <p class="hint">\(view.t("identity.audit.chain-hint"))</p></section>
            """
    }

    private func search(_ view: View) -> HTML {
        """
        <form class="row row-end" role="search" method="get" action="\(AuditPages.trail.url())">
        \(field(view, "person", "identity.audit.person", 100))\(field(view, "thing", "identity.audit.thing", 60))
        <button class="btn" type="submit">\(view.t("identity.audit.show"))</button></form>
        """
    }

    private func field(_ view: View, _ name: StaticString, _ label: Phrase, _ maximum: Int) -> HTML {
        let name = name.description
        let described: HTML =
            form.violation(name) != nil ? " aria-invalid=\"true\" aria-describedby=\"\(name)-wrong\"" : HTML()
        return """
            <div class="field grow"><label for="\(name)">\(view.t(label))</label>\(view.wrong(form, name))<input class="input" id="\(name)" name="\(name)" type="text" value="\(form.value(name))" maxlength="\(maximum)" autocomplete="off" spellcheck="false"\(described)></div>
            """
    }

    private func table(_ view: View) -> HTML {
        guard !listing.entries.isEmpty else {
            return "<p class=\"empty\">\(view.icon("list"))\(view.t("identity.audit.empty"))</p>"
        }
        let rows = listing.entries.map { entry -> HTML in
            let subject: HTML =
                entry.subject.map {
                    "<a class=\"code\" href=\"\(AuditPages.trail.url(query: ["thing": $0.description]))\">\($0.description)</a>"
                } ?? HTML()
            return """
                <tr><td class="nowrap">\(view.shortMoment(entry.at))</td><td>\(who(entry, view))</td><td>\(action(entry, view))</td><td>\(kind(entry, view)) \(subject)</td><td>\(fields(entry, view))</td></tr>
                """
        }
        let more: HTML =
            listing.next.map { next in
                "<p><a class=\"btn\" href=\"\(AuditPages.trail.url(query: ["person": person, "thing": thing, "before": next.description]))\">\(view.t("identity.audit.older"))</a></p>"
            } ?? HTML()
        let newest: HTML =
            isFirst
            ? HTML()
            : "<a class=\"btn\" href=\"\(AuditPages.trail.url(query: ["person": person, "thing": thing]))\">\(view.t("identity.audit.newest"))</a>"
        return """
            <section class="stack-s stack"><div class="head"><h2 id="entries">\(view.t("identity.audit.entries"))</h2>\(newest)</div>
            <div class="scroll-x" tabindex="0" role="region" aria-labelledby="entries"><table class="table table-wide"><caption class="hide">\(view.t("identity.audit.entries"))</caption>
            <thead><tr><th scope="col">\(view.t("identity.audit.at"))</th><th scope="col">\(view.t("identity.audit.who"))</th><th scope="col">\(view.t("identity.audit.action"))</th><th scope="col">\(view.t("identity.audit.subject"))</th><th scope="col">\(view.t("identity.audit.fields"))</th></tr></thead><tbody>\(rows)</tbody></table></div>\(more)</section>
            """
    }

    private func who(_ entry: AuditEntry, _ view: View) -> HTML {
        guard let account = entry.account else { return "\(view.t(.code("identity.origin", entry.origin.rawValue)))" }
        let name = listing.names[account] ?? account.description
        let organisation: HTML =
            entry.organisation.flatMap { listing.organisations[$0] }.map {
                "<br><span class=\"faint\">\(view.name($0))</span>"
            } ?? HTML()
        return "\(name)\(organisation)"
    }

    /// `casework.case.dispatch` is called what the module calls it: `casework.case.action.dispatch`.
    private func action(_ entry: AuditEntry, _ view: View) -> HTML {
        let parts = entry.action.split(separator: ".", maxSplits: 2)
        if parts.count == 3 {
            let phrase = Phrase.code("\(parts[0]).\(parts[1]).action", String(parts[2]))
            if view.site.catalogue.has(phrase.key, in: view.language) { return "\(view.t(phrase))" }
        }
        return "<span class=\"code\">\(entry.action)</span>"
    }

    private func fields(_ entry: AuditEntry, _ view: View) -> String {
        entry.fields.map { name in
            let phrase = Phrase.code("identity.column", name)
            return view.site.catalogue.has(phrase.key, in: view.language) ? view.t(phrase) : name
        }.joined(separator: " · ")
    }

    private func kind(_ entry: AuditEntry, _ view: View) -> String {
        let phrase = Phrase.code("identity.kind", entry.subjectKind)
        return view.site.catalogue.has(phrase.key, in: view.language) ? view.t(phrase) : entry.subjectKind
    }
}
