import ArgumentParser
import Foundation
import Identity
import Logging
import Storage

/// A believable small street to try everything on.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Make a small demo street, if there is none yet, and serve it.")

    @Option(help: "The folder for database and keys.")
    var data = "var/demo"

    @Flag(help: "Make the street and end.")
    var noServe = false

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        var settings = try await options.settings(folder: data)
        settings.offersDemo = true
        // What is captured below must not change any more.
        let address = "http://\(settings.host):\(settings.port)/"
        let deployment = try await Deployment.open(settings, logger: makeLogger("linli", level: .warning))
        try await deployment.prepare()
        let street = DemoStreet(deployment)
        if try await street.isMissing() {
            try await street.make()
            try await deployment.relay.drain()
        }
        guard !noServe else {
            await deployment.database.close()
            return
        }
        try await deployment.serve {
            print(
                """

                Linli  \(address)

                Demo accounts (\(address)signin), password for all: \(DemoStreet.password)
                \(DemoStreet.people.map { "  \($0.login.padding(toLength: 12, withPad: " ", startingAt: 0)) \($0.role.code)" }.joined(separator: "\n"))
                """)
            // The line must be seen at once also when standard output is a file.
            fflush(nil)
        }
    }
}
