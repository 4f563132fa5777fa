import Domain
import Web

/// Signing in and out on pages.
struct SessionPages {
    let services: IdentityServices
    let demo: [DemoAccount]

    var endpoints: [Endpoint] { [show, signIn, giveCode, signOut] }

    static let code: RoutePath = "/signin/code"

    private var show: Endpoint {
        .page(
            WebRoutes.signIn, access: .open("whoever wants to sign in has not signed in"), summary: "The sign-in page."
        ) { (input: ShowInput, _: Visitor) in
            page(input.next, input.expired ? .expired : input.next == nil ? .own : .needed, .empty)
        }
    }

    private var signIn: Endpoint {
        .action(
            WebRoutes.signIn, access: .open("whoever wants to sign in has not signed in"),
            summary: "Opens a session and goes back to the page that asked for it.",
            errors: ["signin.wrong", "signin.too-many", "signin.busy"]
        ) { form, _, _ in
            page(WayBack.from(form.value("next")), .own, form)
        } _: { (input: SignInInput, visitor: Visitor) in
            let step = try await SignIn(
                login: input.login, password: Password(typed: input.password), address: visitor.address,
                agent: visitor.agent
            ).begin(services)
            switch step {
            case .opened(let opened): return try await enter(opened, visitor, input.next)
            case .codeNeeded(let challenge):
                return .page(SignInCodePage(challenge: challenge, next: input.next, form: .empty).page)
            }
        }
    }

    private var giveCode: Endpoint {
        .action(
            Self.code, access: .open("whoever gives the code has not signed in yet"),
            summary: "Opens a session with the code of the second factor, after the password.",
            errors: ["signin.challenge-over", "signin.code-wrong", "signin.too-many"]
        ) { form, _, _ in
            SignInCodePage(
                challenge: form.value("challenge"), next: WayBack.from(form.value("next")), form: form
            ).page
        } _: { (input: CodeInput, visitor: Visitor) in
            let opened = try await FinishSignIn(
                challenge: input.challenge, code: input.code, address: visitor.address, agent: visitor.agent
            ).run(services)
            return try await enter(opened, visitor, input.next)
        }
    }

    /// Administrators begin on their own page, and with a second factor where they must have one.
    private func enter(_ opened: SignIn.Opened, _ visitor: Visitor, _ next: URLPath?) async throws -> ActionResult {
        // The browser forgets the session it had; so does the server.
        if let former = visitor.session?.id { try await SignOut(session: former).run(services) }
        let start: URLPath =
            switch opened.duty {
            case .system: AccountPages.accounts.url()
            case .security: AccountPages.security.url()
            case .audit: AuditPages.trail.url()
            case nil: WebRoutes.work.url()
            }
        return .redirect(
            Redirect(
                to: opened.mustSetUpSecondFactor ? WebRoutes.ownAccount.url() : next ?? start,
                cookies: [Cookie(Cookie.session, opened.token.text)]))
    }

    private var signOut: Endpoint {
        .action(
            WebRoutes.signOut, access: .open("ending the own session needs no right, and one may have ended already"),
            summary: "Ends the session."
        ) { form, _, _ in
            page(nil, .own, form)
        } _: { (_: NoInput, visitor: Visitor) in
            if let session = visitor.session?.id { try await SignOut(session: session).run(services) }
            return .redirect(Redirect(to: WebRoutes.home.url(), cookies: [.removing(Cookie.session)]))
        }
    }

    private func page(_ next: URLPath?, _ reason: SignInPage.Reason, _ form: FormState) -> Page {
        SignInPage(reason: reason, next: next, form: form, demo: demo).page
    }

    private struct ShowInput: EndpointInput {
        let next: URLPath?
        let expired: Bool

        init(_ fields: inout Fields) {
            next = WayBack.from(fields.optionalText("next", maximum: 1024) ?? "")
            expired = fields.flag("expired")
        }
    }

    private struct CodeInput: EndpointInput {
        let challenge: String
        let code: String
        let next: URLPath?

        init(_ fields: inout Fields) {
            challenge = fields.text("challenge", 1...400)
            code = fields.text("factorCode", 1...40)
            next = WayBack.from(fields.optionalText("next", maximum: 1024) ?? "")
        }
    }

    private struct SignInInput: EndpointInput {
        let login: String
        let password: String
        /// `nil` when it would lead off this server, or back to signing in.
        let next: URLPath?

        init(_ fields: inout Fields) {
            login = fields.text("login", 1...100)
            password = fields.text("password", 1...256)
            next = WayBack.from(fields.optionalText("next", maximum: 1024) ?? "")
        }
    }
}

/// Where to go after signing in.
enum WayBack {
    static func from(_ text: String) -> URLPath? {
        guard let path = URLPath(sameSite: text) else { return nil }
        let place = path.text.prefix { $0 != "?" && $0 != "#" }
        let closed = [WebRoutes.signIn.pattern, WebRoutes.signOut.pattern, "/api"]
        return closed.contains { place == $0 || place.hasPrefix($0 + "/") } ? nil : path
    }
}
