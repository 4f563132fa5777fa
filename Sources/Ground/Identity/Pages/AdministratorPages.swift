import Domain
import Web

/// The system administrator's page: somebody's sessions.
struct AccountsPage {
    let detail: AccountDetail?
    let form: FormState

    var page: Page {
        Page(.staff, "identity.accounts.title", current: AccountPages.accounts.url()) { view in
            """
            <main id="main" class="wrap page stack stack-l"><h1>\(view.t("identity.accounts.title"))</h1>
            <form class="field" role="search" method="get" action="\(AccountPages.accounts.url())"><label for="login">\(view.t("field.login"))</label>\(view.wrong(form, "login"))
            <div class="with-btn"><input class="input" id="login" name="login" type="search" value="\(form.value("login"))" maxlength="100" autocomplete="off" autocapitalize="none" spellcheck="false" required><button class="btn" type="submit">\(view.t("identity.accounts.show"))</button></div></form>
            \(view.refusals(form))\(detail.map { found($0, view) } ?? HTML())</main>
            """
        }
    }

    private func found(_ detail: AccountDetail, _ view: View) -> HTML {
        let account = detail.account
        let end: HTML =
            detail.sessions.isEmpty
            ? HTML()
            : "<form method=\"post\" action=\"\(AccountPages.revoke.url(account.id))\">\(view.formTokens)<button class=\"btn\" type=\"submit\">\(view.t(Phrase("identity.accounts.revoke", ["name": account.name])))</button></form>"
        let reset: HTML =
            detail.hasSecondFactor
            ? "<form method=\"post\" action=\"\(AccountPages.resetFactor.url(account.id))\">\(view.formTokens)<button class=\"btn\" type=\"submit\">\(view.t(Phrase("identity.accounts.reset", ["name": account.name])))</button></form>"
            : HTML()
        return """
            <section class="stack-s stack"><h2 id="sessions">\(account.name)</h2>
            <p class="row"><span class="mark">\(view.t(.code("identity.account.state", account.state.rawValue)))</span><span class="mark">\(view.t(detail.hasSecondFactor ? "identity.accounts.with-factor" : "identity.accounts.without-factor"))</span></p>
            \(SessionTable(sessions: detail.sessions, current: nil, end: nil).markup(view))<div class="row">\(end)\(reset)</div></section>
            """
    }
}

/// The security administrator's page: accounts that too many failures have closed.
struct SecurityPage {
    let locked: [LockedAccount]
    let form: FormState

    var page: Page {
        Page(.staff, "identity.security.title", current: AccountPages.security.url()) { view in
            """
            <main id="main" class="wrap page stack stack-l"><h1>\(view.t("identity.security.title"))</h1>\(view.refusals(form))
            <section class="stack-s stack" aria-labelledby="locked"><h2 id="locked">\(view.t("identity.security.locked"))</h2>
            <p class="hint">\(view.t("identity.security.hint"))</p>\(table(view))</section></main>
            """
        }
    }

    private func table(_ view: View) -> HTML {
        guard !locked.isEmpty else {
            return "<p class=\"empty\">\(view.icon("done"))\(view.t("identity.security.none"))</p>"
        }
        let rows = locked.map { entry -> HTML in
            let isLocked = entry.lockout.isLocked(at: view.now)
            let state: HTML
            if isLocked {
                state =
                    "<span class=\"mark mark-on\">\(view.t("identity.security.closed"))</span> \(entry.lockout.lockedUntil.map { view.shortMoment($0) } ?? HTML())"
            } else if let released = entry.lockout.releasedAt {
                state = "\(view.t("identity.security.released")) \(view.shortMoment(released))"
            } else {
                state = "\(view.t("identity.security.opened"))"
            }
            let release: HTML =
                isLocked
                ? "<form method=\"post\" action=\"\(AccountPages.release.url(entry.account.id))\">\(view.formTokens)<button class=\"btn\" type=\"submit\">\(view.t(Phrase("identity.security.release", ["name": entry.account.name])))</button></form>"
                : HTML()
            return """
                <tr><td>\(entry.account.name)<br><span class="faint">\(entry.account.login.text)</span></td><td class="nowrap">\(entry.lockout.lockedAt.map { view.shortMoment($0) } ?? HTML())</td><td>\(state)</td><td>\(release)</td></tr>
                """
        }
        return """
            <div class="scroll-x" tabindex="0" role="region" aria-labelledby="locked"><table class="table table-slim"><caption class="hide">\(view.t("identity.security.locked"))</caption>
            <thead><tr><th scope="col">\(view.t("identity.security.who"))</th><th scope="col">\(view.t("identity.security.at"))</th><th scope="col">\(view.t("identity.security.until"))</th><th scope="col"><span class="hide">\(view.t("identity.security.release-column"))</span></th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }
}
