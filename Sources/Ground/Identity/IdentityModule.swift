import Foundation
public import Module
import Web

/// Organisations, accounts, roles, sessions and the audit trail.
public enum IdentityModule {
    private static let resources = Bundle.module.bundleURL.appending(path: "Resources")

    /// What needs no services: schema, texts and permissions, for `linli migrate` and the check of roles.
    public static let ground = LinliModule(
        name: "identity", catalogues: [resources.appending(path: "i18n")], migrations: IdentityMigrations.all,
        permissions: IdentityPermission.all)
}
