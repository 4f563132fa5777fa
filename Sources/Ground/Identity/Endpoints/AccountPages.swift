import Domain
import HTTPTypes
import Storage
import Web

/// One's own account, and the pages of the system and the security administrator.
struct AccountPages {
    let services: IdentityServices

    static let endSessions: RoutePath = "/me/sessions/end"
    static let beginFactor: RoutePath = "/me/second-factor/begin"
    static let confirmFactor: RoutePath = "/me/second-factor/confirm"
    static let endFactor: RoutePath = "/me/second-factor/end"
    static let accounts: RoutePath = "/admin/accounts"
    static let revoke: RoutePath = "/admin/accounts/{account}/revoke"
    static let resetFactor: RoutePath = "/admin/accounts/{account}/second-factor"
    static let security: RoutePath = "/admin/security"
    static let release: RoutePath = "/admin/accounts/{account}/release"

    static let navigation = [
        NavigationEntry(
            .staff, "identity.accounts.nav", accounts.url(), "users", permission: IdentityPermission.manageAccounts),
        NavigationEntry(
            .staff, "identity.security.nav", security.url(), "lock", permission: IdentityPermission.manageLockouts),
    ]

    /// The name that the app shows beside the codes.
    static let issuer = "Linli"

    var endpoints: [Endpoint] {
        [own, endOwn, begin, confirm, end, showAccounts, revokeSessions, reset, showSecurity, releaseAccount]
    }

    // MARK: One's own

    private var own: Endpoint {
        .page(WebRoutes.ownAccount, access: .signedIn, summary: "One's own sessions and second factor.") {
            (_: NoInput, who: SignedIn) in
            try await ownPage(.empty, who)
        }
    }

    private var endOwn: Endpoint {
        .action(
            Self.endSessions, access: .signedIn, summary: "Ends one of one's sessions, or all others.",
            errors: ["session.unknown"]
        ) { form, _, who in
            try await ownPage(form, who)
        } _: { (input: SessionInput, who: SignedIn) in
            if let session = input.session {
                try await EndOwnSession(session: session).run(by: who.session.account, services)
            } else if let kept = who.session.id {
                try await EndOtherSessions(kept: kept).run(by: who.session.account, services)
            }
            return .redirect(to: WebRoutes.ownAccount.url())
        }
    }

    private var begin: Endpoint {
        .action(
            Self.beginFactor, access: .signedIn, summary: "Makes the secret of a second factor and shows it.",
            success: .ok, errors: ["second-factor.exists"]
        ) { form, _, who in
            try await ownPage(form, who)
        } _: { (_: NoInput, who: SignedIn) in
            let begun = try await BeginSecondFactor().run(by: who.session.account, issuer: Self.issuer, services)
            return .page(SecondFactorPage.begun(begun, .empty))
        }
    }

    private var confirm: Endpoint {
        .action(
            Self.confirmFactor, access: .signedIn,
            summary: "Proves that the app has the secret; shows the recovery codes, once.", success: .ok,
            errors: ["second-factor.code-wrong", "second-factor.none", "second-factor.exists", "signin.too-many"]
        ) { form, _, _ in
            SecondFactorPage.begun(nil, form)
        } _: { (input: CodeInput, who: SignedIn) in
            guard let session = who.session.id else { throw RuleViolation(.conflict, "account.changed") }
            let codes = try await ConfirmSecondFactor(code: input.code, session: session)
                .run(by: who.session.account, from: who.visitor.address, services)
            return .page(SecondFactorPage.confirmed(codes))
        }
    }

    private var end: Endpoint {
        .action(
            Self.endFactor, access: .signedIn, summary: "Gives the own second factor up, with a code of it.",
            errors: [
                "second-factor.code-wrong", "second-factor.none", "second-factor.required", "signin.too-many",
            ]
        ) { form, _, who in
            try await ownPage(form, who)
        } _: { (input: CodeInput, who: SignedIn) in
            try await EndSecondFactor(code: input.code)
                .run(by: who.session.account, from: who.visitor.address, services)
            return .redirect(to: WebRoutes.ownAccount.url())
        }
    }

    private func ownPage(_ form: FormState, _ who: SignedIn) async throws -> Page {
        let own = try await services.ownAccount(who.session.account)
        return OwnAccountPage(
            sessions: own.sessions, factor: own.factor, current: who.session.id,
            mustSetUp: services.secondFactor == .administrators, form: form
        ).page
    }

    private struct SessionInput: EndpointInput {
        /// `nil`: all others.
        let session: SessionID?
        init(_ fields: inout Fields) { session = fields.optionalID("session") }
    }

    private struct CodeInput: EndpointInput {
        let code: String
        init(_ fields: inout Fields) { code = fields.text("factorCode", 1...40) }
    }

    // MARK: The system administrator

    private var showAccounts: Endpoint {
        .page(
            Self.accounts, access: .holding(IdentityPermission.manageAccounts),
            summary: "Somebody's sessions, found by login."
        ) { (input: FindInput, who: SignedIn) in
            try await accountsPage(input.login, who)
        }
    }

    private var revokeSessions: Endpoint {
        .action(
            Self.revoke, access: .holding(IdentityPermission.manageAccounts),
            summary: "Ends all sessions of somebody.", errors: ["account.unknown", "account.administrator"]
        ) { form, _, who in
            try await accountsPage(nil, who, form)
        } _: { (input: AccountInput, who: SignedIn) in
            try await RevokeSessions(account: input.account).run(by: .person(who.actor), services)
            return .redirect(to: try await back(to: input.account))
        }
    }

    private var reset: Endpoint {
        .action(
            Self.resetFactor, access: .holding(IdentityPermission.manageAccounts),
            summary: "Takes the second factor of somebody who has lost it away.",
            errors: ["account.unknown", "account.administrator", "second-factor.none"]
        ) { form, _, who in
            try await accountsPage(nil, who, form)
        } _: { (input: AccountInput, who: SignedIn) in
            try await ResetSecondFactor(account: input.account).run(by: .person(who.actor), services)
            return .redirect(to: try await back(to: input.account))
        }
    }

    private func back(to account: AccountID) async throws -> URLPath {
        let found = try await services.database.read { tx in try AccountStore.account(account, in: tx) }
        return Self.accounts.url(query: ["login": found?.login.text])
    }

    private func accountsPage(_ login: String?, _ who: SignedIn, _ form: FormState? = nil) async throws -> Page {
        var detail: AccountDetail?
        var violations = form?.violations ?? []
        if let login {
            let found = try await services.database.read { tx in
                try Login(login).flatMap { try AccountStore.account(login: $0, in: tx) }
            }
            do {
                guard let found else { throw RuleViolation(.invalid, "account.unknown", field: "login") }
                detail = try await services.detail(of: found.id, by: .person(who.actor))
            } catch let violation as RuleViolation {
                violations.append(violation)
            }
        }
        return AccountsPage(
            detail: detail, form: FormState(typed: ["login": [login ?? ""]], violations: violations)
        ).page
    }

    private struct FindInput: EndpointInput {
        let login: String?
        init(_ fields: inout Fields) { login = fields.optionalText("login", maximum: 100) }
    }

    private struct AccountInput: EndpointInput {
        let account: AccountID
        init(_ fields: inout Fields) { account = fields.id("account") }
    }

    // MARK: The security administrator

    private var showSecurity: Endpoint {
        .page(
            Self.security, access: .holding(IdentityPermission.manageLockouts),
            summary: "Accounts that were closed after too many failures."
        ) { (_: NoInput, who: SignedIn) in
            try await securityPage(.empty, who)
        }
    }

    private var releaseAccount: Endpoint {
        .action(
            Self.release, access: .holding(IdentityPermission.manageLockouts),
            summary: "Opens a closed account before its time.",
            errors: ["account.unknown", "account.self", "account.not-locked"]
        ) { form, _, who in
            try await securityPage(form, who)
        } _: { (input: AccountInput, who: SignedIn) in
            try await ReleaseAccount(account: input.account).run(by: .person(who.actor), services)
            return .redirect(to: Self.security.url())
        }
    }

    private func securityPage(_ form: FormState, _ who: SignedIn) async throws -> Page {
        SecurityPage(locked: try await services.lockouts(by: who.actor), form: form).page
    }
}
