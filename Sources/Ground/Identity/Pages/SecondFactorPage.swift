import Domain
import Web

/// Setting a second factor up, and giving its code when signing in.
enum SecondFactorPage {
    /// - Parameter begun: `nil` when the form is shown again: the app has the secret by then.
    static func begun(_ begun: BeginSecondFactor.Begun?, _ form: FormState) -> Page {
        Page(.staff, "identity.factor.set-up", current: WebRoutes.ownAccount.url()) { view in
            let secret: HTML =
                begun.map { begun in
                    """
                    <ol class="stack-s stack"><li>\(view.t("identity.factor.step-1"))</li><li>\(view.t("identity.factor.step-2"))
                    <dl class="facts"><dt>\(view.t("identity.factor.secret"))</dt><dd class="code">\(grouped(begun.secret))</dd>
                    <dt>\(view.t("identity.factor.address"))</dt><dd class="code break">\(begun.address)</dd></dl></li>
                    <li>\(view.t("identity.factor.step-3"))</li></ol>
                    """
                } ?? HTML()
            return """
                <main id="main" class="wrap narrow page stack stack-l"><h1>\(view.t("identity.factor.set-up"))</h1>\(view.refusals(form))\(secret)
                <form class="stack" method="post" action="\(AccountPages.confirmFactor.url())">\(view.formTokens)\(codeField(view, form))\
                <button class="btn btn-go btn-wide" type="submit">\(view.t("identity.factor.confirm"))</button></form>
                <p><a href="\(WebRoutes.ownAccount.url())">\(view.t("identity.factor.back"))</a></p></main>
                """
        }
    }

    static func confirmed(_ codes: [String]) -> Page {
        Page(.staff, "identity.factor.confirmed", current: WebRoutes.ownAccount.url()) { view in
            let items = codes.map { "<li class=\"code\">\($0)</li>" as HTML }
            return """
                <main id="main" class="wrap narrow page stack stack-l"><h1>\(view.t("identity.factor.confirmed"))</h1>
                <p class="note" role="status">\(view.icon("done"))<span>\(view.t("identity.factor.keep-codes"))</span></p><ul class="rows">\(items)</ul>
                <p><a class="btn" href="\(WebRoutes.ownAccount.url())">\(view.t("identity.factor.kept"))</a></p></main>
                """
        }
    }

    static func codeField(_ view: View, _ form: FormState) -> HTML {
        let isWrong = form.violation("factorCode") != nil
        let described: HTML = isWrong ? " aria-invalid=\"true\" aria-describedby=\"factorCode-wrong\"" : HTML()
        return """
            <div class="field"><label for="factorCode">\(view.t("field.factorCode"))</label>\(view.wrong(form, "factorCode"))\
            <input class="input" id="factorCode" name="factorCode" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="40"\(described) required></div>
            """
    }

    /// Four letters at a time, for typing.
    private static func grouped(_ secret: String) -> String {
        let letters = Array(secret)
        return stride(from: 0, to: letters.count, by: 4).map { String(letters[$0..<min($0 + 4, letters.count)]) }
            .joined(separator: " ")
    }
}

/// Between password and session: the code.
struct SignInCodePage {
    let challenge: String
    let next: URLPath?
    let form: FormState

    var page: Page {
        Page(.resident, "identity.signin.code-title", current: WebRoutes.signIn.url()) { view in
            let back: HTML = next.map { "<input type=\"hidden\" name=\"next\" value=\"\($0)\">" } ?? HTML()
            return """
                <main id="main" class="wrap narrow page stack stack-l"><div><h1>\(view.t("identity.signin.code-title"))</h1>
                <p class="soft">\(view.t("identity.signin.code-lede"))</p></div>\(view.refusals(form))
                <form class="stack" method="post" action="\(SessionPages.code.url())">\(view.formTokens)\(back)\
                <input type="hidden" name="challenge" value="\(challenge)">\(SecondFactorPage.codeField(view, form))
                <button class="btn btn-go btn-wide" type="submit">\(view.t("identity.signin.submit"))</button></form>
                <p class="soft">\(view.t("identity.signin.code-help"))</p>
                <p><a href="\(WebRoutes.signIn.url(query: ["next": next?.text]))">\(view.t("identity.signin.again"))</a></p></main>
                """
        }
    }
}
