import ArgumentParser
import Logging

/// `linli`: everything that runs a deployment.
struct LinliCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "linli", abstract: "An open platform for running a street and its communities.",
        subcommands: [
            ServeCommand.self, DemoCommand.self, MigrateCommand.self, ImportCommand.self, UserCommand.self,
            AuditCommand.self, DoctorCommand.self,
        ])
}

/// What the executable calls.
public enum Linli {
    /// Reads the command line and runs it.
    public static func run() async {
        await LinliCommand.main()
    }
}

/// Logs go to standard error, so that what a command prints can be piped.
func makeLogger(_ label: String, level: Logger.Level = .info) -> Logger {
    var logger = Logger(label: label) { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = level
    return logger
}
