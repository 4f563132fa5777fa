import Domain
import Web

/// The sign-in page: one question, and in demonstrations the people to be.
struct SignInPage {
    /// What brought the person here.
    enum Reason {
        case own
        /// A page asked for a session.
        case needed
        /// The session had ended.
        case expired
    }

    let reason: Reason
    /// Where to go afterwards.
    let next: URLPath?
    let form: FormState
    let demo: [DemoAccount]

    var page: Page {
        Page(.resident, "identity.signin.title", current: WebRoutes.signIn.url()) { view in
            """
            <main id="main" class="wrap narrow page stack stack-l">
            \(notice(view))
            <div><h1>\(view.t("identity.signin.title"))</h1><p class="soft">\(view.t("identity.signin.lede"))</p></div>
            \(refusal(view))
            <form class="stack" method="post" action="\(WebRoutes.signIn.url())">\(hidden(view))
            \(field(view, "login", type: "text", autocomplete: "username", value: form.value("login")))
            \(field(view, "password", type: "password", autocomplete: "current-password", value: ""))
            <button class="btn btn-go btn-wide" type="submit">\(view.t("identity.signin.submit"))</button>
            </form>
            <p class="soft">\(view.t("identity.signin.help"))</p>
            \(demoAccounts(view))
            </main>
            """
        }
    }

    private func notice(_ view: View) -> HTML {
        if let session = view.session {
            let text = view.t(Phrase("identity.signin.already", ["name": session.displayName]))
            return """
                <p class="note note-plain" role="status">\(view.icon("user"))<span>\(text) \
                <a href="\(next ?? WebRoutes.work.url())">\(view.t("identity.signin.continue"))</a></span></p>
                """
        }
        switch reason {
        case .own: return HTML()
        case .needed: return note(view, view.t("identity.signin.needed"))
        case .expired: return note(view, view.t("identity.signin.expired"))
        }
    }

    private func note(_ view: View, _ text: String) -> HTML {
        "<p class=\"note note-plain\" role=\"status\">\(view.icon("clock"))<span>\(text)</span></p>"
    }

    /// What is wrong as a whole; what is wrong with a field stands at the field.
    private func refusal(_ view: View) -> HTML {
        let whole = form.violations.filter { $0.field == nil }
        guard !whole.isEmpty else { return HTML() }
        let texts = whole.map { "<span>\(view.site.catalogue.text($0, in: view.language))</span>" as HTML }
        return "<p class=\"note note-stop\" role=\"alert\" tabindex=\"-1\">\(view.icon("alert"))\(texts)</p>"
    }

    private func hidden(_ view: View) -> HTML {
        let back: HTML = next.map { "<input type=\"hidden\" name=\"next\" value=\"\($0)\">" } ?? HTML()
        return view.formTokens + back
    }

    private func field(
        _ view: View, _ name: StaticString, type: StaticString, autocomplete: StaticString, value: String
    ) -> HTML {
        let name = name.description
        let isWrong = form.violation(name) != nil
        let described: HTML = isWrong ? " aria-invalid=\"true\" aria-describedby=\"\(name)-wrong\"" : HTML()
        return """
            <div class="field"><label for="\(name)">\(view.t(.code("field", name)))</label>
            <input class="input" id="\(name)" name="\(name)" type="\(type.description)" autocomplete="\(autocomplete.description)" \
            autocapitalize="none" spellcheck="false" value="\(value)"\(described) required>\(view.wrong(form, name))</div>
            """
    }

    private func demoAccounts(_ view: View) -> HTML {
        guard !demo.isEmpty else { return HTML() }
        let items = demo.map { account -> HTML in
            """
            <li><form method="post" action="\(WebRoutes.signIn.url())">\(hidden(view))\
            <input type="hidden" name="login" value="\(account.login)"><input type="hidden" name="password" value="\(account.password)">\
            <p class="row"><button class="btn" type="submit">\(view.t(Phrase("identity.demo.enter", ["name": account.name])))</button>\
            <span class="soft">\(view.t(account.role)) · \(view.name(account.organisation))</span></p></form></li>
            """
        }
        return """
            <section class="stack stack-s" aria-labelledby="demo"><h2 id="demo">\(view.t("identity.demo.title"))</h2>
            <p class="hint">\(view.t("identity.demo.hint"))</p><ul class="stack stack-s">\(items)</ul></section>
            """
    }
}
