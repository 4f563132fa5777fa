import Foundation
public import Module
import Web

/// The area tree.
public enum AreasModule {
    static let resources = Bundle.module.bundleURL.appending(path: "Resources")

    /// Schema and texts, which need no tree.
    public static let module = LinliModule(
        name: "areas", catalogues: [resources.appending(path: "i18n")], migrations: AreasMigrations.all)

    /// The whole module, with the endpoints that read the tree.
    public static func module(_ areas: AreaDirectory) -> LinliModule {
        LinliModule(
            name: module.name, catalogues: module.catalogues, migrations: module.migrations,
            endpoints: AreasAPI(areas: areas).endpoints)
    }
}
