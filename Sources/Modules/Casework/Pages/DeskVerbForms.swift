import Domain
import Web

/// What an organisation can do with its task besides signing and answering, folded away under one heading.
struct DeskVerbForms {
    let view: View
    let forms: PageForms

    func more(_ task: CaseTask, _ detail: CaseDetail) -> HTML {
        var parts = HTML()
        if detail.verbs.contains(.refuseTask) { parts += refuse(task) }
        guard !parts.isEmpty else { return HTML() }
        return """
            <section class="stack stack-s" aria-labelledby="more"><h2 id="more">\(view.t("casework.verb.more"))</h2>\(parts)</section>
            """
    }

    private func refuse(_ task: CaseTask) -> HTML {
        let form = forms[CaseworkRoutes.refuseTask, task.id]
        let reasons = TaskRefusalReason.allCases.map { reason in
            view.choice(
                "reason", reason.rawValue, view.t(reason), checked: form.value("reason") == reason.rawValue,
                required: true)
        }
        return view.fold(
            form, "casework.verb.refuse-task",
            """
            <form class="stack stack-m" method="post" action="\(CaseworkRoutes.refuseTask.url(task.id))">\(view.formTokens)\(view.refusals(form))
            <p class="soft">\(view.t("casework.desk.refuse-said"))</p>
            <fieldset class="field"><legend>\(view.t("casework.field.reason"))</legend><div class="choices">\(reasons)</div></fieldset>
            \(view.textField(form, "groundReference", "casework.field.clause", hint: "casework.field.clause-hint", required: true, maximum: TextLimit.groundReference))
            \(view.textField(form, "note", "casework.field.note", hint: "casework.optional", rows: 2, maximum: TextLimit.note))
            <button class="btn btn-wide" type="submit">\(view.t("casework.verb.refuse-task-go"))</button></form>
            """)
    }
}
