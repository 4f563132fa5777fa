import Foundation
public import Module
import Web

/// Organisations, accounts, roles, sessions and the audit trail.
public enum IdentityModule {
    private static let resources = Bundle.module.bundleURL.appending(path: "Resources")

    /// The whole module.
    /// - Parameter demo: accounts that the sign-in page offers; none outside demonstrations.
    public static func module(_ services: IdentityServices, demo: [DemoAccount] = []) -> LinliModule {
        LinliModule(
            name: ground.name, catalogues: ground.catalogues, migrations: ground.migrations,
            permissions: ground.permissions,
            endpoints: SessionPages(services: services, demo: demo).endpoints + SessionAPI(services: services).endpoints
        )
    }

    /// What needs no services: schema, texts and permissions, for `linli migrate` and the check of roles.
    public static let ground = LinliModule(
        name: "identity", catalogues: [resources.appending(path: "i18n")], migrations: IdentityMigrations.all,
        permissions: IdentityPermission.all)
}
