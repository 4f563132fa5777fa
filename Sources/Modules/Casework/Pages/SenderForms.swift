import Domain
import Web

/// What the centre asks the sender of a report, enters for them, or rules about what they said.
extension VerbForms {
    func voice(_ detail: ReportDetail) -> HTML {
        let id = detail.report.id
        var parts = objection(detail)
        if detail.verbs.contains(.supplement) { parts += supplement(detail) }
        if detail.verbs.contains(.ask) {
            parts += voiced(
                CaseworkRoutes.ask, id, "casework.verb.ask", "casework.verb.ask-go", "question",
                "casework.field.question", hint: "casework.field.public-hint")
        }
        if detail.verbs.contains(.object) {
            parts += voiced(
                CaseworkRoutes.objectFor, id, "casework.verb.object", "casework.verb.object-go", "why",
                "casework.field.sender-why")
        }
        if detail.verbs.contains(.withdrawReport) {
            parts += voiced(
                CaseworkRoutes.withdrawReportFor, id, "casework.verb.withdraw-report",
                "casework.verb.withdraw-report-go", "note", "casework.field.sender-why", hint: "casework.optional",
                required: false)
        }
        return parts
    }

    /// A folded form of one text.
    private func voiced(
        _ verb: RoutePath, _ report: ReportID, _ title: Phrase, _ go: Phrase, _ field: StaticString, _ label: Phrase,
        hint: Phrase? = nil, required: Bool = true
    ) -> HTML {
        let form = model.forms[verb]
        return folded(
            verb, title,
            inline(
                form, verb.url(report, query: back), go,
                view.textField(
                    form, field, label, hint: hint, rows: 3, required: required, maximum: TextLimit.note)))
    }

    private func supplement(_ detail: ReportDetail) -> HTML {
        let form = model.forms[CaseworkRoutes.supplementFor]
        let question = Report.question(detail.steps)?.detail.publicNote ?? ""
        return shell(
            form, CaseworkRoutes.supplementFor.url(detail.report.id, query: back), "casework.verb.supplement",
            "casework.verb.supplement-go",
            """
            <p class="quote">\(question)</p>
            \(view.textField(form, "more", "casework.field.more", hint: "casework.field.more-hint", rows: 4, required: true, maximum: TextLimit.reportText))
            """)
    }

    // MARK: Objections

    private func objection(_ detail: ReportDetail) -> HTML {
        let form = model.forms[CaseworkRoutes.ruleObjection]
        if detail.verbs.contains(.ruleObjection) { return rule(detail, form) }
        guard detail.verbs.contains(.reconsider) else { return HTML() }
        return folded(
            CaseworkRoutes.ruleObjection, "casework.verb.reconsider-report",
            inline(
                form, CaseworkRoutes.ruleObjection.url(detail.report.id, query: back),
                "casework.verb.reconsider-report-go",
                """
                <input type="hidden" name="ruling" value="\(ObjectionRuling.granted.rawValue)">
                \(view.textField(form, "publicNote", "casework.field.public-note", hint: "casework.optional", rows: 2, maximum: TextLimit.publicText))
                """))
    }

    private func rule(_ detail: ReportDetail, _ form: FormState) -> HTML {
        let objection = detail.objections.last { $0.decision == nil }
        let told = Report.told(detail.steps)
        return """
            <form class="panel stack" method="post" action="\(CaseworkRoutes.ruleObjection.url(detail.report.id, query: back))">\(view.formTokens)
            <h2>\(view.t("casework.verb.rule-objection"))</h2>\(view.refusals(form))
            \(told.map { "<p class=\"faint\">\(view.t("casework.rule.told")) · \(view.moment($0.at))\($0.detail.publicNote.map { " · \($0)" as HTML })</p>" as HTML })
            <p class="quote">\(objection?.words ?? "")</p>
            \(view.textField(form, "publicNote", "casework.field.public-note", hint: "casework.rule.public-hint", rows: 3, maximum: TextLimit.publicText))
            \(view.textField(form, "note", "casework.field.note", hint: "casework.optional", rows: 2, maximum: TextLimit.note))
            <p class="hint">\(view.t("casework.rule.hint"))</p>
            <p class="row"><button class="btn btn-go grow" type="submit" name="ruling" value="granted">\(view.t(.code("casework.rule.grant", objection?.contested.rawValue ?? "answer")))</button>\
            <button class="btn grow" type="submit" name="ruling" value="upheld">\(view.t("casework.rule.uphold"))</button></p></form>
            """
    }
}
