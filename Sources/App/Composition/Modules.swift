import Areas
import Casework
import Files
import Identity
import Module

/// The list of modules: this is the system.
enum Modules {
    static func all(identity: IdentityServices, files: Files, casework: Casework, demo: [DemoAccount]) -> [LinliModule]
    {
        [
            AreasModule.module(identity.areas),
            IdentityModule.module(identity, demo: demo),
            FilesModule.module(files, guards: casework.fileGuards),
            CaseworkModule.module(casework),
        ]
    }
}
