public import Areas
public import Domain
public import Files
public import Storage
public import Vault

/// What the commands of casework work with.
public struct Casework: Sendable {
    let database: any Database
    public let world: World
    public let catalogues: Catalogues
    let keys: KeyRing
    let areas: AreaDirectory
    let files: Files
    /// Which photos a matter asks for.
    let evidence: EvidenceNeeds
    let knownTables = KnownTables()
    let voice: VoicePolicy

    public init(
        database: any Database, world: World, catalogues: Catalogues, keys: KeyRing, areas: AreaDirectory,
        files: Files, evidence: EvidenceNeeds, voice: VoicePolicy = VoicePolicy()
    ) {
        self.database = database
        self.world = world
        self.catalogues = catalogues
        self.keys = keys
        self.areas = areas
        self.files = files
        self.evidence = evidence
        self.voice = voice
    }

    /// The area's scope and those of all areas above it.
    /// - Throws: `area.unknown` for the field `area`.
    func scopes(of area: AreaID) throws(RuleViolation) -> Set<Scope> {
        try areas.tree.requireScopes(of: area)
    }
}

/// Who may see what there is: people without the right to read something are told that there is no such thing.
enum Authority {
    static func require(
        _ permission: Permission, reading: Permission, by actor: Actor, on scopes: Set<Scope>, missing: RuleViolation
    ) throws(RuleViolation) {
        guard actor.may(reading, on: scopes) || actor.may(permission, on: scopes) else { throw missing }
        try actor.require(permission, on: scopes)
    }

    static let noReport = RuleViolation(.notFound, "report.unknown")
    static let noCase = RuleViolation(.notFound, "case.unknown")
    static let noTask = RuleViolation(.notFound, "task.unknown")
}
