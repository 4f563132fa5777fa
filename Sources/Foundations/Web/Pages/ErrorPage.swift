import Domain
import HTTPTypes

/// What a person sees when something did not work: what happened, what is kept, what to do.
enum ErrorPage {
    /// - Parameters:
    ///   - kept: what the person had typed into the form that was not taken.
    ///   - back: the page that the form stood on.
    static func page(_ problem: Problem, shell: Shell = .resident, kept: [KeptText] = [], back: URLPath? = nil) -> Page
    {
        Page(shell, problem.title, status: problem.status) { view in
            let advice = Phrase.code("problem-advice", adviceCode(problem, view))
            let items = problem.violations.map { "<li>\(view.site.catalogue.text($0, in: view.language))</li>" as HTML }
            return """
                <main id="main" class="wrap narrow page stack stack-l">
                <div class="stack"><p class="row"><span class="mark">\(view.icon("alert"))\(problem.status.code)</span></p>
                <h1>\(view.t(problem.title))</h1>\(items.isEmpty ? HTML() : "<ul class=\"stack-s stack\">\(items)</ul>")
                <p class="lede">\(view.t(advice))</p></div>
                \(KeptText.section(kept, view))
                <p class="row">\(mainLink(problem, shell, kept, back, view))\
                <a class="btn btn-quiet" href="\(telephone: view.site.dutyPhone)">\(view.icon("phone"))\(view.site.dutyPhone)</a></p>
                <p class="faint">\(view.t(Phrase("web.error.number", ["request": view.visitor.requestID]))) · \(view.moment(view.now))</p>
                </main>
                """
        }
    }

    /// One way on: to sign in, back to the form, or to the start.
    private static func mainLink(
        _ problem: Problem, _ shell: Shell, _ kept: [KeptText], _ back: URLPath?, _ view: View
    ) -> HTML {
        if problem.status == .unauthorized {
            let signIn = WebRoutes.signIn.url(query: ["next": back?.text, "expired": kept.isEmpty ? nil : "1"])
            return "<a class=\"btn btn-go\" href=\"\(signIn)\">\(view.t("web.error.sign-in"))</a>"
        }
        if let back {
            return "<a class=\"btn btn-go\" href=\"\(back)\">\(view.t("web.error.back"))</a>"
        }
        let home = shell == .staff ? WebRoutes.work.url() : WebRoutes.home.url()
        return "<a class=\"btn btn-go\" href=\"\(home)\">\(view.t("web.error.home"))</a>"
    }

    /// Advice by code where there is some, by status otherwise.
    private static func adviceCode(_ problem: Problem, _ view: View) -> String {
        view.site.catalogue.has("problem-advice.\(problem.code)", in: view.language)
            ? problem.code : String(problem.status.code)
    }
}
