public import Domain
import HTTPTypes
import Hummingbird
public import Logging
import Storage

/// From an HTTP request to an endpoint and back: who asks, in which language, with which fields; errors become answers.
public struct Pipeline: Sendable {
    public struct Configuration: Sendable {
        /// Cookies travel over TLS only. Off for plain HTTP on the own machine.
        public var secureCookies: Bool
        /// Tells the number of SQL statements in `Server-Timing`; for tests and measuring.
        public var showsStatements: Bool
        /// Forms with files are read up to this size.
        public var maximumBodyBytes: Int

        public init(
            secureCookies: Bool, showsStatements: Bool, maximumBodyBytes: Int = ServerSettings().maximumBodyBytes
        ) {
            self.secureCookies = secureCookies
            self.showsStatements = showsStatements
            self.maximumBodyBytes = maximumBodyBytes
        }
    }

    let site: Site
    let authenticator: any Authenticator
    let csrf: CSRF
    let world: World
    let configuration: Configuration
    let logger: Logger
    /// Where files lie while their request is answered; `nil`: no files are taken.
    let uploads: UploadSpace?

    public init(
        site: Site, authenticator: any Authenticator, csrf: CSRF, world: World, configuration: Configuration,
        logger: Logger, uploads: UploadSpace? = nil
    ) {
        self.uploads = uploads
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
        counted.headers[HeaderNames.serverTiming] = "db;desc=\"\(statements)\""
        return counted
    }

    private func answer(_ endpoint: Endpoint, _ request: Request, _ context: LinliContext) async -> Response {
        let arrival = Arrival(request)
        let visitor: Visitor
        do {
            visitor = try await recognise(arrival, request, context)
        } catch {
            return refuse(error, endpoint.kind, nobody(arrival, request, context), arrival)
        }
        var incoming = IncomingFields()
        defer { UploadSpace.discard(incoming.uploadPaths) }
        do {
            // Rights first: somebody without them learns nothing about what the input should be.
            if endpoint.kind == .action, endpoint.access.needsSession, visitor.session == nil {
                await readForGivingBack(endpoint, request, context, arrival, into: &incoming)
            }
            try visitor.prove(endpoint.access)
            try await read(endpoint, request, context, into: &incoming)
            try proveOrigin(endpoint, incoming, arrival, visitor, request)
            if incoming.carriesFiles { throw RequestRefused.filesUnsupported }
            let visitor = try withOnceToken(incoming, visitor)
            return respond(with: try await endpoint.respond(incoming, visitor), visitor, arrival)
        } catch {
            return refuse(error, endpoint.kind, visitor, arrival, kept: kept(incoming, endpoint, arrival))
        }
    }

    /// A request that no endpoint takes.
    func notFound(
        _ request: Request, _ context: LinliContext, _ refusal: any Error = RequestRefused.notFound
    ) async -> Response {
        let arrival = Arrival(request)
        let visitor: Visitor
        do {
            visitor = try await recognise(arrival, request, context)
        } catch {
            // The page is not there, whoever asks.
            visitor = nobody(arrival, request, context)
        }
        return refuse(refusal, request.uri.path.hasPrefix("/api/") ? .json : .page, visitor, arrival)
    }

    // MARK: Who asks

    private func recognise(_ arrival: Arrival, _ request: Request, _ context: LinliContext) async throws -> Visitor {
        if let key = arrival.idempotencyKey, !Pipeline.isIdempotencyKey(key) { throw RequestRefused.badIdempotencyKey }
        let now = world.now()
        var session: Session?
        if let token = arrival.token { session = try await authenticator.session(token: token, at: now) }
        return visitor(arrival, request, context, now: now, session: session)
    }

    /// The visitor when the database could not say who it is.
    private func nobody(_ arrival: Arrival, _ request: Request, _ context: LinliContext) -> Visitor {
        visitor(arrival, request, context, now: world.now(), session: nil)
    }

    private func visitor(
        _ arrival: Arrival, _ request: Request, _ context: LinliContext, now: Instant, session: Session?
    ) -> Visitor {
        let chosen = arrival.cookies[Cookie.language].flatMap(Language.init(rawValue:))
        let isLooking = request.method == .get || request.method == .head
        let url = isLooking ? URLPath(sameSite: request.uri.description) : arrival.referer
        return Visitor(
            requestID: context.requestID,
            language: chosen ?? session?.language ?? Language(accepting: request.headers[.acceptLanguage]),
            appearance: Preferences.appearance(from: arrival.cookies), session: session,
            sessionExpired: arrival.token != nil && session == nil,
            // Made when a page with forms is rendered: most requests need none.
            csrfToken: "",
            idempotencyKey: arrival.idempotencyKey, now: now, url: url?.text ?? "/",
            address: context.remoteAddress?.ipAddress ?? "", agent: Visitor.agent(request.headers[.userAgent]))
    }

    func binding(_ session: Session?, _ arrival: Arrival) -> CSRF.Binding? {
        CSRF.Binding(session: session, visitorCookie: arrival.cookies[Cookie.visitor])
    }

    /// A form's `_once` field plays the part of the header.
    private func withOnceToken(_ incoming: IncomingFields, _ visitor: Visitor) throws -> Visitor {
        guard visitor.idempotencyKey == nil, case .form(let fields) = incoming.body, let once = fields["_once"]?.first,
            !once.isEmpty
        else { return visitor }
        guard Pipeline.isIdempotencyKey(once) else { throw RequestRefused.badForm }
        return visitor.withIdempotencyKey(once)
    }

    private static func isIdempotencyKey(_ key: String) -> Bool {
        (1...64).contains(key.utf8.count) && key.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    /// A request that a browser sends with its cookies must come from a page of this server.
    private func proveOrigin(
        _ endpoint: Endpoint, _ incoming: IncomingFields, _ arrival: Arrival, _ visitor: Visitor, _ request: Request
    ) throws {
        guard endpoint.method != .get else { return }
        var token = request.headers[HeaderNames.csrfToken]
        if case .form(let fields) = incoming.body {
            // Unlike JSON, a form with files can be sent by a foreign page.
            guard arrival.origin != .foreign else { throw RequestRefused.badToken }
            token = token ?? fields["_csrf"]?.first
        }
        // Bearer tokens and anonymous JSON cannot be sent by a foreign page's form.
        if endpoint.kind == .json && !arrival.tokenCameByCookie { return }
        guard arrival.origin != .foreign else { throw RequestRefused.badToken }
        guard let binding = binding(visitor.session, arrival), let token, csrf.accepts(token, binding) else {
            throw RequestRefused.badToken
        }
    }

    // MARK: What was typed

    /// A form came from somebody who is not signed in any more: nothing that was typed may be lost.
    private func readForGivingBack(
        _ endpoint: Endpoint, _ request: Request, _ context: LinliContext, _ arrival: Arrival,
        into incoming: inout IncomingFields
    ) async {
        guard arrival.origin == .own else { return }
        do {
            try await read(endpoint, request, context, into: &incoming)
        } catch {
            // Whatever is wrong with it, signing in comes first; what could be read is shown.
            logger.debug("unreadable form after the session's end", metadata: ["request": "\(context.requestID)"])
        }
    }

    /// The texts of a form that is refused. Only for forms of this server: a foreign page must not be able to put its
    /// words onto a page of ours.
    private func kept(_ incoming: IncomingFields, _ endpoint: Endpoint, _ arrival: Arrival) -> [KeptText] {
        endpoint.kind == .action && arrival.origin == .own ? KeptText.of(incoming, endpoint) : []
    }
}

extension Visitor {
    func withIdempotencyKey(_ key: String) -> Visitor { copy(csrfToken: csrfToken, idempotencyKey: key) }
    func withCSRFToken(_ token: String) -> Visitor { copy(csrfToken: token, idempotencyKey: idempotencyKey) }

    private func copy(csrfToken: String, idempotencyKey: String?) -> Visitor {
        Visitor(
            requestID: requestID, language: language, appearance: appearance, session: session,
            sessionExpired: sessionExpired, csrfToken: csrfToken, idempotencyKey: idempotencyKey, now: now, url: url,
            address: address, agent: agent)
    }

    /// What a browser calls itself, without what nobody types and without end.
    static func agent(_ header: String?) -> String {
        String(
            String.UnicodeScalarView(
                (header ?? "").unicodeScalars.prefix(200).filter { (0x20..<0x7F).contains($0.value) }))
    }
}
