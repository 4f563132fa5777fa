/// `/docs/problems`: every code that a refusal can carry, what it means and what to do. The `type` of a problem leads here.
struct ProblemsPage: Sendable {
    let contract: Contract

    var page: Page {
        Page(.resident, "web.problems.title", current: WebRoutes.docs.url()) { view in
            let codes = contract.problems.codes + ["input"]
            return """
                <main id="main" class="wrap page stack stack-l">
                <div class="stack-s stack"><h1>\(view.t("web.problems.title"))</h1>
                <p class="lede">\(view.t("web.problems.lede"))</p>
                <p><a href="\(WebRoutes.docs.url())">\(view.t("web.docs.title"))</a></p></div>
                <div class="scroll-x" tabindex="0" role="region" aria-label="\(view.t("web.problems.title"))">
                <table class="table"><thead><tr><th scope="col">\(view.t("web.docs.column.code"))</th>\
                <th scope="col">\(view.t("web.docs.column.status"))</th><th scope="col">\(view.t("web.docs.column.text"))</th>\
                <th scope="col">\(view.t("web.docs.column.advice"))</th></tr></thead><tbody>
                \(codes.sorted().map { row($0, view) })
                </tbody></table></div>
                </main>
                """
        }
    }

    private func row(_ code: String, _ view: View) -> HTML {
        let statuses = code == "input" ? [422] : contract.problems.statuses(of: code)
        // Both languages: whoever reads a log has only the code and one of the sentences.
        let sentences = [view.language, view.language == .chinese ? .english : .chinese].map { language -> HTML in
            "<p lang=\"\(language.rawValue)\">\(contract.title(of: code, in: language))</p>"
        }
        return """
            <tr id="\(code)"><th scope="row"><code>\(code)</code></th>\
            <td>\(statuses.map(String.init).joined(separator: ", "))</td><td>\(sentences)</td>\
            <td>\(advice(code, statuses, view))</td></tr>

            """
    }

    private func advice(_ code: String, _ statuses: [Int], _ view: View) -> String {
        contract.catalogue.template("problem-advice.\(code)", in: view.language)
            ?? statuses.first.flatMap { contract.catalogue.template("problem-advice.\($0)", in: view.language) } ?? ""
    }
}
