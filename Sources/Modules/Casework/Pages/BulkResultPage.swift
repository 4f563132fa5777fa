import Domain
import Web

/// What became of each of several things that a verb was asked of.
enum BulkResultPage {
    struct Line: Sendable {
        /// `nil` for what the reader may not know of.
        let title: String?
        /// Where it can be looked at: a parameter of the console.
        let query: (name: String, id: String)?
        /// Why not; empty when it was done.
        let violations: [RuleViolation]
    }

    struct Model: Sendable {
        let verb: BulkVerb
        let place: ListPlace
        let lines: [Line]
    }

    static func page(_ model: Model) -> Page {
        Page(.staff, "casework.bulk.title", current: CaseworkRoutes.console.url()) { view in
            let refused = model.lines.filter { !$0.violations.isEmpty }
            let done = model.lines.filter(\.violations.isEmpty)
            let back = CaseworkRoutes.console.url(query: [
                "scope": model.place.scope?.description, "queue": model.place.queue?.rawValue,
            ])
            return """
                <main id="main" class="wrap narrow page stack stack-l"><h1>\(view.t("casework.bulk.title"))</h1>
                <p class="note" role="status">\(view.icon("done"))<span>\(view.t(.code("casework.bulk", model.verb.rawValue))) · \(view.t(Phrase("casework.bulk.count", ["done": String(done.count), "refused": String(refused.count)])))</span></p>
                \(section(refused, "casework.bulk.refused", "refused", view, model))\(section(done, "casework.bulk.done", "done", view, model))
                <p><a class="btn" href="\(back)">\(view.t("casework.bulk.back"))</a></p></main>
                """
        }
    }

    private static func section(
        _ lines: [Line], _ title: Phrase, _ id: StaticString, _ view: View, _ model: Model
    ) -> HTML {
        guard !lines.isEmpty else { return HTML() }
        let items = lines.map { line -> HTML in
            let why = line.violations.map { view.site.catalogue.text($0, in: view.language) }.joined(separator: " ")
            let name: HTML =
                if let query = line.query, let title = line.title {
                    "<a class=\"link\" href=\"\(CaseworkRoutes.console.url(query: ["scope": model.place.scope?.description, query.name == "case" ? "case" : "report": query.id]))\">\(title)</a>"
                } else {
                    "<b>\(view.t("casework.bulk.unnamed"))</b>"
                }
            return
                "<li class=\"stack-s stack\"><p>\(name)</p>\(why.isEmpty ? HTML() : "<p class=\"faint\">\(why)</p>" as HTML)</li>"
        }
        return """
            <section class="stack-s stack" aria-labelledby="\(id.description)"><h2 id="\(id.description)">\(view.t(title)) \(lines.count)</h2><ul class="rows">\(items)</ul></section>
            """
    }
}
