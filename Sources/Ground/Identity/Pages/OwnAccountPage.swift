import Domain
import Web

/// One's own account: where one is signed in, and the second factor.
struct OwnAccountPage {
    let sessions: [OpenSession]
    let factor: OwnFactor
    let current: SessionID?
    /// Whether administrators must have a second factor here.
    let mustSetUp: Bool
    let form: FormState

    var page: Page {
        Page(.staff, "identity.own.title", current: WebRoutes.ownAccount.url()) { view in
            let others: HTML =
                sessions.count > 1
                ? "<form method=\"post\" action=\"\(AccountPages.endSessions.url())\">\(view.formTokens)<button class=\"btn\" type=\"submit\">\(view.t("identity.sessions.end-others"))</button></form>"
                : HTML()
            return """
                <main id="main" class="wrap page stack stack-l"><h1>\(view.t("identity.own.title"))</h1>\(view.refusals(form))
                <section class="stack-s stack"><h2 id="sessions">\(view.t("identity.sessions.title"))</h2>
                <p class="hint">\(view.t("identity.sessions.hint"))</p>
                \(SessionTable(sessions: sessions, current: current, end: AccountPages.endSessions.url()).markup(view))\(others)</section>
                <section class="stack-s stack" aria-labelledby="factor"><h2 id="factor">\(view.t("identity.factor.title"))</h2>\(secondFactor(view))</section></main>
                """
        }
    }

    private func secondFactor(_ view: View) -> HTML {
        switch factor {
        case .none:
            let must: HTML =
                mustSetUp
                ? "<p class=\"note\">\(view.icon("lock"))<span>\(view.t("identity.factor.must"))</span></p>" : HTML()
            return """
                \(must)<p>\(view.t("identity.factor.off"))</p>
                <form method="post" action="\(AccountPages.beginFactor.url())">\(view.formTokens)<button class="btn btn-go" type="submit">\(view.t("identity.factor.begin"))</button></form>
                """
        case .confirmed(let codesLeft):
            return """
                <p>\(view.t("identity.factor.on")) \(view.t(Phrase("identity.factor.codes-left", count: codesLeft)))</p>
                <form class="stack narrow" method="post" action="\(AccountPages.endFactor.url())">\(view.formTokens)\(SecondFactorPage.codeField(view, form))\
                <button class="btn" type="submit">\(view.t("identity.factor.end"))</button></form>
                """
        }
    }
}
