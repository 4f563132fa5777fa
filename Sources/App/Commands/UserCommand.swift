import ArgumentParser
import Domain
import Foundation
import Identity
import Logging
import Storage
import Web

/// People who sign in.
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Accounts of staff.",
        subcommands: [
            CreateUserCommand.self, ReleaseUserCommand.self, ResetSecondFactorCommand.self, RevokeSessionsCommand.self,
        ])
}

/// Makes an account and gives it a role. The password is read from standard input, so that it stands in no history.
struct CreateUserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make an account; the password comes by standard input.")

    @Argument(help: "The name to sign in with.")
    var login: String

    @Option(help: "The person's name.")
    var name: String

    @Option(help: "The code of a role: \(Roles.all.map(\.code).joined(separator: ", ")).")
    var role: String

    @Option(help: "The code of the organisation.")
    var organisation: String

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let deployment = try await Deployment.open(
            try await options.settings(), logger: makeLogger("linli", level: .warning))
        try await deployment.prepare()
        guard let password = readLine(strippingNewline: true) else {
            throw ValidationError("Give the password by standard input.")
        }
        let code = organisation
        guard
            let place = try await deployment.database.read({ tx in
                try OrganisationStore.organisation(code: code, in: tx)
            })
        else { throw ValidationError("There is no organisation with the code \(organisation).") }
        do {
            let account = try await CreateAccount(login: login, name: name, password: password)
                .run(by: .console, deployment.identity)
            _ = try await Assign(account: account.id, role: role, organisation: place.id, area: place.area)
                .run(by: .console, deployment.identity)
        } catch let violation as RuleViolation {
            throw ValidationError(deployment.site.catalogue.text(violation, in: .english))
        }
        await deployment.database.close()
        print("\(login) may sign in as \(role) of \(organisation).")
    }
}
