import Areas
import Domain
import Web

/// The resident's pages: say what is wrong, get a code, see how it goes.
enum ReportPages {
    // MARK: Report

    struct FormModel: Sendable {
        let communities: [Area]
        let hints: [CatalogueEntry]
        let form: FormState
        /// The community chosen by the page that led here.
        let area: AreaID?
    }

    static func form(_ model: FormModel) -> Page {
        Page(
            .resident, model.form.isRefused ? "casework.report.title-refused" : "casework.report.title",
            current: CaseworkRoutes.reportForm.url()
        ) { view in
            let form = model.form
            let chosenArea = form.isRefused ? form.value("area") : model.area?.description ?? ""
            let areas = model.communities.map { area -> HTML in
                "<option value=\"\(area.id.description)\"\(" selected", if: area.id.description == chosenArea)>\(view.name(area.name))</option>"
            }
            let chips = model.hints.map { entry -> HTML in
                let value = entry.reference.description
                return """
                    <label class="chip"><input type="radio" name="hint" value="\(value)"\(" checked", if: form.value("hint") == value)><span class="chip-body">\(view.t(.code("casework.chip", entry.reference.code)))</span></label>
                    """
            }
            return """
                <main id="main" class="wrap narrow page stack stack-l">
                <div><h1>\(view.t("casework.report.heading"))</h1><p class="soft">\(view.t("casework.report.lede"))
                <a href="tel:119">119</a> <a href="tel:120">120</a></p></div>
                \(view.refusals(form))
                <form class="stack stack-l" method="post" enctype="multipart/form-data" action="\(CaseworkRoutes.reportForm.url())">\(view.formTokens)
                \(view.textField(form, "text", "casework.report.words", hint: "casework.report.words-hint", rows: 5, required: true, maximum: TextLimit.reportText))
                <fieldset class="field"><legend>\(view.t("casework.report.kind")) <span class="hint">\(view.t("casework.optional"))</span></legend>
                <div class="chips">\(chips)<label class="chip"><input type="radio" name="hint" value=""\(" checked", if: form.value("hint").isEmpty)><span class="chip-body">\(view.t("casework.chip.unsure"))</span></label></div></fieldset>
                <div class="field\(" field-wrong", if: form.violation("area") != nil)"><label for="area">\(view.t("casework.report.where"))</label>\(view.wrong(form, "area"))\
                <select class="input" id="area" name="area" required><option value="">\(view.t("casework.choose"))</option>\(areas)</select></div>
                \(view.textField(form, "place", "casework.report.place", hint: "casework.report.place-hint", maximum: TextLimit.place))
                \(view.photoField(form, "photos", "casework.report.photos", hint: "casework.report.photos-hint"))
                <label class="check"><input type="checkbox" name="keepsLocation" value="1"\(" checked", if: form.value("keepsLocation") == "1")>\(view.t("casework.report.keeps-location"))</label>
                \(view.textField(form, "phone", "casework.report.phone", hint: "casework.report.phone-hint", maximum: 40, type: "tel"))
                <div class="stack-s stack"><button class="btn btn-go btn-wide" type="submit">\(view.t("casework.report.send"))</button>
                <p class="hint">\(view.t("casework.report.privacy"))</p></div>
                </form></main>
                """
        }
    }

    // MARK: Received

    static func done(_ story: PublicStory, _ catalogues: Catalogues) -> Page {
        Page(.resident, "casework.done.title", current: CaseworkRoutes.reportForm.url()) { view in
            """
            <main id="main" class="wrap narrow page stack stack-l">
            <section class="stack" role="status"><p class="with-icon due">\(view.icon("done", large: true))\(view.t("casework.done.received"))</p>
            <h1>\(view.t("casework.done.heading"))</h1><p class="lede">\(view.t("casework.done.lede"))</p></section>
            <section class="panel stack" aria-labelledby="no"><h2 id="no" class="hint">\(view.t("casework.done.code"))</h2>
            <p><span class="plate plate-l">\(story.trackingCode.description)</span></p><p class="soft">\(view.t("casework.done.code-hint"))</p></section>
            <dl class="facts"><dt>\(view.t("casework.fact.received"))</dt><dd>\(view.moment(story.receivedAt))</dd>
            \(story.matter.map { "<dt>\(view.t("casework.fact.matter"))</dt><dd>\(view.matter($0, catalogues))</dd>" as HTML })</dl>
            <section class="stack" aria-labelledby="next"><h2 id="next">\(view.t("casework.done.next"))</h2><ol class="steps">
            <li class="now"><b>\(view.t("casework.done.next-1"))</b><p class="said">\(view.t("casework.done.next-1-said"))</p></li>
            <li class="next"><b>\(view.t("casework.done.next-2"))</b><p class="said">\(view.t("casework.done.next-2-said"))</p></li>
            <li class="next"><b>\(view.t("casework.done.next-3"))</b><p class="said">\(view.t("casework.done.next-3-said"))</p></li></ol></section>
            <div class="stack-s stack"><a class="btn btn-go btn-wide" href="\(CaseworkRoutes.story.url(story.trackingCode.digits))">\(view.t("casework.done.follow"))</a>
            <p class="row"><a class="btn grow" href="\(CaseworkRoutes.reportForm.url())">\(view.t("casework.done.again"))</a>\
            <a class="btn grow" href="\(WebRoutes.home.url())">\(view.t("casework.done.home"))</a></p></div></main>
            """
        }
    }

    // MARK: Follow

    static func follow(_ form: FormState) -> Page {
        Page(.resident, "casework.follow.title", current: CaseworkRoutes.follow.url()) { view in
            """
            <main id="main" class="wrap narrow page stack stack-l"><div><h1>\(view.t("casework.follow.heading"))</h1>
            <p class="soft">\(view.t("casework.follow.lede"))</p></div>\(view.refusals(form))
            <form class="stack" method="post" action="\(CaseworkRoutes.follow.url())">\(view.formTokens)
            \(view.textField(form, "code", "casework.follow.code", hint: "casework.follow.code-hint", required: true, maximum: 40))
            <button class="btn btn-go btn-wide" type="submit">\(view.t("casework.follow.show"))</button></form></main>
            """
        }
    }

    static func story(
        _ story: PublicStory, _ catalogues: Catalogues, areaName: LocalizedName?, form: FormState = .empty,
        notice: Phrase? = nil
    ) -> Page {
        Page(.resident, "casework.story.title", current: CaseworkRoutes.follow.url()) { view in
            let plate = story.number?.description ?? story.trackingCode.description
            return """
                <main id="main" class="wrap page stack">
                <p class="no-print"><a class="with-icon back-link link" href="\(CaseworkRoutes.follow.url())">\(view.icon("left"))\(view.t("casework.story.other"))</a></p>
                <header class="stack-s stack"><p class="row"><span class="plate">\(plate)</span><span class="mark mark-on">\(view.t(status(story)))</span></p>
                \(notice.map { "<p class=\"note\" role=\"status\">\(view.icon("done"))<span>\(view.t($0))</span></p>" as HTML })<h1>\(story.matter.map { view.matter($0, catalogues) } ?? view.t("casework.story.unnamed"))</h1>
                <p class="soft">\(view.t("casework.story.received")) \(view.moment(story.receivedAt))\(areaName.map { " · \(view.name($0))" as HTML })\(others(story, view))</p></header>
                \(view.refusals(form))<div class="cols"><div class="stack stack-l">\(waits(story, form, view))\(now(story, view))\(answer(story, view))\(view.photos(story.photos))\(said(story, form, view))\(DisclosurePage.told(story, view))</div>
                <section class="stack" aria-labelledby="story"><h2 id="story">\(view.t("casework.story.history"))</h2>
                <ol class="steps">\(milestones(story, view))</ol></section></div>
                <p class="only-print faint">\(view.name(view.site.name)) · \(plate) · \(view.moment(view.now)) · \(view.t("casework.story.no-personal-data"))</p></main>
                """
        }
    }

    /// The sentence that says where it stands: by the report once it is over for the sender, by the case until then.
    private static func status(_ story: PublicStory) -> Phrase {
        switch story.state {
        case .answered where story.voice.waiting == .rating: return "casework.story.to-rate"
        case .received, .asked, .refused, .withdrawn, .answered, .rated:
            return .code("casework.public.report", story.state.rawValue)
        case .accepted:
            guard let phase = story.phase else { return .code("casework.public.report", story.state.rawValue) }
            return .code("casework.public.phase", phase.rawValue)
        }
    }

    private static func now(_ story: PublicStory, _ view: View) -> HTML {
        var facts = HTML()
        if let due = story.dueAt {
            facts +=
                "<dt>\(view.t("casework.story.promise"))</dt><dd><b>\(view.moment(due))</b>\(provisional(story, view))</dd>"
        } else if story.clock.isPaused {
            facts +=
                "<dt>\(view.t("casework.story.promise"))</dt><dd><b>\(view.t("casework.story.paused"))</b><br><span class=\"faint\">\(view.t("casework.story.paused-said"))</span></dd>"
        }
        if let lead = story.leadName {
            facts += "<dt>\(view.t("casework.story.lead"))</dt><dd>\(view.name(lead))</dd>"
        }
        facts += "<dt>\(view.t("casework.done.code"))</dt><dd class=\"code\">\(story.trackingCode.description)</dd>"
        return """
            <section class="panel stack" aria-label="\(view.t("casework.story.now"))">\(track(story, view))<dl class="facts">\(facts)</dl></section>
            """
    }

    private static func provisional(_ story: PublicStory, _ view: View) -> HTML {
        story.clock.isProvisional
            ? "<br><span class=\"faint\">\(view.t("casework.story.provisional"))</span>" : HTML()
    }

    /// The line of stops: taken up, dispatched, handled, checked, answered.
    private static func track(_ story: PublicStory, _ view: View) -> HTML {
        guard story.state != .refused, story.state != .withdrawn else { return HTML() }
        let stops = ["accept", "dispatch", "work", "check", "done"]
        let position: Int
        switch (story.state, story.phase) {
        case (.received, _), (.asked, _), (_, nil), (_, .toVerify), (_, .toFile): position = 0
        case (.answered, _), (.rated, _): position = 4
        case (_, .toDispatch), (_, .toSign): position = 1
        case (_, .working), (_, .rework): position = 2
        case (_, .toCheck): position = 3
        default: position = 4
        }
        let items = stops.enumerated().map { index, stop -> HTML in
            let name = view.t(.code("casework.story.stop", stop))
            if index < position { return "<li class=\"past\">\(name)</li>" }
            return index == position ? "<li class=\"now\" aria-current=\"step\">\(name)</li>" : "<li>\(name)</li>"
        }
        let sentence = view.t(
            Phrase(
                "casework.story.track",
                ["position": String(position + 1), "stop": view.t(.code("casework.story.stop", stops[position]))]))
        return "<ol class=\"track\" aria-label=\"\(sentence)\">\(items)</ol>"
    }

    private static func answer(_ story: PublicStory, _ view: View) -> HTML {
        if let refusal = story.refusal {
            return """
                <section class="stack" aria-labelledby="answer"><h2 id="answer">\(view.t("casework.story.refused"))</h2><div class="quote stack-s stack">
                <p>\(view.t(refusal))</p><p>\(view.t(.code("\(RefusalReason.family).\(refusal.rawValue)", "hint")))</p>
                \(story.refusalNote.map { "<p>\($0)</p>" as HTML })<p>\(view.t(.code("\(RefusalReason.family).\(refusal.rawValue)", "direction")))</p></div></section>
                """
        }
        // The form that asks about the answer shows it above its questions.
        guard story.voice.waiting != .rating else { return HTML() }
        return told(story, view)
    }

    private static func milestones(_ story: PublicStory, _ view: View) -> [HTML] {
        story.milestones.enumerated().map { index, milestone in
            let key = "\(milestone.kind.rawValue).\(milestone.action)"
            let name = milestone.organisation.map { view.name($0) } ?? view.t("casework.story.unit")
            let back = milestone.action == TaskAction.rework.rawValue
            return """
                <li class="\("now", if: index == 0 && !back)\("back", if: back)">\(view.moment(milestone.at))<br><b>\(view.t(.code("casework.story.step", key, ["unit": name])))</b>\
                \(milestone.publicNote.map { "<p class=\"said\">\($0)</p>" as HTML })</li>
                """
        }
    }

    // MARK: Home

    static func home() -> Page {
        Page(.resident, "casework.home.title", current: WebRoutes.home.url()) { view in
            """
            <main id="main" class="wrap page stack stack-l">
            <h1>\(view.t(Phrase("casework.home.heading", ["place": view.name(view.site.name)])))</h1>
            <div class="cols"><div class="stack stack-l">
            <a class="ask" href="\(CaseworkRoutes.reportForm.url())">\(view.icon("report"))<span><b>\(view.t("casework.home.report"))</b><span>\(view.t("casework.home.report-said"))</span></span>\(view.icon("right"))</a>
            <section class="stack" aria-labelledby="follow-h"><h2 id="follow-h">\(view.t("casework.follow.heading"))</h2>
            <form class="field" method="post" action="\(CaseworkRoutes.follow.url())">\(view.formTokens)<label for="code">\(view.t("casework.follow.code")) <span class="hint">\(view.t("casework.follow.code-hint"))</span></label>
            <div class="with-btn"><input class="input" id="code" name="code" inputmode="numeric" maxlength="40" autocomplete="off" required><button class="btn" type="submit">\(view.t("casework.follow.show"))</button></div></form></section>
            </div><section class="stack" aria-labelledby="calls"><h2 id="calls">\(view.t("casework.home.calls"))</h2>
            <div class="calls"><a class="call call-wide" href="\(telephone: view.site.dutyPhone)">\(view.t("web.duty-phone")) <b>\(view.site.dutyPhone)</b></a>
            <a class="call" href="tel:119"><b>119</b>\(view.t("casework.home.fire"))</a><a class="call" href="tel:120"><b>120</b>\(view.t("casework.home.ambulance"))</a><a class="call" href="tel:110"><b>110</b>\(view.t("casework.home.police"))</a></div></section></div></main>
            """
        }
    }
}
