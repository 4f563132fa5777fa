import Domain
import HTTPTypes
import Web

/// Sessions, second factors and closed accounts, as JSON.
struct AccountAPI {
    let services: IdentityServices

    static let ownSessions: RoutePath = "/api/v1/me/sessions"
    static let ownSession: RoutePath = "/api/v1/me/sessions/{session}"
    static let factor: RoutePath = "/api/v1/me/second-factor"
    static let factorConfirmation: RoutePath = "/api/v1/me/second-factor/confirmation"
    static let factorEnd: RoutePath = "/api/v1/me/second-factor/end"
    static let sessions: RoutePath = "/api/v1/accounts/{account}/sessions"
    static let accountFactor: RoutePath = "/api/v1/accounts/{account}/second-factor"
    static let lockouts: RoutePath = "/api/v1/lockouts"
    static let release: RoutePath = "/api/v1/accounts/{account}/release"

    var endpoints: [Endpoint] {
        [listOwn, endOthers, endOne, begin, confirm, end, list, revoke, reset, listLockouts, releaseAccount]
    }

    // MARK: One's own

    private var listOwn: Endpoint {
        .json(.get, Self.ownSessions, access: .signedIn, summary: "One's own open sessions, the last used first.") {
            (input: PageInput, who: SignedIn) in
            let own = try await services.ownAccount(who.session.account)
            return try ListJSON(
                own.sessions.map { OpenSessionJSON($0, current: who.session.id, services.world.zone) }, page: input,
                mark: \.id.description)
        }
    }

    private var endOthers: Endpoint {
        .json(.delete, Self.ownSessions, access: .signedIn, summary: "Ends all own sessions but this one.") {
            (_: NoInput, who: SignedIn) in
            if let kept = who.session.id {
                try await EndOtherSessions(kept: kept).run(by: who.session.account, services)
            }
            return Done()
        }
    }

    private var endOne: Endpoint {
        .json(
            .delete, Self.ownSession, access: .signedIn, summary: "Ends one of one's own sessions.",
            errors: ["session.unknown"]
        ) { (input: SessionInput, who: SignedIn) in
            try await EndOwnSession(session: input.session).run(by: who.session.account, services)
            return Done()
        }
    }

    private var begin: Endpoint {
        .json(
            .post, Self.factor, access: .signedIn, summary: "Makes the secret of a second factor.",
            errors: ["second-factor.exists"]
        ) { (_: NoInput, who: SignedIn) in
            let begun = try await BeginSecondFactor()
                .run(by: who.session.account, issuer: AccountPages.issuer, services)
            return BegunJSON(secret: begun.secret, address: begun.address)
        }
    }

    private var confirm: Endpoint {
        .json(
            .post, Self.factorConfirmation, access: .signedIn,
            summary: "Proves that the app has the secret; answers the recovery codes, once.",
            errors: [
                "second-factor.code-wrong", "second-factor.none", "second-factor.exists", "signin.too-many",
                "account.changed",
            ]
        ) { (input: CodeInput, who: SignedIn) in
            guard let session = who.session.id else { throw RuleViolation(.conflict, "account.changed") }
            return RecoveryCodes(
                recoveryCodes: try await ConfirmSecondFactor(code: input.code, session: session)
                    .run(by: who.session.account, from: who.visitor.address, services))
        }
    }

    private var end: Endpoint {
        .json(
            .post, Self.factorEnd, access: .signedIn, summary: "Gives the own second factor up, with a code of it.",
            errors: ["second-factor.code-wrong", "second-factor.none", "second-factor.required", "signin.too-many"]
        ) { (input: CodeInput, who: SignedIn) in
            try await EndSecondFactor(code: input.code)
                .run(by: who.session.account, from: who.visitor.address, services)
            return Done()
        }
    }

    // MARK: Administrators

    private var list: Endpoint {
        .json(
            .get, Self.sessions, access: .holding(IdentityPermission.manageAccounts),
            summary: "Somebody's open sessions.", errors: ["account.unknown", "account.administrator"]
        ) { (input: AccountPageInput, who: SignedIn) in
            let detail = try await services.detail(of: input.account, by: .person(who.actor))
            return try ListJSON(
                detail.sessions.map { OpenSessionJSON($0, current: nil, services.world.zone) }, page: input.page,
                mark: \.id.description)
        }
    }

    private var revoke: Endpoint {
        .json(
            .delete, Self.sessions, access: .holding(IdentityPermission.manageAccounts),
            summary: "Ends all sessions of somebody.", errors: ["account.unknown", "account.administrator"]
        ) { (input: AccountInput, who: SignedIn) in
            try await RevokeSessions(account: input.account).run(by: .person(who.actor), services)
            return Done()
        }
    }

    private var reset: Endpoint {
        .json(
            .delete, Self.accountFactor, access: .holding(IdentityPermission.manageAccounts),
            summary: "Takes the second factor of somebody who has lost it away.",
            errors: ["account.unknown", "account.administrator", "second-factor.none"]
        ) { (input: AccountInput, who: SignedIn) in
            try await ResetSecondFactor(account: input.account).run(by: .person(who.actor), services)
            return Done()
        }
    }

    private var listLockouts: Endpoint {
        .json(
            .get, Self.lockouts, access: .holding(IdentityPermission.manageLockouts),
            summary: "Accounts that were closed after too many failures, the last first."
        ) { (input: PageInput, who: SignedIn) in
            let zone = services.world.zone
            let now = who.visitor.now
            return try ListJSON(
                try await services.lockouts(by: who.actor).map { LockoutJSON($0, now, zone) }, page: input,
                mark: \.account.description)
        }
    }

    private var releaseAccount: Endpoint {
        .json(
            .post, Self.release, access: .holding(IdentityPermission.manageLockouts),
            summary: "Opens a closed account before its time.",
            errors: ["account.unknown", "account.self", "account.not-locked"]
        ) { (input: AccountInput, who: SignedIn) in
            try await ReleaseAccount(account: input.account).run(by: .person(who.actor), services)
            return Done()
        }
    }

    // MARK: In and out

    private struct SessionInput: EndpointInput {
        let session: SessionID
        init(_ fields: inout Fields) { session = fields.id("session") }
    }

    private struct AccountInput: EndpointInput {
        let account: AccountID
        init(_ fields: inout Fields) { account = fields.id("account") }
    }

    private struct AccountPageInput: EndpointInput {
        let account: AccountID
        let page: PageInput

        init(_ fields: inout Fields) {
            account = fields.id("account")
            page = PageInput(&fields)
        }
    }

    private struct CodeInput: EndpointInput {
        let code: String
        init(_ fields: inout Fields) { code = fields.text("factorCode", 1...40) }
    }

    private struct Done: JSONAnswer {
        let done: Bool
        init() { done = true }
    }

    private struct BegunJSON: JSONAnswer {
        let secret: String
        let address: String
    }

    private struct RecoveryCodes: JSONAnswer {
        let recoveryCodes: [String]
    }

    private struct OpenSessionJSON: Codable, Sendable {
        let id: SessionID
        let createdAt: String
        let seenAt: String
        let expiresAt: String
        let address: String
        let agent: String
        let hasSecondFactor: Bool
        let isCurrent: Bool

        init(_ session: OpenSession, current: SessionID?, _ zone: ZoneOffset) {
            id = session.id
            createdAt = session.createdAt.iso8601(at: zone)
            seenAt = session.seenAt.iso8601(at: zone)
            expiresAt = session.expiresAt.iso8601(at: zone)
            address = session.origin.address
            agent = session.origin.agent
            hasSecondFactor = session.origin.hasSecondFactor
            isCurrent = session.id == current
        }
    }

    private struct LockoutJSON: Codable, Sendable {
        let account: AccountID
        let login: String
        let name: String
        let lockedAt: String?
        let lockedUntil: String?
        let releasedAt: String?
        let isLocked: Bool

        init(_ locked: LockedAccount, _ now: Instant, _ zone: ZoneOffset) {
            account = locked.account.id
            login = locked.account.login.text
            name = locked.account.name
            lockedAt = locked.lockout.lockedAt?.iso8601(at: zone)
            lockedUntil = locked.lockout.lockedUntil?.iso8601(at: zone)
            releasedAt = locked.lockout.releasedAt?.iso8601(at: zone)
            isLocked = locked.lockout.isLocked(at: now)
        }
    }
}
