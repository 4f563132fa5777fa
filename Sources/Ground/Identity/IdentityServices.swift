public import Areas
public import Domain
public import Storage

/// What the commands of this module work with.
public struct IdentityServices: Sendable {
    public let database: any Database
    public let world: World
    public let areas: AreaDirectory
    public let roles: RoleBook
    public let passwords: PasswordHasher
    public let throttle: SignInThrottle
    public let policy: SessionPolicy

    public init(
        database: any Database, world: World, areas: AreaDirectory, roles: RoleBook, passwords: PasswordHasher,
        throttle: SignInThrottle = SignInThrottle(), policy: SessionPolicy = SessionPolicy()
    ) {
        self.database = database
        self.world = world
        self.areas = areas
        self.roles = roles
        self.passwords = passwords
        self.throttle = throttle
        self.policy = policy
    }
}

/// The permissions that this module asks for.
public enum IdentityPermission {
    /// Making and ending organisations.
    public static let manageOrganisations = Permission("identity.organisation.manage")
    /// Making and suspending accounts, setting passwords.
    public static let manageAccounts = Permission("identity.account.manage")
    /// Giving and ending roles within an area.
    public static let manageAssignments = Permission("identity.assignment.manage")
    /// Reading the audit trail.
    public static let readAudit = Permission("identity.audit.read")

    public static let all = [manageOrganisations, manageAccounts, manageAssignments, readAudit]
}
