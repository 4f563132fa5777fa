public import Domain
import Foundation
import HTTPTypes
import Hummingbird
public import Logging
import NIOCore
import Storage

/// From an HTTP request to an endpoint and back: who asks, in which language, with which fields; errors become answers.
public struct Pipeline: Sendable {
    public struct Configuration: Sendable {
        /// Cookies travel over TLS only. Off for plain HTTP on the own machine.
        public var secureCookies: Bool
        /// Tells the number of SQL statements in `Server-Timing`; for tests and measuring.
        public var showsStatements: Bool

        public init(secureCookies: Bool, showsStatements: Bool) {
            self.secureCookies = secureCookies
            self.showsStatements = showsStatements
        }
    }

    let site: Site
    let authenticator: any Authenticator
    let csrf: CSRF
    let world: World
    let configuration: Configuration
    let logger: Logger

    public init(
        site: Site, authenticator: any Authenticator, csrf: CSRF, world: World, configuration: Configuration,
        logger: Logger
    ) {
        self.site = site
        self.authenticator = authenticator
        self.csrf = csrf
        self.world = world
        self.configuration = configuration
        self.logger = logger
    }

    // MARK: An endpoint

    func respond(_ endpoint: Endpoint, _ request: Request, _ context: LinliContext) async -> Response {
        guard configuration.showsStatements else { return await answer(endpoint, request, context) }
        let (response, statements) = await StatementCounter.counting { await answer(endpoint, request, context) }
        var counted = response
        counted.headers[HTTPField.Name("Server-Timing")!] = "db;desc=\"\(statements)\""
        return counted
    }

    private func answer(_ endpoint: Endpoint, _ request: Request, _ context: LinliContext) async -> Response {
        let arrival = Arrival(request)
        let visitor: Visitor
        do {
            visitor = try await recognise(arrival, request, context)
        } catch {
            return refuse(error, endpoint.kind, nobody(arrival, request, context))
        }
        do {
            // Rights first: somebody without them learns nothing about what the input should be.
            try visitor.prove(endpoint.access)
            let incoming = try await read(endpoint, request, context, arrival, visitor)
            let visitor = withOnceToken(incoming, visitor)
            switch try await endpoint.respond(incoming, visitor) {
            case .json(let status, let bytes, let headers):
                var headers = headers
                headers[.contentType] = "application/json; charset=utf-8"
                headers[.cacheControl] = "no-store"
                headers.addSecurity()
                return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
            case .page(let page):
                return render(page, visitor, arrival)
            case .redirect(let redirect):
                var headers = HTTPFields()
                headers[.location] = redirect.location.text
                headers.addSecurity()
                for cookie in redirect.cookies {
                    headers.append(HTTPField(name: .setCookie, value: cookie.header(secure: configuration.secureCookies)))
                }
                return Response(status: .seeOther, headers: headers)
            }
        } catch {
            return refuse(error, endpoint.kind, visitor)
        }
    }

    /// A request that no endpoint takes.
    func notFound(_ request: Request, _ context: LinliContext, _ refusal: RequestRefused = .notFound) async -> Response {
        let arrival = Arrival(request)
        let visitor = (try? await recognise(arrival, request, context)) ?? nobody(arrival, request, context)
        return refuse(refusal, request.uri.path.hasPrefix("/api/") ? .json : .page, visitor)
    }

    // MARK: Who asks

    private func recognise(_ arrival: Arrival, _ request: Request, _ context: LinliContext) async throws -> Visitor {
        if let key = arrival.idempotencyKey, key.isEmpty || key.utf8.count > 64 || !key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) {
            throw RequestRefused.badIdempotencyKey
        }
        let now = world.now()
        var session: Session?
        if let token = arrival.token { session = try await authenticator.session(token: token, at: now) }
        let binding = session?.binding ?? Array((arrival.cookies[Cookie.visitor] ?? "").utf8)
        return visitor(arrival, request, context, now: now, session: session, binding: binding)
    }

    /// The visitor when the database could not say who it is.
    private func nobody(_ arrival: Arrival, _ request: Request, _ context: LinliContext) -> Visitor {
        visitor(arrival, request, context, now: world.now(), session: nil, binding: [])
    }

    private func visitor(
        _ arrival: Arrival, _ request: Request, _ context: LinliContext, now: Instant, session: Session?, binding: [UInt8]
    ) -> Visitor {
        let chosen = arrival.cookies[Cookie.language].flatMap(Language.init(rawValue:))
        return Visitor(
            requestID: context.requestID,
            language: chosen ?? session?.language ?? Language(accepting: request.headers[.acceptLanguage]),
            appearance: Preferences.appearance(from: arrival.cookies), session: session,
            sessionExpired: arrival.token != nil && session == nil, csrfToken: csrf.token(binding: binding),
            idempotencyKey: arrival.idempotencyKey, now: now, url: request.uri.description,
            address: context.remoteAddress?.ipAddress ?? "")
    }

    /// A form's `_once` field plays the part of the header.
    private func withOnceToken(_ incoming: IncomingFields, _ visitor: Visitor) -> Visitor {
        guard visitor.idempotencyKey == nil, case .form(let fields) = incoming.body, let once = fields["_once"]?.first,
            !once.isEmpty, once.utf8.count <= 64
        else { return visitor }
        return visitor.withIdempotencyKey(once)
    }

    // MARK: What was sent

    private func read(
        _ endpoint: Endpoint, _ request: Request, _ context: LinliContext, _ arrival: Arrival, _ visitor: Visitor
    ) async throws -> IncomingFields {
        var incoming = IncomingFields()
        for name in endpoint.path.parameterNames {
            incoming.path[name] = context.parameters.get(name).flatMap { percentDecoded($0, plusIsSpace: false) }
        }
        if let query = request.uri.query {
            guard let fields = IncomingFields.formFields(query) else { throw RequestRefused.badForm }
            incoming.query = fields
        }
        guard endpoint.method != .get else { return incoming }
        if let length = request.headers[.contentLength].flatMap(Int.init), length > endpoint.bodyLimit {
            throw RequestRefused.tooLarge
        }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: endpoint.bodyLimit)
        } catch is NIOTooManyBytesError {
            throw RequestRefused.tooLarge
        }
        let mediaType = request.headers[.contentType]?.split(separator: ";").first.map { $0.lowercased() } ?? ""
        switch (endpoint.kind, mediaType) {
        case (.json, "application/json"):
            guard case .object(let object)? = try? JSONValue(parsing: Array(body.readableBytesView)) else {
                throw RequestRefused.badJSON
            }
            incoming.body = .json(object)
        case (.json, "") where body.readableBytes == 0:
            incoming.body = .json([:])
        case (.action, "application/x-www-form-urlencoded"):
            guard let fields = IncomingFields.formFields(String(buffer: body)) else { throw RequestRefused.badForm }
            incoming.body = .form(fields)
        default:
            throw RequestRefused.badType
        }
        try proveOrigin(endpoint, incoming, arrival, visitor, request)
        return incoming
    }

    /// A request that a browser sends with its cookies must come from a page of this server.
    private func proveOrigin(
        _ endpoint: Endpoint, _ incoming: IncomingFields, _ arrival: Arrival, _ visitor: Visitor, _ request: Request
    ) throws {
        // Bearer tokens and anonymous JSON cannot be sent by a foreign page's form.
        if endpoint.kind == .json && !arrival.tokenCameByCookie { return }
        if request.headers[HTTPField.Name("Sec-Fetch-Site")!] == "cross-site" { throw RequestRefused.badToken }
        var token = request.headers[HTTPField.Name("X-CSRF-Token")!]
        if case .form(let fields) = incoming.body { token = token ?? fields["_csrf"]?.first }
        let binding = visitor.session?.binding ?? Array((arrival.cookies[Cookie.visitor] ?? "").utf8)
        guard !binding.isEmpty, let token, csrf.accepts(token, binding: binding) else { throw RequestRefused.badToken }
    }

    // MARK: Answers

    private func render(_ page: Page, _ visitor: Visitor, _ arrival: Arrival) -> Response {
        var headers = HTTPFields()
        var visitor = visitor
        if visitor.session == nil && arrival.cookies[Cookie.visitor] == nil {
            // Anonymous forms need something to bind their token to.
            let value = world.randomBytes(16).map { padded16($0) }.joined()
            visitor = visitor.withCSRFToken(csrf.token(binding: Array(value.utf8)))
            headers.append(
                HTTPField(name: .setCookie, value: Cookie(Cookie.visitor, value).header(secure: configuration.secureCookies)))
        }
        let view = View(visitor: visitor, site: site, onceToken: UUIDValue(version7At: visitor.now, random: (world.random(), world.random())).description)
        let markup = Layout(view: view).render(page)
        headers[.contentType] = "text/html; charset=utf-8"
        headers[.cacheControl] = "no-store"
        headers[.contentLanguage] = visitor.language.rawValue
        headers.addSecurity()
        return Response(status: page.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: markup.bytes)))
    }

    private func refuse(_ error: any Error, _ kind: Endpoint.Kind, _ visitor: Visitor) -> Response {
        let problem = Problem(error)
        if let (level, detail) = problem.logged {
            logger.log(level: level, "request failed", metadata: ["request": "\(visitor.requestID)", "error": "\(detail)"])
        }
        if case AccessDenied.notSignedIn = error, kind == .page {
            var headers = HTTPFields()
            headers[.location] =
                WebRoutes.signIn.url(query: ["next": visitor.url, "expired": visitor.sessionExpired ? "1" : nil]).text
            headers.addSecurity()
            return Response(status: .seeOther, headers: headers)
        }
        var response: Response
        if kind == .json {
            let bytes = problem.json(requestID: visitor.requestID, language: visitor.language, catalogue: site.catalogue)
            var headers = HTTPFields()
            headers[.contentType] = "application/problem+json; charset=utf-8"
            headers[.cacheControl] = "no-store"
            headers.addSecurity()
            if problem.status == .unauthorized { headers[.wwwAuthenticate] = "Bearer" }
            response = Response(status: problem.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        } else {
            let shell: Shell = visitor.session == nil ? .resident : .staff
            let arrival = Arrival(cookies: [Cookie.visitor: "known"], token: nil, tokenCameByCookie: false, idempotencyKey: nil)
            response = render(ErrorPage.page(problem, shell: shell), visitor, arrival)
        }
        if let seconds = problem.retryAfter { response.headers[.retryAfter] = String(seconds) }
        return response
    }

    private func padded16(_ byte: UInt8) -> String {
        byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16)
    }
}

/// The parts of a request's headers that say who sent it.
struct Arrival {
    let cookies: [String: String]
    let token: String?
    let tokenCameByCookie: Bool
    let idempotencyKey: String?

    init(cookies: [String: String], token: String?, tokenCameByCookie: Bool, idempotencyKey: String?) {
        self.cookies = cookies
        self.token = token
        self.tokenCameByCookie = tokenCameByCookie
        self.idempotencyKey = idempotencyKey
    }

    init(_ request: Request) {
        let cookies = Cookie.parse(request.headers[values: .cookie])
        let bearer = request.headers[.authorization].flatMap { value -> String? in
            value.lowercased().hasPrefix("bearer ") ? String(value.dropFirst(7)) : nil
        }
        self.init(
            cookies: cookies, token: bearer ?? cookies[Cookie.session],
            tokenCameByCookie: bearer == nil && cookies[Cookie.session] != nil,
            idempotencyKey: request.headers[HTTPField.Name("Idempotency-Key")!])
    }
}

extension Visitor {
    func withIdempotencyKey(_ key: String) -> Visitor { copy(csrfToken: csrfToken, idempotencyKey: key) }
    func withCSRFToken(_ token: String) -> Visitor { copy(csrfToken: token, idempotencyKey: idempotencyKey) }

    private func copy(csrfToken: String, idempotencyKey: String?) -> Visitor {
        Visitor(
            requestID: requestID, language: language, appearance: appearance, session: session,
            sessionExpired: sessionExpired, csrfToken: csrfToken, idempotencyKey: idempotencyKey, now: now, url: url,
            address: address)
    }
}
