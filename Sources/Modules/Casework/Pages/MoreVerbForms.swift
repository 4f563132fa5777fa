import Domain
import Web

/// The less common verbs, folded away under one heading so that the case stays in sight.
extension VerbForms {
    func more(_ detail: CaseDetail) -> HTML {
        var forms = HTML()
        for task in detail.tasks where detail.verbs.contains(.remind) && task.canBeReminded {
            forms += remind(task, detail)
        }
        for task in detail.tasks where detail.verbs.contains(.withdraw) && task.canBeTakenBack {
            forms += withdraw(task, detail)
        }
        forms += overlayAsking(detail)
        forms += corrections(detail)
        guard !forms.isEmpty else { return HTML() }
        return """
            <section class="pane-in stack stack-s" aria-labelledby="more"><h2 id="more">\(view.t("casework.verb.more"))</h2>\(forms)</section>
            """
    }

    /// The ruling on each refusal that waits, and the decision about what was asked for.
    func rulings(_ detail: CaseDetail) -> HTML {
        var parts = overlayDecisions(detail)
        for task in detail.tasks where task.state == .refused && detail.verbs.contains(.rule) {
            parts += ruling(task, detail)
        }
        return parts
    }

    private func ruling(_ task: CaseTask, _ detail: CaseDetail) -> HTML {
        let form = model.forms[CaseworkRoutes.rule, task.id]
        let refusal = detail.steps.last {
            $0.subject == .task(task.id) && $0.action == TaskAction.refuse.rawValue
        }
        let reason = refusal?.detail.reason.flatMap(TaskRefusalReason.init(rawValue:)).map { view.t($0) }
        let said = [reason, refusal?.detail.groundReference, refusal?.detail.note].compactMap(\.self)
        return """
            <form class="panel stack" method="post" action="\(CaseworkRoutes.rule.url(task.id, query: back))">\(view.formTokens)
            <h2>\(view.t(Phrase("casework.verb.rule", ["unit": organisation(task, detail)])))</h2>\(view.refusals(form))
            <p class="quote">\(said.joined(separator: " · "))</p>
            \(view.textField(form, "note", "casework.field.ruling-note", rows: 3, required: true, maximum: TextLimit.note))
            <p class="row"><button class="btn btn-go grow" type="submit" name="ruling" value="withdraw">\(view.t("casework.verb.rule-withdraw"))</button>\
            <button class="btn grow" type="submit" name="ruling" value="uphold">\(view.t("casework.verb.rule-uphold"))</button></p></form>
            """
    }

    private func remind(_ task: CaseTask, _ detail: CaseDetail) -> HTML {
        let form = model.forms[CaseworkRoutes.remind, task.id]
        return fold(
            form, Phrase("casework.verb.remind", ["unit": organisation(task, detail)]),
            inline(
                form, CaseworkRoutes.remind.url(task.id, query: back), "casework.verb.remind-go",
                view.textField(
                    form, "note", "casework.field.remind-note", rows: 2, required: true, maximum: TextLimit.note)))
    }

    private func withdraw(_ task: CaseTask, _ detail: CaseDetail) -> HTML {
        let form = model.forms[CaseworkRoutes.withdraw, task.id]
        let title = Phrase("casework.verb.withdraw", ["unit": organisation(task, detail)])
        return fold(
            form, title,
            inline(
                form, CaseworkRoutes.withdraw.url(task.id, query: back), "casework.verb.withdraw-go",
                view.textField(
                    form, "note", "casework.field.why", rows: 2, required: true, maximum: TextLimit.note)))
    }

    /// A verb that asks for nothing but a reason.
    func reason(_ verb: RoutePath, _ url: URLPath, _ title: Phrase, _ go: Phrase, said: Phrase) -> HTML {
        let form = model.forms[verb]
        return fold(
            form, title,
            inline(
                form, url, go,
                """
                <p class="soft">\(view.t(said))</p>
                \(view.textField(form, "note", "casework.field.why", rows: 2, required: true, maximum: TextLimit.note))
                """))
    }

    func fold(_ form: FormState, _ title: Phrase, _ content: HTML) -> HTML {
        view.fold(form, title, content)
    }

    func organisation(_ task: CaseTask, _ detail: CaseDetail) -> String {
        detail.names.organisations[task.organisation].map { view.name($0) } ?? "–"
    }
}

extension View {
    /// A form behind its title; open when it was refused.
    func fold(_ form: FormState, _ title: Phrase, _ content: HTML) -> HTML {
        """
        <details\(" open", if: form.isRefused)><summary>\(t(title))</summary><div class="gap">\(content)</div></details>
        """
    }
}
