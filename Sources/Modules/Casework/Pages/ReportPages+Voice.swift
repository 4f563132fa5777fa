import Domain
import Web

/// What the sender can say on the story page: the one thing that waits for them first, in plain words.
extension ReportPages {
    /// How many others reported the same, and under which number it is handled.
    static func others(_ story: PublicStory, _ view: View) -> HTML {
        guard story.voice.others > 0 else { return HTML() }
        let others = view.t(Phrase("casework.story.others", count: story.voice.others))
        guard story.voice.isJoined, let number = story.number else { return " · \(others)" }
        return " · \(others) · \(view.t(Phrase("casework.story.joined", ["number": number.description])))"
    }

    /// What waits for the sender; leads the page.
    static func waits(_ story: PublicStory, _ form: FormState, _ view: View) -> HTML {
        switch story.voice.waiting {
        case .nothing: HTML()
        case .question(let text, let at): question(text, at, story, form, view)
        case .rating: "\(told(story, view))\(rate(story, form, view))"
        }
    }

    /// The answer that stands.
    static func told(_ story: PublicStory, _ view: View) -> HTML {
        guard let text = story.answer else { return HTML() }
        return """
            <section class="stack" aria-labelledby="answer"><h2 id="answer">\(view.t("casework.story.answer"))</h2><div class="quote stack-s stack">
            <p>\(text)</p><p class="faint">\(story.outcome.map { view.t($0) } ?? "")</p></div></section>
            """
    }

    // MARK: Add what is missing

    private static func question(
        _ text: String, _ at: Instant, _ story: PublicStory, _ form: FormState, _ view: View
    ) -> HTML {
        """
        <form class="panel stack no-print" id="supplement" method="post" action="\(CaseworkRoutes.supplement.url(story.trackingCode.digits))" aria-labelledby="supplement-h">\(view.formTokens)
        <h2 id="supplement-h">\(view.t("casework.story.question"))</h2>
        <div class="quote stack-s stack"><p>\(text)</p><p class="faint">\(view.moment(at))</p></div>
        \(view.textField(form, "more", "casework.story.more", hint: "casework.story.more-hint", rows: 4, required: true, maximum: TextLimit.reportText))
        <button class="btn btn-go btn-wide" type="submit">\(view.t("casework.story.more-go"))</button></form>
        """
    }

    /// Folded: a way out, never in the way of what waits.
    private static func withdraw(_ story: PublicStory, _ form: FormState, _ view: View) -> HTML {
        guard story.voice.mayWithdraw else { return HTML() }
        return """
            <details class="no-print" id="withdraw"\(" open", if: form.violation("note") != nil)><summary><b>\(view.t("casework.story.withdraw"))</b></summary>
            <form class="stack gap" method="post" action="\(CaseworkRoutes.withdrawReport.url(story.trackingCode.digits))">\(view.formTokens)
            <p class="soft">\(view.t(story.state == .accepted ? "casework.story.withdraw-accepted" : "casework.story.withdraw-said"))</p>
            \(view.textField(form, "note", "casework.story.why", hint: "casework.optional", rows: 2, maximum: TextLimit.note))
            <button class="btn btn-wide" type="submit">\(view.t("casework.story.withdraw-go"))</button></form></details>
            """
    }

    // MARK: Rate

    private static func rate(_ story: PublicStory, _ form: FormState, _ view: View) -> HTML {
        """
        <form class="panel stack no-print" id="rate" method="post" action="\(CaseworkRoutes.rate.url(story.trackingCode.digits))" aria-labelledby="rate-h">\(view.formTokens)
        <h2 id="rate-h">\(view.t("casework.story.rate"))</h2>
        \(question("solved", "casework.story.solved", form, view, required: true))
        \(satisfaction(form, view))
        \(question("contacted", "casework.story.contacted", form, view))
        \(view.textField(form, "words", "casework.story.words", hint: "casework.optional", rows: 2, maximum: TextLimit.note))
        <button class="btn btn-go btn-wide" type="submit">\(view.t("casework.story.rate-go"))</button>
        <p class="hint">\(view.t("casework.story.rate-hint"))</p></form>
        """
    }

    private static func question(
        _ name: StaticString, _ legend: Phrase, _ form: FormState, _ view: View, required: Bool = false
    ) -> HTML {
        let choices = YesNo.allCases.map { answer in
            view.choice(
                name, answer.rawValue, view.t(.code("casework.story.\(name.description)", answer.rawValue)),
                checked: form.value(name.description) == answer.rawValue, required: required)
        }
        return """
            <fieldset class="field" id="\(name.description)"><legend>\(view.t(legend))\(required ? HTML() : " <span class=\"hint\">\(view.t("casework.optional"))</span>")</legend>\(view.wrong(form, name.description))<div class="choices choices-across gap">\(choices)</div></fieldset>
            """
    }

    private static func satisfaction(_ form: FormState, _ view: View) -> HTML {
        let choices = Satisfaction.allCases.map { step in
            view.choice(
                "satisfaction", step.rawValue, view.t(.code("casework.rate", step.rawValue)),
                checked: form.value("satisfaction") == step.rawValue,
                required: true)
        }
        return """
            <fieldset class="field" id="satisfaction"><legend>\(view.t("casework.story.satisfaction"))</legend>\(view.wrong(form, "satisfaction"))<div class="rate gap">\(choices)</div></fieldset>
            """
    }

    // MARK: What was said, and what can still be said

    static func said(_ story: PublicStory, _ form: FormState, _ view: View) -> HTML {
        "\(rated(story, view))\(objected(story, view))\(object(story, form, view))\(withdraw(story, form, view))"
    }

    private static func rated(_ story: PublicStory, _ view: View) -> HTML {
        guard let rating = story.voice.rating else { return HTML() }
        let solved = view.t(.code("casework.story.solved", rating.said.isSolved ? "yes" : "no"))
        return """
            <section class="stack-s stack" aria-labelledby="rated"><h2 id="rated">\(view.t("casework.story.rated"))</h2>
            <p><b>\(solved)</b>\(rating.said.satisfaction.map { " · \(view.t($0))" as HTML }) <span class="faint">\(view.moment(rating.at))</span></p></section>
            """
    }

    private static func objected(_ story: PublicStory, _ view: View) -> HTML {
        guard let objection = story.voice.objection else { return HTML() }
        let outcome: HTML
        if let decision = objection.decision {
            outcome = """
                <p><b>\(view.t(.code("casework.story.ruling", "\(objection.contested.rawValue).\(decision.ruling.rawValue)")))</b> <span class="faint">\(view.moment(decision.at))</span></p>\
                \(decision.publicNote.map { "<p class=\"quote\">\($0)</p>" as HTML })
                """
        } else {
            outcome = "<p>\(view.t("casework.story.objection-waits"))</p>"
        }
        return """
            <section class="stack-s stack" aria-labelledby="objected"><h2 id="objected">\(view.t("casework.story.objected"))</h2>
            <p class="soft">\(view.moment(objection.at)) · \(view.t(.code("casework.story.contested", objection.contested.rawValue)))</p>\(outcome)</section>
            """
    }

    /// Folded while the sender has not complained: one task a page.
    private static func object(_ story: PublicStory, _ form: FormState, _ view: View) -> HTML {
        guard let ends = story.voice.objectionEnds else { return HTML() }
        let contested: Contested = story.state == .refused ? .refusal : .answer
        let isOpen = story.voice.rating?.said.isComplaint == true || form.violation("why") != nil
        return """
            <details class="no-print" id="object"\(" open", if: isOpen)><summary><b>\(view.t(.code("casework.story.object", contested.rawValue)))</b></summary>
            <form class="stack gap" method="post" action="\(CaseworkRoutes.object.url(story.trackingCode.digits))">\(view.formTokens)
            <p class="soft">\(view.t(.code("casework.story.object-said", contested.rawValue)))</p>
            \(view.textField(form, "why", "casework.story.why", rows: 3, required: true, maximum: TextLimit.note))
            <button class="btn btn-wide" type="submit">\(view.t(.code("casework.story.object-go", contested.rawValue)))</button>
            <p class="hint">\(view.t("casework.story.object-until")) \(view.moment(ends))</p></form></details>
            """
    }
}
