import Domain
import Web

/// The forms that ask for more time or for waiting, and those that decide about it.
extension VerbForms {
    /// What waits for this person's decision.
    func overlayDecisions(_ detail: CaseDetail) -> HTML {
        var parts = HTML()
        for overlay in detail.overlays where overlay.state == .requested {
            switch (overlay.kind, overlay.subject) {
            case (.extended, .task(let id)) where detail.verbs.contains(.decideExtension):
                parts += decision(
                    overlay, model.forms[CaseworkRoutes.decideExtension, id],
                    CaseworkRoutes.decideExtension.url(id, query: back), "casework.verb.decide-extension",
                    ["casework.verb.grant-extension", "casework.verb.decline-extension"])
            case (.parked, .caseFile(let id)) where detail.verbs.contains(.decideParking):
                parts += decision(
                    overlay, model.forms[CaseworkRoutes.decideParking],
                    CaseworkRoutes.decideParking.url(id, query: back), "casework.verb.decide-parking",
                    ["casework.verb.grant-parking", "casework.verb.decline-parking"])
            default: break
            }
        }
        return parts
    }

    /// What this person may ask for or end.
    func overlayAsking(_ detail: CaseDetail) -> HTML {
        let id = detail.caseFile.id
        var parts = HTML()
        if detail.verbs.contains(.park) {
            let form = model.forms[CaseworkRoutes.park]
            parts += fold(
                form, "casework.verb.park",
                inline(
                    form, CaseworkRoutes.park.url(id, query: back), "casework.verb.park-go",
                    """
                    <p class="soft">\(view.t("casework.verb.park-said"))</p>
                    \(view.textField(form, "until", "casework.field.parked-until", required: true, maximum: 10, type: "date"))
                    \(view.textField(form, "reason", "casework.field.why", rows: 2, required: true, maximum: TextLimit.note))
                    """))
        }
        if detail.verbs.contains(.unpark) {
            let form = model.forms[CaseworkRoutes.unpark]
            parts += fold(
                form, "casework.verb.unpark",
                inline(
                    form, CaseworkRoutes.unpark.url(id, query: back), "casework.verb.unpark-go",
                    view.textField(
                        form, "note", "casework.field.note", hint: "casework.optional", rows: 2, maximum: TextLimit.note
                    )
                ))
        }
        return parts
    }

    private func decision(
        _ overlay: Overlay, _ form: FormState, _ url: URLPath, _ title: Phrase, _ buttons: [Phrase]
    ) -> HTML {
        """
        <form class="panel stack" method="post" action="\(url)">\(view.formTokens)<h2>\(view.t(title))</h2>\(view.refusals(form))
        <p class="quote">\(overlay.reason)</p>\(overlay.until.map { "<p>\(view.t("casework.overlay.until")) \(view.moment($0))</p>" as HTML })
        \(view.textField(form, "note", "casework.field.decision-note", rows: 2, maximum: TextLimit.note))
        <p class="row"><button class="btn btn-go grow" type="submit" name="verdict" value="grant">\(view.t(buttons[0]))</button>\
        <button class="btn grow" type="submit" name="verdict" value="decline">\(view.t(buttons[1]))</button></p></form>
        """
    }
}

extension View {
    /// What lies over a case and its tasks, or was asked for.
    func overlays(_ overlays: [Overlay]) -> HTML {
        let live = overlays.filter(\.isLive)
        guard !live.isEmpty else { return HTML() }
        let items = live.map { overlay -> HTML in
            "<li class=\"stack-s stack\"><p class=\"row\"><span class=\"mark mark-on\">\(t(overlay.kind))</span><span class=\"mark\">\(t(overlay.state))</span></p><p>\(overlay.reason)</p>\(overlay.until.map { "<p class=\"faint\">\(t("casework.overlay.until")) \(moment($0))</p>" as HTML })</li>"
        }
        return
            "<section class=\"stack-s stack\" aria-labelledby=\"overlays\"><h3 id=\"overlays\">\(t("casework.overlay.title"))</h3><ul class=\"rows\">\(items)</ul></section>"
    }
}
