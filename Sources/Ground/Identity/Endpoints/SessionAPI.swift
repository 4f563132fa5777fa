import Domain
import HTTPTypes
import Storage
import Web

/// Signing in and out by JSON, and who one is.
struct SessionAPI {
    let services: IdentityServices

    static let sessions: RoutePath = "/api/v1/sessions"
    static let currentSession: RoutePath = "/api/v1/sessions/current"
    static let me: RoutePath = "/api/v1/me"
    static let organisations: RoutePath = "/api/v1/organisations"

    var endpoints: [Endpoint] { [open, close, whoAmI, listOrganisations] }

    private var open: Endpoint {
        .json(
            .post, Self.sessions, access: .open("whoever wants to sign in has not signed in"),
            summary: "Opens a session; its token goes into the Authorization header as a bearer token.",
            success: .created,
            errors: ["signin.wrong", "signin.too-many", "signin.busy", "signin.code-needed", "signin.code-wrong"]
        ) { (input: CredentialsInput, visitor: Visitor) in
            let opened = try await SignIn(
                login: input.login, password: Password(typed: input.password), address: visitor.address,
                agent: visitor.agent, code: input.code
            ).run(services)
            return OpenedSession(
                token: opened.token.text, account: opened.account,
                expiresAt: opened.expiresAt.iso8601(at: services.world.zone))
        }
    }

    private var close: Endpoint {
        .json(.delete, Self.currentSession, access: .signedIn, summary: "Ends the session of this token.") {
            (_: NoInput, caller: SignedIn) in
            if let session = caller.session.id { try await SignOut(session: session).run(services) }
            return ClosedSession(closed: true)
        }
    }

    private var whoAmI: Endpoint {
        .json(.get, Self.me, access: .signedIn, summary: "The person of this session and where which permission holds.")
        {
            (_: NoInput, caller: SignedIn) in
            Me(caller.session, in: caller.visitor.language)
        }
    }

    private var listOrganisations: Endpoint {
        .json(
            .get, Self.organisations, access: .signedIn,
            summary: "The organisations in force, by code: those that tasks can be given to."
        ) { (input: OrganisationsInput, caller: SignedIn) in
            let now = caller.visitor.now
            let found = try await services.database.read { tx in
                try OrganisationStore.valid(at: now, after: input.after, limit: input.limit + 1, in: tx)
            }
            return ListJSON(found.map(OrganisationJSON.init), limit: input.limit, mark: \.code)
        }
    }

    private struct CredentialsInput: EndpointInput {
        let login: String
        let password: String
        /// Of the second factor, where there is one.
        let code: String?

        init(_ fields: inout Fields) {
            login = fields.text("login", 1...100)
            password = fields.text("password", 1...256)
            code = fields.optionalText("factorCode", maximum: 40)
        }
    }

    private struct OpenedSession: JSONAnswer, HasLocation {
        let token: String
        let account: AccountID
        let expiresAt: String

        var location: URLPath { SessionAPI.currentSession.url() }
    }

    private struct ClosedSession: JSONAnswer {
        let closed: Bool
    }

    private struct Me: JSONAnswer {
        struct Grant: Codable, Sendable {
            let permission: String
            let scopes: [Place]
        }

        struct Place: Codable, Sendable {
            let kind: String
            let id: UUIDValue
        }

        let account: AccountID
        let name: String
        let organisation: OrganisationID?
        let organisationName: String?
        let language: String?
        let grants: [Grant]

        init(_ session: Web.Session, in language: Language) {
            account = session.account
            name = session.displayName
            organisation = session.actor.organisation
            organisationName = session.organisationName?.text(in: language)
            self.language = session.language?.rawValue
            grants = session.actor.grants.sorted { $0.key.name < $1.key.name }.map { permission, scopes in
                Grant(
                    permission: permission.name,
                    scopes: scopes.sorted().map { Place(kind: $0.kind == .area ? "area" : "organisation", id: $0.id) })
            }
        }
    }

    private struct OrganisationsInput: EndpointInput {
        /// The code of the last one that is known.
        let after: String?
        let limit: Int

        init(_ fields: inout Fields) {
            after = fields.optionalText("after", maximum: 40)
            limit = fields.optionalInteger("limit", in: 1...1000) ?? 1000
        }
    }

    private struct OrganisationJSON: Codable, Sendable {
        let id: OrganisationID
        let code: String
        let kind: Organisation.Kind
        let nameZh: String
        let nameEn: String
        let area: AreaID

        init(_ organisation: Organisation) {
            id = organisation.id
            code = organisation.code
            kind = organisation.kind
            nameZh = organisation.name.chinese
            nameEn = organisation.name.english
            area = organisation.area
        }
    }
}
