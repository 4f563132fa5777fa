/// What `AccountID`, `OrganisationID` and `AreaID` identify; the values themselves live in Identity and Areas.
public enum AccountTag {}
public enum OrganisationTag {}
public enum AreaTag {}

public typealias AccountID = ID<AccountTag>
public typealias OrganisationID = ID<OrganisationTag>
public typealias AreaID = ID<AreaTag>

/// Something that a person may be allowed to do, such as `casework.case.dispatch`.
/// Code asks for permissions, never for names of roles.
public struct Permission: Hashable, Sendable, Codable, CustomStringConvertible {
    public let name: String

    public init(_ name: String) {
        self.name = name
    }

    public var description: String { name }
}

/// The part of the world that a right covers or that an object belongs to.
///
/// An object carries all scopes it belongs to (its area with all areas above it, and each organisation involved);
/// a person holds a permission in some scopes; the permission covers the object when the two sets meet.
/// Lists read the rows of exactly one scope, so that *what a list shows* and *what `require` allows* are one rule.
public struct Scope: Hashable, Sendable, Comparable {
    public enum Kind: Int, Hashable, Sendable, Codable {
        case area = 1
        case organisation = 2
    }

    public let kind: Kind
    /// The area's or the organisation's identifier; unique over both kinds.
    public let id: UUIDValue

    public static func area(_ id: AreaID) -> Scope { Scope(kind: .area, id: id.uuid) }
    public static func organisation(_ id: OrganisationID) -> Scope { Scope(kind: .organisation, id: id.uuid) }

    public init(kind: Kind, id: UUIDValue) {
        self.kind = kind
        self.id = id
    }

    public static func < (left: Scope, right: Scope) -> Bool {
        (left.kind.rawValue, left.id) < (right.kind.rawValue, right.id)
    }
}

/// Who acts, on behalf of which organisation, with which rights.
public struct Actor: Sendable {
    /// `nil` for a resident who has not signed in.
    public let account: AccountID?
    /// The organisation the account works for; `nil` for residents.
    public let organisation: OrganisationID?
    /// Where each permission holds.
    public let grants: [Permission: Set<Scope>]

    public init(account: AccountID?, organisation: OrganisationID?, grants: [Permission: Set<Scope>]) {
        self.account = account
        self.organisation = organisation
        self.grants = grants
    }

    /// Somebody who has not signed in.
    public static let anonymous = Actor(account: nil, organisation: nil, grants: [:])

    /// The scopes in which the permission holds; empty when it holds nowhere.
    public func scopes(for permission: Permission) -> Set<Scope> {
        grants[permission] ?? []
    }

    public func holds(_ permission: Permission) -> Bool {
        !scopes(for: permission).isEmpty
    }

    public func may(_ permission: Permission, on object: some ScopedObject) -> Bool {
        !scopes(for: permission).isDisjoint(with: object.scopes)
    }

    /// Throws unless the permission covers the object.
    public func require(_ permission: Permission, on object: some ScopedObject) throws(RuleViolation) {
        guard may(permission, on: object) else { throw .forbidden(permission) }
    }

    /// Throws unless the permission holds in exactly this scope: the question that a list asks.
    public func require(_ permission: Permission, in scope: Scope) throws(RuleViolation) {
        guard scopes(for: permission).contains(scope) else { throw .forbidden(permission) }
    }
}

/// Something that belongs to areas and organisations.
public protocol ScopedObject {
    /// Its area, every area above it, and every organisation involved.
    var scopes: Set<Scope> { get }
}

extension Set: ScopedObject where Element == Scope {
    public var scopes: Set<Scope> { self }
}
