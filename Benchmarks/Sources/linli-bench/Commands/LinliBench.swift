import ArgumentParser
import Foundation

/// Measures Linli: `Benchmarks/run` builds both and starts this.
@main
struct LinliBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "linli-bench", abstract: "Measure Linli on this machine.",
        subcommands: [RunCommand.self, BareServerCommand.self], defaultSubcommand: RunCommand.self)
}

/// What can be measured.
enum Measure: String, CaseIterable, ExpressibleByArgument {
    case bare, intake, lists, micro
}

extension Engine: ExpressibleByArgument {}

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Measure one thing after the other and print a table for each.")

    @Option(help: "The program linli.")
    var linli: String

    @Option(help: "The folder of the scripts for wrk.")
    var scripts: String

    @Option(help: "A folder for databases; filled streets are kept in it for the next run.")
    var data: String

    @Option(help: "Where the tables are kept.")
    var results: String

    @Option(help: "libpq's conninfo of a database in which others may be made.")
    var postgres: String?

    @Option(
        parsing: .upToNextOption, help: "What to measure: \(Measure.allCases.map(\.rawValue).joined(separator: ", ")).")
    var measure: [Measure] = Measure.allCases

    @Option(parsing: .upToNextOption, help: "On what: sqlite, postgres.")
    var engine: [Engine] = Engine.allCases

    @Option(help: "Connections of the intake.")
    var connections = 64

    @Option(help: "Seconds of the intake.")
    var seconds = 60

    @Option(help: "Cases of the filled street.")
    var cases = 1_000_000

    @Option(help: "Requests per list and number of connections, at least.")
    var requests = 2000

    func run() async throws {
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        let workshop = Workshop(folder: data, postgres: postgres, linli: linli)
        let generator = LoadGenerator(scripts: scripts)
        let results = try Results(folder: results)
        let engines = postgres == nil ? engine.filter { $0 == .sqlite } : engine
        try results.add(try Machine.table(folder: data))
        if measure.contains(.bare) {
            try await BareMeasure(generator: generator, folder: data)
                .run(connections: connections, seconds: min(seconds, 15), into: results)
        }
        if measure.contains(.intake) {
            for engine in engines {
                try await IntakeMeasure(
                    workshop: workshop, generator: generator, engine: engine, connections: connections, seconds: seconds
                ).run(into: results)
            }
        }
        if measure.contains(.lists) {
            for engine in engines {
                try await ListMeasure(
                    workshop: workshop, generator: generator, engine: engine, cases: cases, requests: requests
                )
                .run(into: results)
            }
        }
        if measure.contains(.micro) {
            let micro = MicroMeasure(workshop: workshop, cases: cases)
            try micro.table(into: results)
            try await micro.signing(engines, into: results)
        }
    }
}
