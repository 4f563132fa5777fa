import ArgumentParser
import Casework
import Domain
import Foundation
import Logging
import Storage
import Web

/// Holidays of further years.
struct ImportHolidaysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "holidays", abstract: "Import holidays from CSV: date,type (holiday or workday).",
        discussion: """
            The file continues the table that holds, from the first of January of its first year on. Limits that were
            computed past the end of the earlier table are computed again by the server that runs.
            """)

    @Argument(help: "The file.")
    var file: String

    @Option(help: "The name of the new table, such as cn-2004-2027.")
    var version: String

    @Option(help: "The last day that the table covers, such as 2027-12-31.")
    var until: String

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        guard let day = LocalDay(until) else { throw ValidationError("\(until) is no day. Write YYYY-MM-DD.") }
        try await importTimes(file, options) { content, casework in
            try await ImportHolidays(version: version, coveredUntil: day, content: content).run(in: casework)
        }
    }
}

/// How long the stages of matters may take.
struct ImportLimitsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "limits", abstract: "Import limits from CSV: matter,class,stage,amount,unit.",
        discussion: """
            What the file says of a matter, class or kind replaces what was imported about it before. Limits that run
            already keep their ends.
            """)

    @Argument(help: "The file.")
    var file: String

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        try await importTimes(file, options) { content, casework in
            try await ImportLimits(content: content).run(in: casework)
        }
    }
}

/// When organisations are open.
struct ImportOfficeHoursCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "office-hours", abstract: "Import office hours from CSV: organisation,hours.",
        discussion: "Hours are written \"08:30-12:00,13:30-17:30\", in quotes. Limits that run already keep their ends."
    )

    @Argument(help: "The file.")
    var file: String

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        try await importTimes(file, options) { content, casework in
            try await ImportOfficeHours(content: content).run(in: casework)
        }
    }
}

/// Reads a file, imports it, and says what became of it.
private func importTimes(
    _ file: String, _ options: SettingsOptions, _ work: (String, Casework) async throws -> TimeImport
) async throws {
    let deployment = try await Deployment.open(
        try await options.settings(), logger: makeLogger("linli", level: .warning))
    try await deployment.prepare()
    guard let content = try? String(contentsOf: URL(filePath: file), encoding: .utf8) else {
        throw ValidationError("\(file) cannot be read as UTF-8.")
    }
    let texts = deployment.site.catalogue
    let outcome: TimeImport
    do {
        outcome = try await work(content, deployment.casework)
    } catch let violation as RuleViolation {
        throw ValidationError(texts.text(violation, in: .english))
    }
    await deployment.database.close()
    print("\(outcome.taken) taken, \(outcome.errors.count) errors")
    for error in outcome.errors.sorted(by: { $0.line < $1.line }) {
        print("line \(error.line)\(error.column.map { ", \($0)" } ?? ""): \(texts.text(error.violation, in: .english))")
    }
    if !outcome.errors.isEmpty { throw ExitCode(2) }
}
