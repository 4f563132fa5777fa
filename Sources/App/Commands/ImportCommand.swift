import Areas
import ArgumentParser
import Casework
import Domain
import Foundation
import Logging
import Storage
import Web

/// Brings data of other systems in.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring data of other systems in.",
        subcommands: [
            ImportReportsCommand.self, ImportAreasCommand.self, ImportHolidaysCommand.self, ImportLimitsCommand.self,
            ImportOfficeHoursCommand.self,
        ])
}

/// Reports as JSON lines.
struct ImportReportsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reports", abstract: "Import reports from JSON lines: id, title, text, time, label.",
        discussion: """
            A record is known by the source and its id: a second run adds nothing. A known id with other words or another
            label is reported as a conflict and changes nothing. Broken lines are reported, the others go in.
            """)

    @Argument(help: "The file.")
    var file: String

    @Option(help: "The system that the file comes from.")
    var source = "file"

    @Option(help: "The code of the area that the reports belong to. Needed when there is more than one street.")
    var area: String?

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let deployment = try await Deployment.open(
            try await options.settings(), logger: makeLogger("linli", level: .warning))
        try await deployment.prepare()
        let texts = deployment.site.catalogue
        let content: [UInt8]
        do {
            content = Array(try Data(contentsOf: URL(filePath: file)))
        } catch {
            throw ValidationError("\(file) cannot be read.")
        }
        let outcome: ImportReports.Outcome
        do {
            outcome = try await ImportReports(source: source, area: try place(deployment).id)
                .run(content, in: deployment.casework)
        } catch let violation as RuleViolation {
            throw ValidationError(texts.text(violation, in: .english))
        }
        // Searchable when the command returns, also while no server runs.
        try await deployment.relay.drain()
        await deployment.database.close()
        print(
            "\(outcome.added) added, \(outcome.unchanged) unchanged, \(outcome.conflicts.count) conflicts, \(outcome.errors.count) errors"
        )
        for (kind, findings) in [("conflict", outcome.conflicts), ("error", outcome.errors)] {
            for finding in findings {
                print(
                    "line \(finding.line)\(finding.id.map { ", id \($0)" } ?? ""): \(kind): \(texts.text(finding.violation, in: .english))"
                )
            }
        }
        if !outcome.errors.isEmpty { throw ExitCode(2) }
    }

    private func place(_ deployment: Deployment) throws -> Area {
        let tree = deployment.areas.tree
        if let area {
            guard let code = AreaCode(area), let found = tree.area(code: code) else {
                throw ValidationError("There is no area with the code \(area).")
            }
            return found
        }
        let streets = tree.roots.flatMap { tree.children(of: $0.id) }.filter { $0.level == .street }
        guard let street = streets.first, streets.count == 1 else {
            throw ValidationError(
                streets.isEmpty
                    ? "There is no street yet. Import areas first: linli import areas FILE.csv"
                    : "There are \(streets.count) streets. Say which one with --area CODE.")
        }
        return street
    }
}

/// The area tree as CSV.
struct ImportAreasCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "areas", abstract: "Import the area tree from CSV: level,code,parent_code,name_zh,name_en,letters."
    )

    @Argument(help: "The file.")
    var file: String

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let deployment = try await Deployment.open(
            try await options.settings(), logger: makeLogger("linli", level: .warning))
        try await deployment.prepare()
        guard let content = try? String(contentsOf: URL(filePath: file), encoding: .utf8) else {
            throw ValidationError("\(file) cannot be read as UTF-8.")
        }
        let outcome = try await ImportAreas(content: content).run(on: deployment.database, world: deployment.world)
        await deployment.database.close()
        print(
            "\(outcome.added) added, \(outcome.corrected) corrected, \(outcome.unchanged) unchanged, \(outcome.errors.count) errors"
        )
        for error in outcome.errors {
            print(
                "line \(error.line)\(error.column.map { ", \($0)" } ?? ""): \(deployment.site.catalogue.text(error.violation, in: .english))"
            )
        }
        if !outcome.errors.isEmpty { throw ExitCode(2) }
    }
}
