import Foundation
public import Module
import Web

/// Organisations, accounts, roles, sessions and the audit trail.
public enum IdentityModule {
    private static let resources = Bundle.module.bundleURL.appending(path: "Resources")

    /// The whole module.
    /// - Parameters:
    ///   - demo: accounts that the sign-in page offers; none outside demonstrations.
    ///   - publicKeys: check the signature of the audit chain's head.
    public static func module(
        _ services: IdentityServices, demo: [DemoAccount] = [], publicKeys: [UInt32: [UInt8]] = [:]
    ) -> LinliModule {
        LinliModule(
            name: ground.name, catalogues: ground.catalogues, migrations: ground.migrations,
            permissions: ground.permissions,
            endpoints: SessionPages(services: services, demo: demo).endpoints
                + SessionAPI(services: services).endpoints
                + AuditPages(services: services, publicKeys: publicKeys).endpoints
                + AccountPages(services: services).endpoints + AccountAPI(services: services).endpoints,
            navigation: AccountPages.navigation + [AuditPages.navigation], sealed: ground.sealed)
    }

    /// What needs no services: schema, texts and permissions, for `linli migrate` and the check of roles.
    public static let ground = LinliModule(
        name: "identity", catalogues: [resources.appending(path: "i18n")], migrations: IdentityMigrations.all,
        permissions: IdentityPermission.all, sealed: [AuditStore.table])
}
