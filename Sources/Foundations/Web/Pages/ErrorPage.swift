import Domain
import HTTPTypes

/// What a person sees when something did not work: what happened, what is kept, what to do.
enum ErrorPage {
    static func page(_ problem: Problem, shell: Shell = .resident) -> Page {
        Page(shell, .code("problem", problem.code, problem.arguments), status: problem.status) { view in
            let advice = Phrase.code("problem-advice", adviceCode(problem, view))
            let items = problem.violations.map { "<li>\(view.site.catalogue.text($0, in: view.language))</li>" as HTML }
            return """
                <main id="main" class="wrap narrow page stack stack-l">
                <div class="stack"><p class="row"><span class="mark">\(view.icon("alert"))\(problem.status.code)</span></p>
                <h1>\(view.t(problem.title))</h1>\(items.isEmpty ? HTML() : "<ul class=\"stack-s stack\">\(items)</ul>")
                <p class="lede">\(view.t(advice))</p></div>
                <p class="row"><a class="btn btn-go" href="\(shell == .staff ? WebRoutes.work.url() : WebRoutes.home.url())">\(view.t("web.error.home"))</a>\
                <a class="btn btn-quiet" href="\(telephone: view.site.dutyPhone)">\(view.icon("phone"))\(view.site.dutyPhone)</a></p>
                <p class="faint">\(view.t(Phrase("web.error.number", ["request": view.visitor.requestID]))) · \(view.moment(view.now))</p>
                </main>
                """
        }
    }

    /// Advice by code where there is some, by status otherwise.
    private static func adviceCode(_ problem: Problem, _ view: View) -> String {
        view.site.catalogue.has("problem-advice.\(problem.code)", in: view.language)
            ? problem.code : String(problem.status.code)
    }
}
