import Domain
import Web

/// An organisation's screen: what to sign, what is in work, and the answer beside the case.
enum DeskPage {
    static func page(_ model: DeskModel) -> Page {
        Page(.staff, "casework.desk.title", current: CaseworkRoutes.desk.url(), isPanes: true) { view in
            let notice: HTML =
                model.notice.map {
                    "<p class=\"note\" role=\"status\">\(view.icon("done"))<span>\(view.t($0))</span></p>"
                } ?? HTML()
            let selection: HTML =
                model.selection.map { selected($0, model, view) }
                ?? "<div class=\"pane-in\"><p class=\"empty\">\(view.icon("list"))\(view.t(model.toSign.isEmpty && model.working.isEmpty ? "casework.desk.empty" : "casework.console.choose"))</p></div>"
            return """
                <main id="main"><h1 class="hide">\(view.t("casework.desk.title"))</h1>
                <nav class="jump wrap row" aria-label="\(view.t("casework.console.jump"))"><a class="btn grow" href="\(URLPath.here("case"))">\(view.t("casework.console.jump-case"))</a></nav>
                <div class="panes panes-2"><section class="pane no-print" aria-label="\(view.t("casework.desk.waiting"))"><div class="pane-in stack stack-m">\(notice)\(due(model, view))\(toSign(model, view))\(working(model, view))\(waiting(model, view))</div></section>
                <article class="pane" id="case" tabindex="0" aria-label="\(view.t("casework.console.jump-case"))">\(selection)</article></div></main>
                """
        }
    }

    private static func due(_ model: DeskModel, _ view: View) -> HTML {
        let marks = DueFilter.allCases.map { filter -> HTML in
            "<span class=\"mark\(" mark-on", if: model.dueCounts[filter] > 0)\">\(view.t(filter)) \(model.dueCounts[filter])</span>"
        }
        return "<p class=\"row\">\(marks)</p>"
    }

    private static func toSign(_ model: DeskModel, _ view: View) -> HTML {
        let items = model.toSign.map { summary -> HTML in
            let task = summary.tasks.first { $0.organisation.uuid == model.scope.id && $0.state == .offered }
            let sign: HTML =
                task.map {
                    "<form method=\"post\" action=\"\(CaseworkRoutes.sign.url($0.id))\">\(view.formTokens)<button class=\"btn\" type=\"submit\">\(view.t("casework.verb.sign"))</button></form>"
                } ?? HTML()
            return """
                <li class="stack-s stack sign"><div class="head"><a class="link" href="\(link(summary))"><b>\(summary.title)</b></a>\(view.left(of: summary))</div>
                <p class="faint">\(place(summary, model, view)) · \(summary.number?.description ?? "")\(task.map { " · \(view.t($0.role))" as HTML })</p>\(sign)</li>
                """
        }
        return """
            <section class="stack-s stack" aria-labelledby="sign"><div class="head"><h2 id="sign">\(view.t(Queue.sign)) \(model.toSign.count)</h2></div>\
            \(items.isEmpty ? "<p class=\"faint\">\(view.t("casework.desk.nothing-to-sign"))</p>" : "<ul class=\"rows\">\(items)</ul>" as HTML)</section>
            """
    }

    private static func working(_ model: DeskModel, _ view: View) -> HTML {
        let items = model.working.map { item($0, model, view) }
        return """
            <section class="stack-s stack" aria-labelledby="work"><div class="head"><h2 id="work">\(view.t(Queue.work)) \(model.working.count)</h2><span class="faint">\(view.t("casework.desk.by-due"))</span></div>\
            \(items.isEmpty ? "<p class=\"faint\">\(view.t("casework.desk.nothing-in-work"))</p>" : "<ol class=\"queue queue-bleed\" data-queue>\(items)</ol>" as HTML)</section>
            """
    }

    private static func waiting(_ model: DeskModel, _ view: View) -> HTML {
        guard !model.waiting.isEmpty else { return HTML() }
        let items = model.waiting.map { item($0, model, view) }
        return """
            <section class="stack-s stack" aria-labelledby="answered"><div class="head"><h2 id="answered">\(view.t("casework.desk.answered")) \(model.waiting.count)</h2></div><ol class="queue queue-bleed">\(items)</ol></section>
            \(model.isCut ? "<p class=\"faint\">\(view.t("casework.desk.cut"))</p>" : HTML())
            """
    }

    private static func item(_ summary: CaseSummary, _ model: DeskModel, _ view: View) -> HTML {
        let own = summary.tasks.first { $0.organisation.uuid == model.scope.id }
        return """
            <li><a class="job" href="\(link(summary))"\(" aria-current=\"true\"", if: summary.id == model.selection?.caseFile.id)><span class="job-left">\(view.left(of: summary))</span><span><span class="job-what">\(summary.title)</span><span class="faint">\(place(summary, model, view)) · \(summary.number?.description ?? "")</span>\(own.map { "<span class=\"faint\">\(view.t($0.state)) · \(view.t($0.role))</span>" as HTML })</span></a></li>
            """
    }

    private static func link(_ summary: CaseSummary) -> URLPath {
        CaseworkRoutes.desk.url(query: ["case": summary.id.description]).at("case")
    }

    private static func place(_ summary: CaseSummary, _ model: DeskModel, _ view: View) -> String {
        model.areaNames[summary.area].map { view.name($0) } ?? ""
    }

    private static func selected(_ detail: CaseDetail, _ model: DeskModel, _ view: View) -> HTML {
        let own = detail.tasks.first { $0.organisation.uuid == model.scope.id && $0.state.isLive }
        var action = HTML()
        if let own, detail.verbs.contains(.sign) {
            action = """
                <form class="panel stack" method="post" action="\(CaseworkRoutes.sign.url(own.id))">\(view.formTokens)<h2>\(view.t(Queue.sign))</h2>\(view.refusals(model.forms[CaseworkRoutes.sign, own.id]))<p class="soft">\(view.t("casework.desk.sign-said"))</p>
                <button class="btn btn-go btn-wide" type="submit">\(view.t("casework.verb.sign"))</button></form>
                """
        } else if let own, detail.verbs.contains(.answer) {
            action = answer(own, detail.needed.contains(.after) && own.role == .lead, model, view)
        } else if let own, own.state == .refused {
            action =
                "<div class=\"panel stack\"><h2>\(view.t(own.state))</h2><p class=\"soft\">\(view.t("casework.desk.refused-said"))</p></div>"
        } else if let own, own.state == .answered {
            action =
                "<div class=\"panel stack\"><h2>\(view.t("casework.desk.answered"))</h2><p class=\"soft\">\(view.t("casework.desk.answered-said"))</p></div>"
        }
        if let own { action += DeskVerbForms(view: view, model: model).more(own, detail) }
        let pressed: HTML =
            own.flatMap { detail.reminder(of: $0) }.map { note in
                "<p class=\"note\" role=\"status\">\(view.icon("alert"))<span>\(view.t("casework.desk.reminded")) \(note)</span></p>"
            } ?? HTML()
        let sentBack: HTML =
            own.flatMap { $0.state == .working ? $0.check : nil }.map { check in
                "<p class=\"note note-stop\" role=\"status\">\(view.icon("alert"))<span>\(view.t("casework.desk.sent-back")) \(check.note ?? "")</span></p>"
            } ?? HTML()
        return """
            <div class="pane-in desk-case"><div class="stack stack-m">\(pressed)\(sentBack)\(CasePane(view: view, catalogues: model.catalogues, areaNames: model.areaNames).caseBody(detail))</div><div class="stack stack-m">\(action)</div></div>
            """
    }

    private static func answer(_ task: CaseTask, _ needsPhoto: Bool, _ model: DeskModel, _ view: View) -> HTML {
        let form = model.forms[CaseworkRoutes.answer, task.id]
        let chosen = form.isRefused ? form.value("outcome") : Outcome.done.rawValue
        let outcomes = Outcome.allCases.map {
            view.choice("outcome", $0.rawValue, view.t($0), checked: chosen == $0.rawValue, required: true)
        }
        return """
            <form class="panel stack stack-m" id="answer" method="post" enctype="multipart/form-data" action="\(CaseworkRoutes.answer.url(task.id))" aria-labelledby="answer-h">\(view.formTokens)
            <h2 id="answer-h">\(view.t("casework.desk.answer"))</h2>\(view.refusals(form))
            <fieldset class="field"><legend>\(view.t("casework.field.outcome"))</legend><div class="choices choices-3">\(outcomes)</div></fieldset>
            \(view.textField(form, "publicText", "casework.field.public-answer", hint: "casework.field.public-hint", fallback: task.answer?.publicText ?? "", rows: 5, maximum: TextLimit.publicText))
            <p class="hint">\(view.t("casework.field.public-three"))</p>
            \(view.textField(form, "internalText", "casework.field.internal", hint: "casework.field.internal-hint", fallback: task.answer?.internalText ?? "", rows: 2, maximum: TextLimit.note))
            \(view.photoField(form, "before", "casework.field.before", hint: "casework.photos.optional"))
            \(view.photoField(form, "after", "casework.field.after", hint: needsPhoto ? "casework.photos.needed" : "casework.photos.public"))
            <button class="btn btn-go btn-wide" type="submit">\(view.t("casework.verb.answer-go"))</button><p class="hint">\(view.t("casework.desk.check-said"))</p></form>
            """
    }
}
