import Domain
import Identity
import Web

/// What an organisation can do with its task besides signing and answering, folded away under one heading.
struct DeskVerbForms {
    let view: View
    let model: DeskModel

    private var forms: PageForms { model.forms }

    func more(_ task: CaseTask, _ detail: CaseDetail) -> HTML {
        var parts = HTML()
        if detail.verbs.contains(.refuseTask) { parts += refuse(task) }
        if detail.verbs.contains(.progress) { parts += progress(task) }
        if detail.verbs.contains(.assign) { parts += assign(task) }
        if detail.verbs.contains(.extend) { parts += extend(task) }
        if detail.verbs.contains(.recall) { parts += recall(task) }
        guard !parts.isEmpty else { return HTML() }
        return """
            <section class="stack stack-s" aria-labelledby="more"><h2 id="more">\(view.t("casework.verb.more"))</h2>\(parts)</section>
            """
    }

    private func progress(_ task: CaseTask) -> HTML {
        let form = forms[CaseworkRoutes.progress, task.id]
        return fold(
            form, CaseworkRoutes.progress.url(task.id), "casework.verb.progress", "casework.verb.progress-go",
            """
            \(view.textField(form, "publicText", "casework.field.progress-public", hint: "casework.field.public-hint", rows: 3, maximum: TextLimit.publicText))
            \(view.textField(form, "note", "casework.field.internal", hint: "casework.field.internal-hint", rows: 2, maximum: TextLimit.note))
            """)
    }

    private func assign(_ task: CaseTask) -> HTML {
        let form = forms[CaseworkRoutes.assign, task.id]
        let chosen = form.isRefused ? form.value("assignee") : task.assignee?.description ?? ""
        let people = model.colleagues.map { person -> HTML in
            let id = person.id.description
            return "<option value=\"\(id)\"\(" selected", if: id == chosen)>\(person.name)</option>"
        }
        return fold(
            form, CaseworkRoutes.assign.url(task.id), "casework.verb.assign", "casework.verb.assign-go",
            """
            <div class="field\(" field-wrong", if: form.violation("assignee") != nil)"><label for="\(form.id("assignee"))">\(view.t("casework.field.assignee"))</label>\(view.wrong(form, "assignee"))<select class="input" id="\(form.id("assignee"))" name="assignee"><option value="">\(view.t("casework.field.assignee-nobody"))</option>\(people)</select></div>
            """)
    }

    private func extend(_ task: CaseTask) -> HTML {
        let form = forms[CaseworkRoutes.extend, task.id]
        return fold(
            form, CaseworkRoutes.extend.url(task.id), "casework.verb.extend", "casework.verb.extend-go",
            """
            \(view.textField(form, "until", "casework.field.extended-until", required: true, maximum: 10, type: "date"))
            \(view.textField(form, "reason", "casework.field.why", rows: 2, required: true, maximum: TextLimit.note))
            """)
    }

    private func recall(_ task: CaseTask) -> HTML {
        let form = forms[CaseworkRoutes.recall, task.id]
        return fold(
            form, CaseworkRoutes.recall.url(task.id), "casework.verb.recall", "casework.verb.recall-go",
            view.textField(
                form, "note", "casework.field.note", hint: "casework.optional", rows: 2, maximum: TextLimit.note))
    }

    private func fold(_ form: FormState, _ url: URLPath, _ title: Phrase, _ go: Phrase, _ fields: HTML) -> HTML {
        view.fold(
            form, title,
            """
            <form class="stack stack-m" method="post" action="\(url)">\(view.formTokens)\(view.refusals(form))\(fields)
            <button class="btn btn-wide" type="submit">\(view.t(go))</button></form>
            """)
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

extension CaseDetail {
    /// What the centre said when it last pressed for the task, until the organisation moves again.
    func reminder(of task: CaseTask) -> String? {
        let last = steps.last { $0.subject == .task(task.id) }
        return last?.action == TaskAction.remind.rawValue ? last?.detail.note : nil
    }
}
