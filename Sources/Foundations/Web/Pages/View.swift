public import Domain

/// What the body of a page needs to know about who looks at it: language, look, time, tokens for forms.
public struct View: Sendable {
    public let visitor: Visitor
    public let site: Site
    /// A fresh value for each page: a form that is sent twice with it acts once.
    let onceToken: String

    public var language: Language { visitor.language }
    public var session: Session? { visitor.session }
    public var now: Instant { visitor.now }

    /// The phrase in the visitor's language.
    public func t(_ phrase: Phrase) -> String {
        site.catalogue.text(phrase, in: language)
    }

    public func name(_ name: LocalizedName) -> String {
        name.text(in: language)
    }

    /// A symbol; always beside a word or inside something with a label.
    public func icon(_ icon: Icon, large: Bool = false) -> HTML {
        """
        <svg class="icon\(" icon-l", if: large)" aria-hidden="true" focusable="false"><use href="/static/\(site.assets.versionedName("icons.svg"))#i-\(icon.name)"/></svg>
        """
    }

    // MARK: Forms

    /// The hidden fields of a form that acts: proof that it came from here, and protection against double clicks.
    public var formTokens: HTML {
        """
        <input type="hidden" name="_csrf" value="\(visitor.csrfToken)"><input type="hidden" name="_once" value="\(onceToken)">
        """
    }

    /// What is wrong with the form, with links to the fields. Takes the focus when script runs.
    public func refusals(_ form: FormState) -> HTML {
        guard form.isRefused else { return HTML() }
        let items = form.violations.map { violation -> HTML in
            let text = site.catalogue.text(violation, in: language)
            guard let field = violation.field else { return "<li>\(text)</li>" }
            return "<li><a href=\"#\(form.id(field))\">\(text)</a></li>"
        }
        return """
            <section class="note note-stop" role="alert" aria-labelledby="\(form.id("wrong"))" tabindex="-1">\(icon("alert"))\
            <h2 id="\(form.id("wrong"))">\(t(Phrase("web.form.refused", count: form.violations.count)))</h2>\
            <ul class="stack-s stack">\(items)</ul><p class="soft">\(t("web.form.kept"))</p></section>
            """
    }

    /// The line under a field that was refused, with the id `<field>-wrong` (after the form's name, if it has one).
    public func wrong(_ form: FormState, _ field: String) -> HTML {
        guard let violation = form.violation(field) else { return HTML() }
        return """
            <p class="wrong" id="\(form.id(field))-wrong">\(icon("alert"))\(site.catalogue.text(violation, in: language))</p>
            """
    }

    // MARK: Times

    /// `11月20日（周五）18:00`, `Fri 20 Nov, 18:00`; with the year when it is another one.
    public func moment(_ instant: Instant) -> HTML {
        let time = LocalTime(of: instant, at: site.zone)
        return """
            <time datetime="\(instant.iso8601(at: site.zone))">\(together(dayText(time.day), time))</time>
            """
    }

    /// The same without markup, for sentences.
    public func plainMoment(_ instant: Instant) -> String {
        let time = LocalTime(of: instant, at: site.zone)
        return together(dayText(time.day), time)
    }

    /// The day alone.
    public func day(_ instant: Instant) -> HTML {
        let time = LocalTime(of: instant, at: site.zone)
        return "<time datetime=\"\(time.day.description)\">\(dayText(time.day))</time>"
    }

    /// The hour if it is today, the day and hour otherwise: for dense lists.
    public func shortMoment(_ instant: Instant) -> HTML {
        let time = LocalTime(of: instant, at: site.zone)
        let today = LocalDay(of: now, at: site.zone)
        let (year, month, day) = time.day.civil
        let text =
            year != today.civil.year
            ? time.day.description
            : time.day == today
                ? clock(time)
                : together(t(Phrase("web.time.short-day", ["month": monthName(month), "day": String(day)])), time)
        return "<time datetime=\"\(instant.iso8601(at: site.zone))\">\(text)</time>"
    }

    private func together(_ day: String, _ time: LocalTime) -> String {
        t(Phrase("web.time.moment", ["day": day, "time": clock(time)]))
    }

    private func clock(_ time: LocalTime) -> String {
        "\(padded(time.hour, to: 2)):\(padded(time.minute, to: 2))"
    }

    private func dayText(_ day: LocalDay) -> String {
        let (year, month, number) = day.civil
        let arguments = [
            "year": String(year), "month": monthName(month), "day": String(number),
            "weekday": t(.code("web.time.weekday", String(day.weekday))),
        ]
        let isThisYear = year == LocalDay(of: now, at: site.zone).civil.year
        return t(isThisYear ? Phrase("web.time.day", arguments) : Phrase("web.time.day-year", arguments))
    }

    private func monthName(_ month: Int) -> String {
        t(.code("web.time.month", String(month)))
    }
}
