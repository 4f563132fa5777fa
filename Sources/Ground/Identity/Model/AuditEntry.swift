public import Domain
public import Storage

/// That somebody did something to something: ids and names of fields, never values.
///
/// The type keeps values out: the names of fields are literals of the source code.
public struct AuditEntry: Hashable, Sendable {
    public enum Origin: String, CaseIterable, Sendable, SQLConvertible {
        /// Somebody who had signed in.
        case person
        /// Somebody who had not.
        case visitor
        /// The command line on the machine itself.
        case console
        /// The server on its own: a timer, an import, a reaction to an event.
        case system
    }

    public let id: AuditID
    public let at: Instant
    public let origin: Origin
    public let account: AccountID?
    public let organisation: OrganisationID?
    /// `identity.session.opened`.
    public let action: String
    /// The kind of thing it was done to, such as `account`.
    public let subjectKind: String
    public let subject: UUIDValue?
    /// The fields that were read or changed.
    public let fields: [String]

    /// - Parameter action: module, thing and verb, such as `casework.case.dispatch`.
    public init(
        id: AuditID, at: Instant, origin: Origin = .person, account: AccountID?, organisation: OrganisationID?,
        action: String, subjectKind: String, subject: UUIDValue?, fields: [StaticString] = []
    ) {
        self.id = id
        self.at = at
        self.origin = origin
        self.account = account
        self.organisation = organisation
        self.action = action
        self.subjectKind = subjectKind
        self.subject = subject
        self.fields = fields.map(\.description)
    }

    init(row: Row) throws {
        self.id = try row.get("id")
        self.at = try row.get("at")
        self.origin = try row.get("origin")
        self.account = try row.get(optional: "account_id")
        self.organisation = try row.get(optional: "organisation_id")
        self.action = try row.get("action")
        self.subjectKind = try row.get("subject_kind")
        self.subject = try row.get(optional: "subject_id")
        let fields: String = try row.get("fields")
        self.fields = fields.split(separator: ",").map(String.init)
    }

    /// What a person, or a visitor who has not signed in, did.
    public init<Subject>(
        _ action: StaticString, by actor: Actor, on kind: StaticString, _ subject: ID<Subject>?,
        fields: [StaticString] = [], in world: World
    ) {
        self.init(
            id: world.id(), at: world.now(), origin: actor.account == nil ? .visitor : .person, account: actor.account,
            organisation: actor.organisation, action: action.description, subjectKind: kind.description,
            subject: subject?.uuid, fields: fields)
    }

    /// What the console or the server itself did.
    public init<Subject>(
        _ action: StaticString, from origin: Origin, on kind: StaticString, _ subject: ID<Subject>?,
        fields: [StaticString] = [], in world: World
    ) {
        self.init(
            id: world.id(), at: world.now(), origin: origin, account: nil, organisation: nil,
            action: action.description, subjectKind: kind.description, subject: subject?.uuid, fields: fields)
    }

    /// What was done on somebody's word.
    init<Subject>(
        _ action: StaticString, by mandate: Mandate, on kind: StaticString, _ subject: ID<Subject>?,
        fields: [StaticString] = [], in world: World
    ) {
        switch mandate {
        case .person(let actor): self.init(action, by: actor, on: kind, subject, fields: fields, in: world)
        case .console: self.init(action, from: .console, on: kind, subject, fields: fields, in: world)
        }
    }
}
