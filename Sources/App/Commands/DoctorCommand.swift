import Areas
import ArgumentParser
import Domain
import Logging
import Module
import Storage

/// Says whether the rows of a database are as they must be. Reads only.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check what must always be true of a database; change nothing.",
        discussion: """
            May run while the server does. Prints one line for each inspection and one for each finding, and ends with status 1
            if there is any. A million reports take some minutes.
            """)

    @OptionGroup var options: SettingsOptions

    @Flag(help: "Print findings only.")
    var quiet = false

    func run() async throws {
        let settings = try await options.settings()
        guard settings.databaseIsThere else { throw ValidationError("There is no database \(settings.database).") }
        let deployment = try await Deployment.open(settings, logger: makeLogger("linli", level: .warning))
        let findings: Int
        do {
            findings = try await Doctor(deployment).run { line, isFinding in
                if isFinding || !quiet { print(line) }
            }
        } catch {
            await deployment.database.close()
            throw error
        }
        await deployment.database.close()
        if !quiet { print(findings == 0 ? "Nothing is wrong." : "\(findings) findings.") }
        if findings > 0 { throw ExitCode(1) }
    }
}

/// Runs the inspections of all modules.
struct Doctor: Sendable {
    let deployment: Deployment

    init(_ deployment: Deployment) {
        self.deployment = deployment
    }

    var inspections: [Inspection] { [events] + deployment.modules.flatMap(\.inspections) }

    /// - Parameter say: takes each line, and whether it is a finding.
    /// - Returns: how many findings there are.
    func run(_ say: (String, _ isFinding: Bool) -> Void) async throws -> Int {
        try await deployment.areas.refresh(from: deployment.database)
        var count = 0
        for inspection in inspections {
            let start = ContinuousClock.now
            let outcome = try await inspection.run(on: deployment.database, at: deployment.world.now())
            let seconds = (ContinuousClock.now - start).components.seconds
            let verdict = outcome.findings.isEmpty ? "nothing wrong" : "\(outcome.findings.count) wrong"
            say("\(inspection.name): \(verdict) among \(outcome.seen) (\(seconds) s). \(inspection.rule)", false)
            for finding in outcome.findings { say("\(inspection.name): \(finding)", true) }
            count += outcome.findings.count
        }
        return count
    }

    /// Events that wait are no finding while nobody relays them; one that has been tried and failed is.
    private var events: Inspection {
        Inspection("storage.events", "No event is held up by an error.") { [relay = deployment.relay] _, _ in
            let status = try await relay.status()
            return Inspection.Outcome(
                seen: status.waiting,
                findings: status.stopped.map {
                    "\($0.topic) of \($0.subject) has failed \($0.attempts) times: \($0.lastError)"
                })
        }
    }
}
