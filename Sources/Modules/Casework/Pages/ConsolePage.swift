import Domain
import Web

/// The centre's screen: list, case, decision side by side.
enum ConsolePage {
    static func page(_ model: ConsoleModel) -> Page {
        Page(.staff, "casework.console.title", current: CaseworkRoutes.console.url(), isPanes: true) { view in
            let pane = CasePane(view: view, catalogues: model.catalogues, areaNames: model.areaNames)
            let forms = VerbForms(view: view, model: model)
            let middle: HTML
            let right: HTML
            switch model.selection {
            case .nothing:
                middle =
                    "<div class=\"pane-in\"><p class=\"empty\">\(view.icon("list"))\(view.t(model.entries.isEmpty ? "casework.console.empty" : "casework.console.choose"))</p></div>"
                right = HTML()
            case .report(let detail):
                middle = pane.report(detail)
                right = forms.report(detail)
            case .caseFile(let detail):
                middle = pane.caseFile(detail)
                right = forms.caseFile(detail)
            }
            let bulk = BulkForms(view: view, model: model)
            let plan = model.bulk.map { bulk.form($0) } ?? right
            let notice: HTML =
                model.notice.map {
                    "<p class=\"note\" role=\"status\">\(view.icon("done"))<span>\(view.t($0))</span></p>"
                } ?? HTML()
            return """
                <main id="main"><h1 class="hide">\(view.t("casework.console.title"))</h1>
                <nav class="jump wrap row" aria-label="\(view.t("casework.console.jump"))"><a class="btn grow" href="\(URLPath.here("case"))">\(view.t("casework.console.jump-case"))</a><a class="btn grow" href="\(URLPath.here("plan"))">\(view.t("casework.console.jump-plan"))</a></nav>
                <div class="panes">
                <section class="pane no-print" aria-labelledby="queue-h"><div class="pane-head"><h2 id="queue-h" class="hide">\(view.t("casework.console.queue"))</h2>\(scopes(model, view))\(tabs(model, view))\(dueTabs(model, view))\(bulk.links)</div>\(list(model, view))</section>
                <article class="pane" id="case" tabindex="0" aria-label="\(view.t("casework.console.jump-case"))">\(notice)\(middle)</article>
                <section class="pane no-print" id="plan" tabindex="0" aria-label="\(view.t("casework.console.jump-plan"))">\(plan)</section>
                </div></main>
                """
        }
    }

    private static func scopes(_ model: ConsoleModel, _ view: View) -> HTML {
        guard model.scopes.count > 1 else {
            return
                "<p class=\"pane-sub\"><span class=\"faint\">\(model.scopes.first.map { view.name($0.name) } ?? "")</span></p>"
        }
        let options = model.scopes.map { entry -> HTML in
            "<option value=\"\(entry.scope.id.description)\"\(" selected", if: entry.scope == model.scope)>\(view.name(entry.name))</option>"
        }
        return """
            <form class="with-btn" method="get" action="\(CaseworkRoutes.console.url())"><label class="hide" for="scope">\(view.t("casework.console.scope"))</label><select class="input" id="scope" name="scope">\(options)</select><input type="hidden" name="queue" value="\(model.queue.rawValue)"><button class="btn" type="submit">\(view.t("casework.console.switch"))</button></form>
            """
    }

    private static func tabs(_ model: ConsoleModel, _ view: View) -> HTML {
        let links = model.queues.map { queue -> HTML in
            let url = CaseworkRoutes.console.url(query: ["scope": model.scope.id.description, "queue": queue.rawValue])
            return
                "<a class=\"tab\" href=\"\(url)\"\(" aria-current=\"true\"", if: model.due == nil && queue == model.queue)>\(view.t(.code("casework.tab", queue.rawValue))) <b>\(model.counts[queue] ?? 0)</b></a>"
        }
        return "<nav class=\"tabs tabs-wrap\" aria-label=\"\(view.t("casework.console.queue"))\">\(links)</nav>"
    }

    /// All cases of the scope by their ends, over all lists.
    private static func dueTabs(_ model: ConsoleModel, _ view: View) -> HTML {
        let links = DueFilter.allCases.map { filter -> HTML in
            let url = CaseworkRoutes.console.url(query: [
                "scope": model.scope.id.description, "queue": model.queue.rawValue, "due": filter.rawValue,
            ])
            return
                "<a class=\"tab\" href=\"\(url)\"\(" aria-current=\"true\"", if: filter == model.due)>\(view.t(filter)) <b>\(model.dueCounts[filter])</b></a>"
        }
        return "<nav class=\"tabs tabs-wrap\" aria-label=\"\(view.t("casework.left.filter"))\">\(links)</nav>"
    }

    private static func list(_ model: ConsoleModel, _ view: View) -> HTML {
        guard !model.entries.isEmpty else {
            return "<p class=\"empty\">\(view.icon("done"))\(view.t("casework.console.empty"))</p>"
        }
        if let verb = model.bulk { return boxes(verb, model, view) }
        let items = model.entries.map { entry -> HTML in
            switch entry {
            case .report(let report): reportItem(report, model, view)
            case .caseFile(let summary): caseItem(summary, model, view)
            }
        }
        let next: HTML =
            model.next.map { mark in
                let url = CaseworkRoutes.console.url(query: [
                    "scope": model.scope.id.description, "queue": model.queue.rawValue, "due": model.due?.rawValue,
                    "after": mark.text,
                ])
                return
                    "<p class=\"pane-in\"><a class=\"btn btn-wide\" href=\"\(url)\">\(view.t("casework.console.more"))</a></p>"
            } ?? HTML()
        return "<ol class=\"queue grow\" data-queue>\(items)</ol>\(next)"
    }

    private static func boxes(_ verb: BulkVerb, _ model: ConsoleModel, _ view: View) -> HTML {
        let bulk = BulkForms(view: view, model: model)
        let place = { (area: AreaID) in model.areaNames[area].map { view.name($0) } ?? "" }
        let items = model.entries.map { entry -> HTML in
            switch entry {
            case .report(let report):
                bulk.entry(verb, report.id.description, report.title, [place(report.area), report.place ?? ""])
            case .caseFile(let summary):
                bulk.entry(
                    verb, summary.id.description, summary.title,
                    [summary.number?.description ?? "", place(summary.area), view.t(summary.phase)])
            }
        }
        return "<ol class=\"queue grow\">\(items)</ol>"
    }

    private static func reportItem(_ report: Report, _ model: ConsoleModel, _ view: View) -> HTML {
        let isCurrent = if case .report(let detail) = model.selection { detail.report.id == report.id } else { false }
        let url = CaseworkRoutes.console.url(query: [
            "scope": model.scope.id.description, "queue": model.queue.rawValue, "report": report.id.description,
        ]).at("case")
        return """
            <li><a class="job" href="\(url)"\(" aria-current=\"true\"", if: isCurrent)><span class="job-left">\(model.acceptLimits[report.id].map { view.left($0) })</span><span><span class="job-what">\(report.title)</span><span class="faint">\(model.areaNames[report.area].map { view.name($0) } ?? "")\(report.place.map { " · \($0)" as HTML })</span><span class="faint">\(view.shortMoment(report.receivedAt)) · \(view.t(report.channel))</span></span></a></li>
            """
    }

    private static func caseItem(_ summary: CaseSummary, _ model: ConsoleModel, _ view: View) -> HTML {
        let isCurrent =
            if case .caseFile(let detail) = model.selection { detail.caseFile.id == summary.id } else { false }
        let url = CaseworkRoutes.console.url(query: [
            "scope": model.scope.id.description, "queue": model.queue.rawValue, "due": model.due?.rawValue,
            "case": summary.id.description,
        ]).at("case")
        let lead = summary.tasks.first { $0.role == .lead }
        return """
            <li><a class="job" href="\(url)"\(" aria-current=\"true\"", if: isCurrent)><span class="job-left">\(view.left(of: summary))</span><span><span class="job-what">\(summary.title)</span><span class="faint">\(model.areaNames[summary.area].map { view.name($0) } ?? "") · \(view.t(summary.phase))\(lead.map { " · \(view.name($0.organisationName))" as HTML })</span><span class="faint">\(summary.number?.description ?? view.t("casework.pane.no-number"))</span>\(view.provisional(summary.clock.isProvisional))</span></a></li>
            """
    }
}
