import Areas
import Domain
import Identity
import Web

/// What can be done to several things of a list at once.
enum BulkVerb: String, CaseIterable, Sendable {
    case dispatch, close, withdraw, void, join

    var path: RoutePath {
        switch self {
        case .dispatch: CaseworkRoutes.bulkDispatch
        case .close: CaseworkRoutes.bulkClose
        case .withdraw: CaseworkRoutes.bulkWithdraw
        case .void: CaseworkRoutes.bulkVoid
        case .join: CaseworkRoutes.bulkJoin
        }
    }

    var permission: Permission {
        switch self {
        case .dispatch: CaseworkPermission.dispatchCase
        case .close: CaseworkPermission.closeCase
        case .withdraw: CaseworkPermission.withdrawTask
        case .void: CaseworkPermission.voidCase
        case .join: CaseworkPermission.acceptReport
        }
    }

    /// The name of the boxes.
    var field: String { self == .join ? "reports" : "cases" }

    /// Those that make sense for what waits in the list.
    static func offered(in queue: Queue) -> [BulkVerb] {
        switch queue {
        case .accept: [.join]
        case .verify, .file: [.void]
        case .dispatch: [.dispatch, .void]
        case .sign, .work: [.withdraw, .void]
        case .check: [.withdraw]
        case .close: [.close]
        case .callBack, .supplement, .objection, .none: []
        }
    }
}

/// The form over a list whose entries have boxes. The boxes name the form, so that both work without script.
struct BulkForms {
    let view: View
    let model: ConsoleModel

    /// The links that turn a list into one with boxes, and back.
    var links: HTML {
        guard !model.entries.isEmpty, !model.bulkVerbs.isEmpty else { return HTML() }
        let items = model.bulkVerbs.map { verb -> HTML in
            let isOn = model.bulk == verb
            return
                "<a class=\"link\" href=\"\(url(isOn ? nil : verb))\">\(view.t(isOn ? "casework.bulk.leave" : .code("casework.bulk", verb.rawValue)))</a>"
        }
        return "<p class=\"pane-sub row\">\(items)</p>"
    }

    private func url(_ verb: BulkVerb?) -> URLPath {
        CaseworkRoutes.console.url(query: [
            "scope": model.scope.id.description, "queue": model.queue.rawValue, "bulk": verb?.rawValue,
        ])
    }

    /// An entry with its box.
    func entry(_ verb: BulkVerb, _ id: String, _ title: String, _ about: [String]) -> HTML {
        let isChosen = model.forms[verb.path].values(verb.field).contains(id)
        return """
            <li><label class="check pane-in"><input type="checkbox" name="\(verb.field)" value="\(id)" form="bulk"\(" checked", if: isChosen)><span><span class="job-what">\(title)</span> <span class="faint">\(about.filter { !$0.isEmpty }.joined(separator: " · "))</span></span></label></li>
            """
    }

    func form(_ verb: BulkVerb) -> HTML {
        let form = model.forms[verb.path]
        let fields: HTML =
            switch verb {
            case .dispatch: dispatch(form)
            case .close: close(form)
            case .withdraw: why(form)
            case .void: "\(publicNote(form, "publicNote", "casework.field.public-note"))\(why(form))"
            case .join:
                view.textField(
                    form, "case", "casework.field.case-number", hint: "casework.field.case-number-hint",
                    required: true, maximum: 60)
            }
        let back: KeyValuePairs<String, String?> = [
            "scope": model.scope.id.description, "queue": model.queue.rawValue,
        ]
        return """
            <form class="grow pane-form" id="bulk" method="post" action="\(verb.path.url(query: back))">\(view.formTokens)<div class="pane-in stack stack-m grow">
            <h2>\(view.t(.code("casework.bulk", verb.rawValue)))</h2>\(view.refusals(form))<p class="soft" id="\(form.id(verb.field))">\(view.t("casework.bulk.said"))</p>\(fields)</div>
            <div class="pane-foot"><button class="btn btn-go btn-wide" type="submit">\(view.t(.code("casework.bulk.go", verb.rawValue)))</button></div></form>
            """
    }

    private func dispatch(_ form: FormState) -> HTML {
        let leads = model.organisations.map { organisation -> HTML in
            let value = organisation.id.description
            return
                "<option value=\"\(value)\"\(" selected", if: form.value("lead") == value)>\(view.name(organisation.name))</option>"
        }
        let ground = form.value("ground")
        let grounds = Ground.ofDispatch.map { kind in
            view.choice(
                "ground", kind.rawValue, view.t(kind),
                hint: view.t(.code("\(Ground.family).\(kind.rawValue)", "reference")),
                checked: ground.isEmpty ? kind == .statutory : ground == kind.rawValue, required: true)
        }
        return """
            <div class="field"><label for="\(form.id("lead"))">\(view.t("casework.field.lead"))</label>\(view.wrong(form, "lead"))<select class="input" id="\(form.id("lead"))" name="lead" required><option value="">\(view.t("casework.choose"))</option>\(leads)</select></div>
            <fieldset class="field"><legend>\(view.t("casework.field.ground"))</legend><div class="choices">\(grounds)</div></fieldset>
            \(view.textField(form, "groundReference", "casework.field.ground-reference", hint: "casework.field.ground-hint", required: true, maximum: TextLimit.groundReference))
            \(view.textField(form, "note", "casework.field.note-unit", hint: "casework.optional", rows: 2, maximum: TextLimit.note))
            """
    }

    private func close(_ form: FormState) -> HTML {
        let outcomes = Outcome.allCases.map {
            view.choice(
                "outcome", $0.rawValue, view.t($0), checked: form.value("outcome") == $0.rawValue, required: true)
        }
        return """
            <fieldset class="field"><legend>\(view.t("casework.field.outcome"))</legend><div class="choices choices-3">\(outcomes)</div></fieldset>
            \(publicNote(form, "publicText", "casework.field.public-answer"))
            \(view.textField(form, "note", "casework.field.note", hint: "casework.optional", rows: 2, maximum: TextLimit.note))
            """
    }

    private func publicNote(_ form: FormState, _ name: StaticString, _ label: Phrase) -> HTML {
        view.textField(
            form, name, label, hint: "casework.field.public-hint", rows: 4, required: true,
            maximum: TextLimit.publicText)
    }

    private func why(_ form: FormState) -> HTML {
        view.textField(form, "note", "casework.field.why", rows: 2, required: true, maximum: TextLimit.note)
    }
}
