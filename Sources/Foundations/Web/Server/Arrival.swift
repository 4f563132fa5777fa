import HTTPTypes
import Hummingbird

/// The parts of a request's headers that say who sent it and from where.
struct Arrival: Sendable {
    let cookies: [String: String]
    let token: String?
    let tokenCameByCookie: Bool
    let idempotencyKey: String?
    /// `If-None-Match`: the versions that the client has.
    let knownTags: String?
    /// The page of this server that a form or link stood on, as the browser says.
    let referer: URLPath?
    /// What the browser says about where the request was made; `nil` when it says nothing.
    let origin: Origin?

    enum Origin: Sendable, Hashable {
        /// A page of this server.
        case own
        case foreign
        /// Another server of the same domain, or the person (an address typed, a bookmark).
        case other
    }

    init(_ request: Request) {
        let headers = request.headers
        cookies = Cookie.parse(headers[values: .cookie])
        let bearer = headers[.authorization].flatMap { value -> String? in
            value.prefix(7).lowercased() == "bearer " ? String(value.dropFirst(7)) : nil
        }
        // Longer ones cannot be ours; nobody needs to hash and look them up.
        let token = bearer ?? cookies[Cookie.session]
        self.token = token.flatMap { $0.isEmpty || $0.utf8.count > 256 ? nil : $0 }
        tokenCameByCookie = bearer == nil && token != nil
        idempotencyKey = headers[HeaderNames.idempotencyKey]
        knownTags = headers[.ifNoneMatch]
        let authority = request.head.authority ?? ""
        referer = headers[.referer].flatMap { Arrival.path(of: $0, on: authority) }
        origin = Arrival.origin(headers, authority, referer)
    }

    /// Fetch metadata where there is some, `Origin` or `Referer` from older browsers.
    private static func origin(_ headers: HTTPFields, _ authority: String, _ referer: URLPath?) -> Origin? {
        switch headers[HeaderNames.fetchSite] {
        case "same-origin": return .own
        case "cross-site": return .foreign
        case .some: return .other
        case nil: break
        }
        if let origin = headers[.origin] { return path(of: origin + "/", on: authority) == nil ? .foreign : .own }
        if headers[.referer] != nil { return referer == nil ? .foreign : .own }
        return nil
    }

    /// The path and query of an absolute address on this server.
    private static func path(of address: String, on authority: String) -> URLPath? {
        guard !authority.isEmpty else { return nil }
        for scheme in ["https://", "http://"] where address.hasPrefix(scheme + authority + "/") {
            return URLPath(sameSite: String(address.dropFirst(scheme.count + authority.count)))
        }
        return nil
    }
}

/// Names of headers that HTTPTypes does not know.
enum HeaderNames {
    static let idempotencyKey = named("Idempotency-Key")
    static let fetchSite = named("Sec-Fetch-Site")
    static let csrfToken = named("X-CSRF-Token")
    static let serverTiming = named("Server-Timing")

    private static func named(_ name: String) -> HTTPField.Name {
        guard let field = HTTPField.Name(name) else { preconditionFailure("not the name of a header: \(name)") }
        return field
    }
}
