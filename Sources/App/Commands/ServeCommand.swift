import ArgumentParser
import Logging
import Storage

/// Serves pages and the JSON interface until it is told to end.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve pages and the JSON interface.",
        discussion: "Brings the schema up to date first. Several nodes may serve one PostgreSQL database.")

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let settings = try await options.settings()
        let deployment = try await Deployment.open(settings, logger: makeLogger("linli"))
        try await deployment.prepare()
        try await deployment.serve { print("http://\(settings.host):\(settings.port)/") }
    }
}

/// Brings the schema up to date, and makes the key file of a new deployment.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Bring the database schema up to date.")

    @OptionGroup var options: SettingsOptions

    @Flag(help: "Make the key file if it is missing. For the first start beside an empty database only.")
    var makeKeys = false

    func run() async throws {
        var settings = try await options.settings()
        settings.makesKeys = makeKeys
        let deployment = try await Deployment.open(settings, logger: makeLogger("linli", level: .warning))
        try await deployment.prepare()
        await deployment.database.close()
        print("The schema is up to date.")
    }
}
