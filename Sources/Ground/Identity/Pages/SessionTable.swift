import Domain
import Web

/// A list of open sessions.
struct SessionTable {
    let sessions: [OpenSession]
    /// The one of whoever looks; has no button.
    let current: SessionID?
    /// What ends one of them; `nil` when they can only be ended together.
    let end: URLPath?

    func markup(_ view: View) -> HTML {
        guard !sessions.isEmpty else {
            return "<p class=\"empty\">\(view.icon("lock"))\(view.t("identity.sessions.none"))</p>"
        }
        let rows = sessions.map { session -> HTML in
            let device = session.origin.device
            let name = [device.browser, device.system].compactMap(\.self).joined(separator: " · ")
            let mark: HTML =
                session.id == current
                ? "<span class=\"mark mark-on\">\(view.t("identity.sessions.this"))</span>" : HTML()
            let factor: HTML =
                session.origin.hasSecondFactor
                ? "<br><span class=\"faint\">\(view.t("identity.sessions.with-factor"))</span>" : HTML()
            return """
                <tr><td>\(name.isEmpty ? view.t("identity.sessions.unknown-device") : name) \(mark)\(factor)</td><td class="code">\(session.origin.address)</td><td class="nowrap">\(view.shortMoment(session.createdAt))</td><td class="nowrap">\(view.shortMoment(session.seenAt))</td><td>\(button(session, view))</td></tr>
                """
        }
        return """
            <div class="scroll-x" tabindex="0" role="region" aria-labelledby="sessions"><table class="table table-slim"><caption class="hide">\(view.t("identity.sessions.title"))</caption>
            <thead><tr><th scope="col">\(view.t("identity.sessions.device"))</th><th scope="col">\(view.t("identity.sessions.address"))</th><th scope="col">\(view.t("identity.sessions.since"))</th><th scope="col">\(view.t("identity.sessions.seen"))</th><th scope="col"><span class="hide">\(view.t("identity.sessions.end"))</span></th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    private func button(_ session: OpenSession, _ view: View) -> HTML {
        guard let end, session.id != current else { return HTML() }
        return """
            <form method="post" action="\(end)">\(view.formTokens)<input type="hidden" name="session" value="\(session.id.description)"><button class="btn" type="submit">\(view.t("identity.sessions.end"))</button></form>
            """
    }
}
