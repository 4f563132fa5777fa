import Domain
import HTTPTypes

/// The frame around a page: head, top bar, navigation, foot.
struct Layout {
    let view: View

    func render(_ page: Page) -> HTML {
        let body = page.body(view)
        let appearance = view.visitor.appearance
        let isElder = appearance.isElder && page.shell == .resident
        return """
            <!doctype html>
            <html lang="\(view.language.rawValue)" data-shell="\(page.shell.rawValue)"\(theme(appearance))\
            \(" data-mode=\"elder\"", if: isElder)\(elderSize(appearance, isElder))>
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(view.t(page.title)) · \(view.name(view.site.name)) · \(view.t("web.brand"))</title>
            \(stylesheets)
            <link rel="icon" href="/static/\(view.site.assets.versionedName("favicon.svg"))" type="image/svg+xml">
            <script src="/static/\(view.site.assets.versionedName("app.js"))" defer></script>
            </head>
            <body\(" class=\"app\"", if: page.isPanes)>
            <a class="skip" href="#main">\(view.t("web.skip"))</a>
            \(page.shell == .resident ? residentTop(page, isElder) : staffTop(page))
            \(body)
            \(page.shell == .resident ? residentFoot(page, isElder) : HTML())
            </body>
            </html>

            """
    }

    private var stylesheets: HTML {
        var links = HTML()
        for name in view.site.assets.stylesheets {
            links += "<link rel=\"stylesheet\" href=\"/static/\(name)\">"
        }
        return links
    }

    private func theme(_ appearance: Appearance) -> HTML {
        guard let theme = appearance.theme else { return HTML() }
        return " data-theme=\"\(theme.rawValue)\""
    }

    private func elderSize(_ appearance: Appearance, _ isElder: Bool) -> HTML {
        isElder ? " data-size=\"\(appearance.elderSize)\"" : HTML()
    }

    private func entries(_ shell: Shell) -> [NavigationEntry] {
        view.site.navigation.filter { entry in
            entry.shell == shell && (entry.permission.map { view.visitor.actor.holds($0) } ?? true)
        }
    }

    private func current(_ entry: NavigationEntry, _ page: Page) -> Bool {
        entry.url == page.current
    }

    private func brand(home: URLPath) -> HTML {
        """
        <a class="brand" href="\(home)"><span class="plate">\(view.t("web.brand"))</span><b>\(view.name(view.site.name))</b></a>
        """
    }

    private func tabs(_ page: Page, label: Phrase, extra: HTML) -> HTML {
        let links = entries(page.shell).map { entry -> HTML in
            """
            <a class="tab" href="\(entry.url)"\(" aria-current=\"page\"", if: current(entry, page))>\(view.t(entry.label))</a>
            """
        }
        return "<nav class=\"top-nav\(extra)\" aria-label=\"\(view.t(label))\">\(links)</nav>"
    }

    // MARK: Residents

    private func residentTop(_ page: Page, _ isElder: Bool) -> HTML {
        let phone = view.site.dutyPhone
        return """
            <header class="top"><div class="wrap">\(brand(home: WebRoutes.home.url()))\
            \(isElder ? HTML() : tabs(page, label: "web.nav.main", extra: " desk-only"))\
            <div class="top-end"><a class="btn btn-quiet" href="\(telephone: phone)" aria-label="\(view.t(Phrase("web.call-duty", ["phone": phone])))">\(view.icon("phone"))</a>\
            \(preference("elder", isElder ? "0" : "1", view.t(isElder ? "web.elder.off" : "web.elder.on"), "btn btn-quiet", view.icon("size")))\
            </div></div></header>
            """
    }

    private func residentFoot(_ page: Page, _ isElder: Bool) -> HTML {
        let phone = view.site.dutyPhone
        let staff: HTML =
            view.session == nil
            ? "<a href=\"\(WebRoutes.signIn.url())\">\(view.t("web.staff-sign-in"))</a>"
            : "<a href=\"\(WebRoutes.work.url())\">\(view.t("web.to-work"))</a>"
        return """
            <footer class="foot"><div class="wrap stack-s stack">\
            <p><span class="nowrap">\(view.t("web.duty-phone")) <a href="\(telephone: phone)">\(phone)</a></span> \
            <span class="nowrap">\(view.t("web.hotline")) <a href="tel:12345">12345</a></span></p>\
            <div class="row">\(staff)\(languageSwitch)\(themeSwitch)\(isElder ? elderSizes : HTML())</div>\
            </div></footer>
            \(dock(page, isElder))
            """
    }

    private func dock(_ page: Page, _ isElder: Bool) -> HTML {
        let items = entries(.resident).prefix(isElder ? 1 : 5).map { entry -> HTML in
            """
            <li><a href="\(entry.url)"\(" aria-current=\"page\"", if: current(entry, page))>\(view.icon(entry.icon))<span>\(view.t(entry.label))</span></a></li>
            """
        }
        let dial: HTML =
            isElder
            ? "<li><a class=\"dial\" href=\"\(telephone: view.site.dutyPhone)\">\(view.icon("phone"))<span>\(view.t("web.dial"))<br><span class=\"nowrap\">\(view.site.dutyPhone)</span></span></a></li>"
            : HTML()
        return "<nav class=\"dock\" aria-label=\"\(view.t("web.nav.dock"))\"><ul>\(items)\(dial)</ul></nav>"
    }

    private var elderSizes: HTML {
        var buttons = HTML()
        for size in 1...3 {
            let label = view.t(.code("web.elder.size", String(size)))
            buttons += preference(
                "size", String(size), label, "btn-link", HTML(), isCurrent: size == view.visitor.appearance.elderSize)
        }
        return buttons
    }

    // MARK: Staff

    private func staffTop(_ page: Page) -> HTML {
        guard let session = view.session else {
            return
                "<header class=\"top\"><div class=\"wrap\">\(brand(home: WebRoutes.home.url()))<div class=\"top-end\">\(languageSwitch)</div></div></header>"
        }
        let organisation: HTML =
            session.organisationName.map { "<span class=\"mark\">\(view.icon("building"))\(view.name($0))</span>" }
            ?? HTML()
        return """
            <header class="top no-print"><div class="wrap">\(brand(home: WebRoutes.work.url()))\(tabs(page, label: "web.nav.work", extra: HTML()))\
            <div class="top-end">\(organisation)<a class="soft" href="\(WebRoutes.ownAccount.url())">\(session.displayName)</a>\(languageSwitch)\(themeSwitch)\
            <form method="post" action="\(WebRoutes.signOut.url())">\(view.formTokens)<button class="btn-link" type="submit">\(view.t("web.sign-out"))</button></form>\
            </div></div></header>
            """
    }

    // MARK: Preferences

    private var languageSwitch: HTML {
        view.language == .chinese
            ? preference("language", Language.english.rawValue, "English", "btn-link", HTML(), lang: "en")
            : preference(
                "language", Language.chinese.rawValue, view.t("web.chinese"), "btn-link", HTML(), lang: "zh-Hans")
    }

    /// While the device decides, the server does not know what is shown, so that both ways are open.
    private var themeSwitch: HTML {
        let shown = view.visitor.appearance.theme
        var switches = HTML()
        if shown != .light { switches += preference("theme", "light", view.t("web.theme.light"), "btn-link", HTML()) }
        if shown != .dark { switches += preference("theme", "dark", view.t("web.theme.dark"), "btn-link", HTML()) }
        return switches
    }

    private func preference(
        _ name: StaticString, _ value: String, _ label: String, _ style: StaticString, _ icon: HTML,
        lang: StaticString? = nil, isCurrent: Bool = false
    ) -> HTML {
        let langAttribute: HTML = lang.map { " lang=\"\($0.description)\"" } ?? HTML()
        return """
            <form method="post" action="\(WebRoutes.preferences.url())">\(view.formTokens)<input type="hidden" name="back" value="\(view.visitor.url)">\
            <button class="\(style.description)" type="submit" name="\(name.description)" value="\(value)"\(langAttribute)\(" aria-current=\"true\"", if: isCurrent)>\(icon)\(label)</button></form>
            """
    }
}
