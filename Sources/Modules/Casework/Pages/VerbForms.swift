import Areas
import Domain
import Identity
import Web

/// The forms of the verbs, one each, in the pane beside a case. Only what the reader may do now is drawn.
struct VerbForms {
    let view: View
    let model: ConsoleModel

    // MARK: A report

    func report(_ detail: ReportDetail) -> HTML {
        guard !detail.verbs.isEmpty else { return nothing }
        var parts = HTML()
        if detail.verbs.contains(.accept) { parts += accept(detail.report) }
        if detail.verbs.contains(.join) {
            parts += folded(CaseworkRoutes.join, "casework.verb.join", join(detail.report))
        }
        if detail.verbs.contains(.refuse) {
            parts += folded(CaseworkRoutes.refuse, "casework.verb.refuse", refuse(detail.report))
        }
        return parts + voice(detail)
    }

    private func accept(_ report: Report) -> HTML {
        let form = model.forms[CaseworkRoutes.accept]
        let verification = form.value("verification")
        let choices = Verification.allCases.filter { $0 != .patrol || report.channel.isPatrol }.map { kind in
            view.choice(
                "verification", kind.rawValue, view.t(kind),
                checked: verification.isEmpty
                    ? kind == (report.channel.isPatrol ? .patrol : .phone) : verification == kind.rawValue,
                required: true)
        }
        let areas = model.communities.map { area -> HTML in
            "<option value=\"\(area.id.description)\"\(" selected", if: area.id == report.area)>\(view.name(area.name))</option>"
        }
        return shell(
            form, CaseworkRoutes.accept.url(report.id, query: back), "casework.verb.accept", "casework.verb.accept-go",
            """
            \(view.textField(form, "title", "casework.field.title", fallback: report.title, required: true, maximum: TextLimit.title))
            \(view.matterField(form, report.hint, model.catalogues, required: false))
            <div class="field"><label for="\(form.id("area"))">\(view.t("casework.field.area"))</label><select class="input" id="\(form.id("area"))" name="area"><option value="">\(view.t("casework.field.area-same"))</option>\(areas)</select></div>
            <fieldset class="field"><legend>\(view.t("casework.field.verification"))</legend><div class="choices">\(choices)</div></fieldset>
            \(view.textField(form, "note", "casework.field.note", hint: "casework.optional", rows: 2, maximum: TextLimit.note))
            """)
    }

    private func join(_ report: Report) -> HTML {
        let form = model.forms[CaseworkRoutes.join]
        return inline(
            form, CaseworkRoutes.join.url(report.id, query: back), "casework.verb.join-go",
            view.textField(
                form, "case", "casework.field.case-number", hint: "casework.field.case-number-hint", required: true,
                maximum: 60))
    }

    private func refuse(_ report: Report) -> HTML {
        let form = model.forms[CaseworkRoutes.refuse]
        let options = RefusalReason.allCases.map { reason -> HTML in
            "<option value=\"\(reason.rawValue)\"\(" selected", if: form.value("reason") == reason.rawValue)>\(view.t(reason))</option>"
        }
        return inline(
            form, CaseworkRoutes.refuse.url(report.id, query: back), "casework.verb.refuse-go",
            """
            <div class="field"><label for="\(form.id("reason"))">\(view.t("casework.field.reason"))</label>\(view.wrong(form, "reason"))<select class="input" id="\(form.id("reason"))" name="reason" required><option value="">\(view.t("casework.choose"))</option>\(options)</select></div>
            \(view.textField(form, "publicNote", "casework.field.public-note", hint: "casework.field.public-hint", rows: 3, maximum: TextLimit.publicText))
            """)
    }

    // MARK: A case

    func caseFile(_ detail: CaseDetail) -> HTML {
        guard !detail.verbs.isEmpty else { return nothing }
        let id = detail.caseFile.id
        var parts = HTML()
        if detail.verbs.contains(.verify) {
            let form = model.forms[CaseworkRoutes.verify]
            parts += shell(
                form, CaseworkRoutes.verify.url(id, query: back), "casework.verb.verify", "casework.verb.verify-go",
                view.textField(
                    form, "note", "casework.field.found", hint: "casework.optional", rows: 3, maximum: TextLimit.note))
        }
        if detail.verbs.contains(.file) { parts += file(detail.caseFile) }
        if detail.verbs.contains(.check) {
            for task in detail.tasks where task.state == .answered { parts += check(task, detail) }
        }
        parts += rulings(detail)
        parts += endings(detail)
        if detail.verbs.contains(.dispatch) {
            let hasLead = detail.tasks.contains { $0.role == .lead && $0.state.isLive }
            parts +=
                hasLead
                ? folded(CaseworkRoutes.dispatch, "casework.verb.dispatch-more", dispatch(detail, hasLead: true))
                : dispatch(detail, hasLead: false)
        }
        return parts + more(detail)
    }

    private func file(_ caseFile: Case) -> HTML {
        let form = model.forms[CaseworkRoutes.file]
        return shell(
            form, CaseworkRoutes.file.url(caseFile.id, query: back), "casework.verb.file", "casework.verb.file-go",
            """
            \(view.matterField(form, caseFile.matter, model.catalogues, required: true))
            \(view.textField(form, "title", "casework.field.title", fallback: caseFile.title, required: true, maximum: TextLimit.title))
            \(view.textField(form, "dueAt", "casework.field.due", hint: "casework.field.due-hint", maximum: 10, type: "date"))
            \(view.textField(form, "note", "casework.field.note", hint: "casework.optional", rows: 2, maximum: TextLimit.note))
            """)
    }

    private func dispatch(_ detail: CaseDetail, hasLead: Bool) -> HTML {
        let taken = Set(detail.tasks.filter(\.state.isLive).map(\.organisation))
        let free = model.organisations.filter { !taken.contains($0.id) }
        let form = model.forms[CaseworkRoutes.dispatch]
        let ground = form.value("ground")
        let grounds = Ground.ofDispatch.map { kind in
            view.choice(
                "ground", kind.rawValue, view.t(kind),
                hint: view.t(.code("\(Ground.family).\(kind.rawValue)", "reference")),
                checked: ground.isEmpty ? kind == .statutory : ground == kind.rawValue, required: true)
        }
        let leads = free.map { organisation -> HTML in
            let value = organisation.id.description
            return
                "<option value=\"\(value)\"\(" selected", if: form.value("lead") == value)>\(view.name(organisation.name))</option>"
        }
        let assists = free.map { organisation -> HTML in
            let value = organisation.id.description
            return
                "<label class=\"check\"><input type=\"checkbox\" name=\"assists\" value=\"\(value)\"\(" checked", if: form.values("assists").contains(value))>\(view.name(organisation.name))</label>"
        }
        let lead: HTML =
            hasLead
            ? HTML()
            : """
            <div class="field\(" field-wrong", if: form.violation("lead") != nil)"><label for="\(form.id("lead"))">\(view.t("casework.field.lead"))</label>\(view.wrong(form, "lead"))<select class="input" id="\(form.id("lead"))" name="lead" required><option value="">\(view.t("casework.choose"))</option>\(leads)</select></div>
            """
        let fields: HTML = """
            \(lead)
            <fieldset class="field"><legend id="\(form.id("assists"))">\(view.t("casework.field.assists")) <span class="hint">\(view.t("casework.optional"))</span></legend>\(view.wrong(form, "assists"))<div class="choices-across choices">\(assists)</div></fieldset>
            <fieldset class="field"><legend>\(view.t("casework.field.ground"))</legend><div class="choices">\(grounds)</div></fieldset>
            \(view.textField(form, "groundReference", "casework.field.ground-reference", hint: "casework.field.ground-hint", required: true, maximum: TextLimit.groundReference))
            \(view.textField(form, "note", "casework.field.note-unit", hint: "casework.optional", rows: 2, maximum: TextLimit.note))
            """
        let url = CaseworkRoutes.dispatch.url(detail.caseFile.id, query: back)
        return hasLead
            ? inline(form, url, "casework.verb.dispatch-go", fields)
            : shell(form, url, "casework.verb.dispatch", "casework.verb.dispatch-go", fields)
    }

    private func check(_ task: CaseTask, _ detail: CaseDetail) -> HTML {
        let form = model.forms[CaseworkRoutes.check, task.id]
        let name = organisation(task, detail)
        return """
            <form class="panel stack" method="post" enctype="multipart/form-data" action="\(CaseworkRoutes.check.url(task.id, query: back))">\(view.formTokens)
            <h2>\(view.t(Phrase("casework.verb.check", ["unit": name])))</h2>\(view.refusals(form))
            <p class="quote">\(task.answer?.publicText ?? task.answer?.internalText ?? "")</p>\(view.photos(detail.evidence(of: task)))
            \(view.textField(form, "note", "casework.field.found", hint: "casework.field.found-hint", rows: 3, maximum: TextLimit.note))
            \(view.photoField(form, "photos", "casework.field.check-photos", hint: "casework.photos.optional"))
            <p class="row"><button class="btn btn-go grow" type="submit" name="verdict" value="pass">\(view.t("casework.verb.pass"))</button>\
            <button class="btn grow" type="submit" name="verdict" value="rework">\(view.t("casework.verb.rework"))</button></p></form>
            """
    }

    // MARK: Frames

    /// Where the console stands, so that an action leads back to the same list.
    var back: KeyValuePairs<String, String?> {
        ["scope": model.scope.id.description, "queue": model.queue.rawValue]
    }

    private var nothing: HTML {
        "<div class=\"pane-in\"><p class=\"empty\">\(view.icon("done"))\(view.t("casework.pane.nothing-to-do"))</p></div>"
    }

    func shell(_ form: FormState, _ action: URLPath, _ title: Phrase, _ go: Phrase, _ fields: HTML) -> HTML {
        """
        <form class="grow pane-form" method="post" action="\(action)">\(view.formTokens)<div class="pane-in stack stack-m grow">\
        <h2>\(view.t(title))</h2>\(view.refusals(form))\(fields)</div><div class="pane-foot"><button class="btn btn-go btn-wide" type="submit">\(view.t(go))</button></div></form>
        """
    }

    func inline(_ form: FormState, _ action: URLPath, _ go: Phrase, _ fields: HTML) -> HTML {
        "<form class=\"stack stack-m\" method=\"post\" action=\"\(action)\">\(view.formTokens)\(view.refusals(form))\(fields)<button class=\"btn btn-wide\" type=\"submit\">\(view.t(go))</button></form>"
    }

    func folded(_ verb: RoutePath, _ title: Phrase, _ content: HTML) -> HTML {
        "<details class=\"pane-in\"\(" open", if: model.forms[verb].isRefused)><summary><b>\(view.t(title))</b></summary><div class=\"gap\">\(content)</div></details>"
    }
}
