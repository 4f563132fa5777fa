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
    public let lockout: LockoutPolicy
    public let secrets: SecretSealing
    public let secondFactor: SecondFactorPolicy

    public init(
        database: any Database, world: World, areas: AreaDirectory, roles: RoleBook, passwords: PasswordHasher,
        throttle: SignInThrottle = SignInThrottle(), policy: SessionPolicy = SessionPolicy(),
        lockout: LockoutPolicy = LockoutPolicy(), secrets: SecretSealing = .missing,
        secondFactor: SecondFactorPolicy = .optional
    ) {
        self.database = database
        self.world = world
        self.areas = areas
        self.roles = roles
        self.passwords = passwords
        self.throttle = throttle
        self.policy = policy
        self.lockout = lockout
        self.secrets = secrets
        self.secondFactor = secondFactor
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
    /// Seeing which accounts were closed after too many failures, and opening them before their time.
    public static let manageLockouts = Permission("identity.lockout.manage")
    /// Reading the audit trail.
    public static let readAudit = Permission("identity.audit.read")

    public static let all = [manageOrganisations, manageAccounts, manageAssignments, manageLockouts, readAudit]
}
