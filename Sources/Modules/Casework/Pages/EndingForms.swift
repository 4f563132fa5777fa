import Domain
import Web

/// How a case comes to its end: the answer, the call-back, the closing.
extension VerbForms {
    func endings(_ detail: CaseDetail) -> HTML {
        var parts = HTML()
        if detail.verbs.contains(.finish) {
            parts += ending(detail, CaseworkRoutes.finish, "casework.verb.finish", "casework.verb.finish-go")
        }
        if detail.verbs.contains(.callBack) { parts += callBack(detail) }
        if detail.verbs.contains(.close) { parts += close(detail) }
        return parts
    }

    private func close(_ detail: CaseDetail) -> HTML {
        guard detail.caseFile.state == .toCallBack else {
            return ending(detail, CaseworkRoutes.close, "casework.verb.close", "casework.verb.close-go")
        }
        let form = model.forms[CaseworkRoutes.close]
        let isOverComplaint = detail.asking.hasComplaint
        return shell(
            form, CaseworkRoutes.close.url(detail.caseFile.id, query: back), "casework.verb.close",
            "casework.verb.close-asked",
            """
            \(isOverComplaint ? "<p class=\"note note-plain\">\(view.icon("alert"))<span>\(view.t("casework.call-back.complaint"))</span></p>" : HTML())
            \(view.textField(form, "note", isOverComplaint ? "casework.field.complaint-reason" : "casework.field.note", hint: isOverComplaint ? nil : "casework.optional", rows: 3, required: isOverComplaint, maximum: TextLimit.note))
            """)
    }

    /// The result and the words for everybody.
    private func ending(_ detail: CaseDetail, _ verb: RoutePath, _ title: Phrase, _ go: Phrase) -> HTML {
        let form = model.forms[verb]
        let lead = detail.tasks.first { $0.role == .lead && $0.state == .passed }
        let chosen = form.isRefused ? form.value("outcome") : lead?.answer?.outcome.rawValue ?? ""
        let outcomes = Outcome.allCases.map {
            view.choice("outcome", $0.rawValue, view.t($0), checked: chosen == $0.rawValue, required: true)
        }
        return shell(
            form, verb.url(detail.caseFile.id, query: back), title, go,
            """
            <fieldset class="field"><legend>\(view.t("casework.field.outcome"))</legend><div class="choices choices-3">\(outcomes)</div></fieldset>
            \(view.textField(form, "publicText", "casework.field.public-answer", hint: "casework.field.public-hint", fallback: lead?.answer?.publicText ?? "", rows: 5, required: true, maximum: TextLimit.publicText))
            \(view.textField(form, "note", "casework.field.note", hint: "casework.optional", rows: 2, maximum: TextLimit.note))
            """)
    }

    // MARK: Call back

    private func callBack(_ detail: CaseDetail) -> HTML {
        let form = model.forms[CaseworkRoutes.callBack]
        let means = CallbackMeans.allCases.map { kind in
            view.choice(
                "means", kind.rawValue, view.t(kind),
                checked: form.value("means").isEmpty ? kind == .phone : form.value("means") == kind.rawValue,
                required: true)
        }
        let tries = Phrase(
            "casework.call-back.tries",
            ["made": String(detail.asking.tries), "needed": String(detail.asking.triesNeeded)])
        return shell(
            form, CaseworkRoutes.callBack.url(detail.caseFile.id, query: back), "casework.verb.call-back",
            "casework.verb.call-back-go",
            """
            <p class="soft">\(view.t(tries))</p>\(reporters(detail, form))
            <fieldset class="field"><legend>\(view.t("casework.field.means"))</legend><div class="choices choices-3">\(means)</div></fieldset>
            \(yesNo("reached", "casework.field.reached", form, required: true))
            \(yesNo("solved", "casework.field.solved", form, hint: "casework.field.when-reached"))
            \(satisfaction(form))
            \(view.textField(form, "note", "casework.field.said", hint: "casework.optional", rows: 3, maximum: TextLimit.note))
            """)
    }

    /// Who is to be asked; a choice when there are several.
    private func reporters(_ detail: CaseDetail, _ form: FormState) -> HTML {
        let reports = detail.reports.filter(\.mayBeAsked)
        let named = { (report: Report) -> HTML in
            let number = detail.numbers[report.id] ?? view.t("casework.call-back.no-number")
            return
                "\(view.shortMoment(report.receivedAt)) · \(view.t(report.channel)) · <span class=\"code\">\(number)</span>"
        }
        guard reports.count > 1 else {
            return reports.first.map { "<p><b>\(view.t("casework.field.whom"))</b> \(named($0))</p>" } ?? HTML()
        }
        let chosen = form.value("report")
        // Those who can be called stand first.
        let sorted =
            reports.filter { detail.numbers[$0.id] != nil } + reports.filter { detail.numbers[$0.id] == nil }
        let choices = sorted.enumerated().map { index, report -> HTML in
            let value = report.id.description
            let isChosen = chosen.isEmpty ? index == 0 : chosen == value
            return
                "<label class=\"choice\"><input type=\"radio\" name=\"report\" value=\"\(value)\"\(" checked", if: isChosen) required><span class=\"choice-body\"><span>\(named(report))</span></span></label>"
        }
        return """
            <fieldset class="field" id="\(form.id("report"))"><legend>\(view.t("casework.field.whom"))</legend>\(view.wrong(form, "report"))<div class="choices">\(choices)</div></fieldset>
            """
    }

    private func yesNo(
        _ name: StaticString, _ label: Phrase, _ form: FormState, hint: Phrase? = nil, required: Bool = false
    ) -> HTML {
        let choices = YesNo.allCases.map { answer in
            view.choice(
                name, answer.rawValue, view.t(.code("casework.\(name.description)", answer.rawValue)),
                checked: form.value(name.description) == answer.rawValue, required: required)
        }
        return """
            <fieldset class="field" id="\(form.id(name.description))"><legend>\(view.t(label))\(hint.map { " <span class=\"hint\">\(view.t($0))</span>" as HTML })</legend>\(view.wrong(form, name.description))<div class="choices choices-across">\(choices)</div></fieldset>
            """
    }

    private func satisfaction(_ form: FormState) -> HTML {
        let choices = Satisfaction.allCases.map { step in
            view.choice(
                "satisfaction", step.rawValue, view.t(.code("casework.rate", step.rawValue)),
                checked: form.value("satisfaction") == step.rawValue)
        }
        return """
            <fieldset class="field" id="\(form.id("satisfaction"))"><legend>\(view.t("casework.field.satisfaction")) <span class="hint">\(view.t("casework.field.satisfaction-hint"))</span></legend>\(view.wrong(form, "satisfaction"))<div class="rate gap">\(choices)</div></fieldset>
            """
    }
}
