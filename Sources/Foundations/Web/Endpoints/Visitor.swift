public import Domain

/// Somebody who has signed in, as Identity proves it.
public struct Session: Sendable {
    public let actor: Actor
    public let account: AccountID
    /// The person's name as colleagues see it.
    public let displayName: String
    /// The organisation the person works for.
    public let organisationName: LocalizedName?
    public let language: Language?
    /// What the session's CSRF tokens are bound to; not the session token itself.
    public let binding: [UInt8]

    public init(
        actor: Actor, account: AccountID, displayName: String, organisationName: LocalizedName?, language: Language?,
        binding: [UInt8]
    ) {
        self.actor = actor
        self.account = account
        self.displayName = displayName
        self.organisationName = organisationName
        self.language = language
        self.binding = binding
    }
}

/// Finds the session behind a token. Implemented by Identity.
public protocol Authenticator: Sendable {
    /// `nil` when the token is unknown, expired or revoked.
    func session(token: String, at now: Instant) async throws -> Session?
}

/// How a page looks for this person; kept in cookies and rendered by the server.
public struct Appearance: Sendable, Hashable {
    public enum Theme: String, Sendable, CaseIterable { case light, dark }
    /// `nil`: as the device wishes.
    public var theme: Theme?
    /// 长辈版: larger text and targets, fewer choices.
    public var isElder: Bool
    /// 1 to 3, the steps of the elder text size.
    public var elderSize: Int

    public init(theme: Theme? = nil, isElder: Bool = false, elderSize: Int = 1) {
        self.theme = theme
        self.isElder = isElder
        self.elderSize = elderSize
    }
}

/// Whoever sent a request, signed in or not.
public struct Visitor: Sendable {
    /// Names the request in logs and on error pages.
    public let requestID: String
    public let language: Language
    public let appearance: Appearance
    public let session: Session?
    /// True when a session cookie came that is no longer good.
    public let sessionExpired: Bool
    public let csrfToken: String
    /// Sent by clients that may send twice; at most 64 characters.
    public let idempotencyKey: String?
    public let now: Instant
    /// The path and query of the request, for coming back after signing in.
    public let url: String
    /// The address of the client, for limiting attempts.
    public let address: String
    /// What the client calls itself (`User-Agent`), for recognising one's own sessions.
    public let agent: String

    public var actor: Actor { session?.actor ?? .anonymous }
}

/// A caller whose type proves what the endpoint asked for.
public protocol Caller: Sendable {
    init(proving visitor: Visitor, holds access: AccessRule) throws(AccessDenied)
    var visitor: Visitor { get }
}

extension Visitor: Caller {
    public init(proving visitor: Visitor, holds access: AccessRule) throws(AccessDenied) {
        try visitor.prove(access)
        self = visitor
    }

    public var visitor: Visitor { self }

    func prove(_ access: AccessRule) throws(AccessDenied) {
        switch access {
        case .open: return
        case .signedIn: if session == nil { throw .notSignedIn }
        case .permission(let permission):
            guard let session else { throw .notSignedIn }
            guard session.actor.holds(permission) else { throw .lacking(permission) }
        }
    }
}

/// A person with a session; has the endpoint's permission in at least one scope. The command asks about the object.
public struct SignedIn: Caller {
    public let visitor: Visitor
    public let session: Session

    public var actor: Actor { session.actor }

    public init(proving visitor: Visitor, holds access: AccessRule) throws(AccessDenied) {
        try visitor.prove(access)
        guard let session = visitor.session else { throw .notSignedIn }
        self.visitor = visitor
        self.session = session
    }
}

/// What an endpoint asks of its caller.
public enum AccessRule: Sendable, Hashable {
    /// Anybody, for the reason given.
    case open(reason: String)
    /// Anybody with an account: for things that belong to the caller.
    case signedIn
    /// Holds this permission somewhere; the command checks the object.
    case permission(Permission)

    var needsSession: Bool {
        switch self {
        case .open: false
        case .signedIn, .permission: true
        }
    }
}

/// The caller is not who the endpoint needs.
public enum AccessDenied: Error, Sendable {
    case notSignedIn
    case lacking(Permission)
}

/// Who may call, with the type of caller that it proves. Every endpoint must have one.
public struct Access<Who: Caller>: Sendable {
    let rule: AccessRule
}

extension Access where Who == Visitor {
    /// Anybody may call; the reason stands in the API description.
    public static func open(_ reason: StaticString) -> Access { Access(rule: .open(reason: reason.description)) }
}

extension Access where Who == SignedIn {
    public static var signedIn: Access { Access(rule: .signedIn) }
    public static func holding(_ permission: Permission) -> Access { Access(rule: .permission(permission)) }
}
