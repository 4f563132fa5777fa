import Areas
import Casework
import Files
import Identity
import Module

/// The list of modules: this is the system.
enum Modules {
    static func all(
        identity: IdentityServices, files: Files, casework: Casework, demo: [DemoAccount],
        publicKeys: [UInt32: [UInt8]]
    ) -> [LinliModule] {
        [
            AreasModule.module(identity.areas),
            IdentityModule.module(identity, demo: demo, publicKeys: publicKeys),
            FilesModule.module(files, guards: casework.fileGuards),
            CaseworkModule.module(casework),
        ]
    }
}
