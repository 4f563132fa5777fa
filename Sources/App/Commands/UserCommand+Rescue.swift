import ArgumentParser
import Domain
import Identity
import Logging
import Storage
import Web

/// Opens an account that too many failures have closed.
struct ReleaseUserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Open an account that was closed after too many failures.")

    @Argument(help: "The name to sign in with.")
    var login: String

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        try await rescue(login, options) { account, identity in
            try await ReleaseAccount(account: account).run(by: .console, identity)
        }
        print("\(login) may sign in again.")
    }
}

/// Takes a second factor away that was lost.
struct ResetSecondFactorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset-second-factor", abstract: "Take away a second factor that was lost; all sessions end.")

    @Argument(help: "The name to sign in with.")
    var login: String

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        try await rescue(login, options) { account, identity in
            try await ResetSecondFactor(account: account).run(by: .console, identity)
        }
        print("\(login) signs in with the password alone until a new one is set up.")
    }
}

/// Ends all sessions of somebody.
struct RevokeSessionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke-sessions", abstract: "End all sessions of somebody.")

    @Argument(help: "The name to sign in with.")
    var login: String

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        try await rescue(login, options) { account, identity in
            try await RevokeSessions(account: account).run(by: .console, identity)
        }
        print("\(login) is signed in nowhere any more.")
    }
}

/// Does something to an account on the console's word.
private func rescue(
    _ login: String, _ options: SettingsOptions,
    _ act: (AccountID, IdentityServices) async throws -> Void
) async throws {
    let deployment = try await Deployment.open(
        try await options.settings(), logger: makeLogger("linli", level: .warning))
    try await deployment.prepare()
    let account = try await deployment.database.read { tx in
        try Login(login).flatMap { try AccountStore.account(login: $0, in: tx) }
    }
    guard let account else { throw ValidationError("There is no account with the login \(login).") }
    do {
        try await act(account.id, deployment.identity)
    } catch let violation as RuleViolation {
        throw ValidationError(deployment.site.catalogue.text(violation, in: .english))
    }
    await deployment.database.close()
}
