import Areas
import Casework
import Identity
import Module

/// The list of modules: this is the system.
enum Modules {
    static func all(identity: IdentityServices, casework: Casework, demo: [DemoAccount]) -> [LinliModule] {
        [
            AreasModule.module(identity.areas),
            IdentityModule.module(identity, demo: demo),
            CaseworkModule.module(casework),
        ]
    }
}
