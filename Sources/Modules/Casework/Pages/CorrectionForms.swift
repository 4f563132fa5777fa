import Areas
import Domain
import Web

/// The forms that put a case right, end it without a result, or join and part cases.
extension VerbForms {
    func corrections(_ detail: CaseDetail) -> HTML {
        let id = detail.caseFile.id
        var forms = HTML()
        if detail.verbs.contains(.sendBack) {
            forms += reason(
                CaseworkRoutes.sendBack, CaseworkRoutes.sendBack.url(id, query: back), "casework.verb.send-back",
                "casework.verb.send-back-go", said: "casework.verb.send-back-said")
        }
        if detail.verbs.contains(.decline) { forms += decline(id) }
        if detail.verbs.contains(.reconsider) {
            forms += reason(
                CaseworkRoutes.reconsider, CaseworkRoutes.reconsider.url(id, query: back), "casework.verb.reconsider",
                "casework.verb.reconsider-go", said: "casework.verb.reconsider-said")
        }
        if detail.verbs.contains(.reopen) {
            forms += reason(
                CaseworkRoutes.reopen, CaseworkRoutes.reopen.url(id, query: back), "casework.verb.reopen",
                "casework.verb.reopen-go", said: "casework.verb.reopen-said")
        }
        if detail.verbs.contains(.amend) { forms += amend(detail) }
        if detail.verbs.contains(.merge) { forms += merge(id) }
        if detail.verbs.contains(.split), detail.reports.count > 1 { forms += split(detail) }
        if detail.verbs.contains(.void) { forms += void(id) }
        if detail.verbs.contains(.archive) { forms += archive(id) }
        return forms
    }

    private func decline(_ id: CaseID) -> HTML {
        let form = model.forms[CaseworkRoutes.decline]
        return fold(
            form, "casework.verb.decline",
            inline(
                form, CaseworkRoutes.decline.url(id, query: back), "casework.verb.decline-go",
                """
                \(publicNote(form))
                \(view.textField(form, "note", "casework.field.note", hint: "casework.optional", rows: 2, maximum: TextLimit.note))
                """))
    }

    /// A link until somebody asks for the form: it carries the whole catalogue.
    private func amend(_ detail: CaseDetail) -> HTML {
        let caseFile = detail.caseFile
        let form = model.forms[CaseworkRoutes.amend]
        guard model.amends else {
            let url = CaseworkRoutes.console.url(query: [
                "scope": model.scope.id.description, "queue": model.queue.rawValue, "case": caseFile.id.description,
                "amend": "1",
            ]).at("plan")
            return "<p><a class=\"link\" href=\"\(url)\">\(view.t("casework.verb.amend"))</a></p>"
        }
        let areas = model.communities.map { area -> HTML in
            let isChosen = form.value("area") == area.id.description
            return
                "<option value=\"\(area.id.description)\"\(" selected", if: isChosen)>\(view.name(area.name))</option>"
        }
        let fields: HTML = """
            \(view.textField(form, "title", "casework.field.title", fallback: caseFile.title, required: true, maximum: TextLimit.title))
            \(view.matterField(form, caseFile.matter, model.catalogues, required: false))
            <div class="field"><label for="\(form.id("area"))">\(view.t("casework.field.area"))</label>\(view.wrong(form, "area"))<select class="input" id="\(form.id("area"))" name="area"><option value="">\(view.t("casework.field.area-unchanged"))</option>\(areas)</select></div>
            \(why(form))
            """
        return """
            <details open><summary>\(view.t("casework.verb.amend"))</summary><div class="gap">\(inline(form, CaseworkRoutes.amend.url(caseFile.id, query: back), "casework.verb.amend-go", fields))</div></details>
            """
    }

    private func merge(_ id: CaseID) -> HTML {
        let form = model.forms[CaseworkRoutes.merge]
        return fold(
            form, "casework.verb.merge",
            inline(
                form, CaseworkRoutes.merge.url(id, query: back), "casework.verb.merge-go",
                """
                <p class="soft">\(view.t("casework.verb.merge-said"))</p>
                \(view.textField(form, "into", "casework.field.into", hint: "casework.field.case-number-hint", required: true, maximum: 60))
                \(why(form))
                """))
    }

    private func split(_ detail: CaseDetail) -> HTML {
        let form = model.forms[CaseworkRoutes.split]
        let reports = detail.reports.filter { $0.state == .accepted }.map { report in
            view.choice(
                "report", report.id.description, report.title, hint: report.trackingCode.description,
                checked: form.value("report") == report.id.description, required: true)
        }
        guard !reports.isEmpty else { return HTML() }
        let destination = form.isRefused ? form.value("destination") : SplitDestination.newCase.rawValue
        let destinations = SplitDestination.allCases.map {
            view.choice("destination", $0.rawValue, view.t($0), checked: destination == $0.rawValue, required: true)
        }
        return fold(
            form, "casework.verb.split",
            inline(
                form, CaseworkRoutes.split.url(detail.caseFile.id, query: back), "casework.verb.split-go",
                """
                <fieldset class="field"><legend>\(view.t("casework.field.report"))</legend>\(view.wrong(form, "report"))<div class="choices">\(reports)</div></fieldset>
                <fieldset class="field"><legend>\(view.t("casework.field.destination"))</legend><div class="choices">\(destinations)</div></fieldset>
                \(why(form))
                """))
    }

    private func void(_ id: CaseID) -> HTML {
        let form = model.forms[CaseworkRoutes.void]
        return fold(
            form, "casework.verb.void",
            inline(
                form, CaseworkRoutes.void.url(id, query: back), "casework.verb.void-go",
                """
                <p class="soft">\(view.t("casework.verb.void-said"))</p>\(publicNote(form))\(why(form))
                """))
    }

    private func archive(_ id: CaseID) -> HTML {
        let form = model.forms[CaseworkRoutes.archive]
        return fold(
            form, "casework.verb.archive",
            inline(
                form, CaseworkRoutes.archive.url(id, query: back), "casework.verb.archive-go",
                """
                <p class="soft">\(view.t("casework.verb.archive-said"))</p>
                \(view.textField(form, "note", "casework.field.note", hint: "casework.optional", rows: 2, maximum: TextLimit.note))
                """))
    }

    private func publicNote(_ form: FormState) -> HTML {
        view.textField(
            form, "publicNote", "casework.field.public-note", hint: "casework.field.public-hint", rows: 3,
            required: true, maximum: TextLimit.publicText)
    }

    private func why(_ form: FormState) -> HTML {
        view.textField(form, "note", "casework.field.why", rows: 2, required: true, maximum: TextLimit.note)
    }
}
