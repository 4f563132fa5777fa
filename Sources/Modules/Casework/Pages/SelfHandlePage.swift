import Areas
import Domain
import Web

/// The grid worker's form: what was found and what was done about it, for a phone in one hand.
enum SelfHandlePage {
    struct Model: Sendable {
        let places: [Area]
        let catalogues: Catalogues
        /// The number of the case that was just taken in.
        let number: CaseNumber?
        let form: FormState
    }

    static func page(_ model: Model) -> Page {
        Page(.staff, "casework.self-handle.title", current: CaseworkRoutes.selfHandle.url()) { view in
            let form = model.form
            let notice: HTML? = model.number.map { number in
                "<p class=\"note\" role=\"status\">\(view.icon("done"))<span>\(view.t(Phrase("casework.self-handle.done", ["number": number.description])))</span></p>"
            }
            let places = model.places.map { area -> HTML in
                let isChosen = form.value("area") == area.id.description
                return
                    "<option value=\"\(area.id.description)\"\(" selected", if: isChosen)>\(view.name(area.name))</option>"
            }
            return """
                <main id="main" class="wrap narrow page stack stack-l"><h1>\(view.t("casework.self-handle.heading"))</h1>\(notice)
                <p class="soft">\(view.t("casework.self-handle.lede"))</p>
                <form class="stack stack-m" method="post" enctype="multipart/form-data" action="\(CaseworkRoutes.selfHandle.url())">\(view.formTokens)\(view.refusals(form))
                <div class="field\(" field-wrong", if: form.violation("area") != nil)"><label for="\(form.id("area"))">\(view.t("casework.self-handle.where"))</label>\(view.wrong(form, "area"))<select class="input" id="\(form.id("area"))" name="area" required><option value="">\(view.t("casework.choose"))</option>\(places)</select></div>
                \(view.textField(form, "place", "casework.report.place", hint: "casework.report.place-hint", maximum: TextLimit.place))
                \(view.matterField(form, nil, model.catalogues, required: true))
                \(view.textField(form, "text", "casework.self-handle.found", rows: 4, required: true, maximum: TextLimit.reportText))
                \(view.textField(form, "publicText", "casework.self-handle.did", hint: "casework.field.public-hint", rows: 4, required: true, maximum: TextLimit.publicText))
                \(view.photoField(form, "before", "casework.field.before", hint: "casework.photos.optional"))
                \(view.photoField(form, "after", "casework.field.after", hint: "casework.photos.public"))
                \(view.textField(form, "internalText", "casework.field.internal", hint: "casework.field.internal-hint", rows: 2, maximum: TextLimit.note))
                <button class="btn btn-go btn-wide" type="submit">\(view.t("casework.self-handle.go"))</button><p class="hint">\(view.t("casework.desk.check-said"))</p></form></main>
                """
        }
    }
}
