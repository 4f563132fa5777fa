import Foundation
public import Module

/// The area tree.
public enum AreasModule {
    static let resources = Bundle.module.bundleURL.appending(path: "Resources")

    public static let module = LinliModule(
        name: "areas", catalogues: [resources.appending(path: "i18n")], migrations: AreasMigrations.all)
}
