import Domain
import Web

/// The first page after signing in: what waits, and where.
enum WorkPage {
    static func page(_ model: WorkModel) -> Page {
        Page(.staff, "casework.work.title", current: WebRoutes.work.url()) { view in
            let sections = model.lines.map { line -> HTML in
                let items = line.counts.map { entry -> HTML in
                    let url =
                        line.scope.kind == .organisation
                        ? CaseworkRoutes.desk.url(query: ["scope": line.scope.id.description])
                        : CaseworkRoutes.console.url(query: [
                            "scope": line.scope.id.description, "queue": entry.queue.rawValue,
                        ])
                    return
                        "<li><a class=\"item\" href=\"\(url)\"><span>\(view.t(entry.queue))</span><b>\(entry.count)</b></a></li>"
                }
                return
                    "<section class=\"stack-s stack\"><h2>\(view.name(line.name))</h2><ul class=\"rows rows-num\">\(items)</ul></section>"
            }
            return """
                <main id="main" class="wrap narrow page stack stack-l"><h1>\(view.t("casework.work.heading"))</h1>\(search(view, "", nil))\
                \(sections.isEmpty ? "<p class=\"empty\">\(view.icon("lock"))\(view.t("casework.work.none"))</p>" : HTML())\(sections)<p class="faint">\(view.t("casework.work.moment"))</p></main>
                """
        }
    }

    static func search(_ view: View, _ text: String, _ scope: Scope?) -> HTML {
        let hidden: HTML =
            scope.map { "<input type=\"hidden\" name=\"scope\" value=\"\($0.id.description)\">" } ?? HTML()
        return """
            <form class="field" role="search" method="get" action="\(CaseworkRoutes.search.url())"><label for="q">\(view.t("casework.search.label"))</label>\(hidden)<div class="with-btn"><input class="input" id="q" name="q" type="search" value="\(text)" maxlength="100" required><button class="btn" type="submit">\(view.t("casework.search.go"))</button></div></form>
            """
    }
}

/// Reports whose words match.
enum SearchPage {
    struct Model: Sendable {
        let text: String
        let scope: Scope
        let found: [Report]
        let isCut: Bool
        let areaNames: [AreaID: LocalizedName]
        let form: FormState
    }

    static func page(_ model: Model) -> Page {
        Page(.staff, "casework.search.title") { view in
            let items = model.found.map { report -> HTML in
                let url =
                    report.caseID.map {
                        CaseworkRoutes.console.url(query: ["scope": model.scope.id.description, "case": $0.description])
                    }
                    ?? CaseworkRoutes.console.url(query: [
                        "scope": model.scope.id.description, "report": report.id.description,
                    ])
                return """
                    <li><a class="item" href="\(url)"><span><b>\(report.title)</b><span class="faint">\(view.t(report.state)) · \(model.areaNames[report.area].map { view.name($0) } ?? "") · \(view.moment(report.receivedAt))</span></span>\(view.icon("right"))</a></li>
                    """
            }
            let summary =
                model.isCut
                ? Phrase("casework.search.cut", count: model.found.count)
                : Phrase("casework.search.found", count: model.found.count)
            return """
                <main id="main" class="wrap narrow page stack stack-l"><h1>\(view.t("casework.search.title"))</h1>\(WorkPage.search(view, model.text, model.scope))\(view.refusals(model.form))
                <p role="status">\(view.t(summary))</p><ul class="rows">\(items)</ul></main>
                """
        }
    }
}
