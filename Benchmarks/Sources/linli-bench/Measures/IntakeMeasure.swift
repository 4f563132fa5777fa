import Domain
import Foundation
import Storage

/// Reports coming in at full load: how many a second, how quickly, how far search falls behind, and whether everything
/// that was acknowledged is there after the process was killed.
struct IntakeMeasure {
    let workshop: Workshop
    let generator: LoadGenerator
    let engine: Engine
    let connections: Int
    let seconds: Int

    private static let sessions = 8
    private static let drainLimit = Duration.seconds(180)

    func run(into results: Results) async throws {
        let (place, _) = try await workshop.place("intake", engine)
        let database = try place.open()
        let area = try await database.read { tx in
            try tx.first("SELECT id FROM area WHERE level = 'grid' ORDER BY code LIMIT 1")?.get("id", as: AreaID.self)
        }
        guard let area else { throw BenchError("the demo street has no grid") }
        let port = engine == .sqlite ? 18_081 : 18_082
        var server = try await LinliServer(workshop.linli, place, port: port)
        let tokens = try (0..<Self.sessions).map { _ in try SignedIn.token("seat", port: port) }
        let files = try IntakeFiles(folder: workshop.folder, area: area.description, tokens: tokens)
        // A second of load that does not count: connections are made, statements prepared.
        _ = try await load(server, files, seconds: 1, run: "warm")

        let before = try await rows(database)
        let probe = LagProbe(database)
        let watching = Task { try await probe.watch() }
        let sampler = Sampler(port: port, token: tokens[0], area: area.description, run: "a")
        let processorBefore = try server.processorTime()
        let measured = try await load(server, files, seconds: seconds, run: "full")
        let processor = try server.processorTime() - processorBefore
        let longestLag = probe.stop()
        let memory = try server.memory()
        let lagAtEnd = try await probe.lag()
        let drained = try await probe.drained(within: Self.drainLimit)
        try await watching.value
        let sampled = sampler.stop()
        try await Task.sleep(for: .milliseconds(200))
        let kept = try await rows(database) - before

        var table = Table(
            "Intake, \(engine.name), \(connections) connections, \(decimals(measured.seconds, 0)) s",
            ["what", "value"])
        table.add("requests/s", grouped(Int(measured.perSecond)))
        table.add(
            "p50 / p90 / p99 / longest ms",
            [measured.p50, measured.p90, measured.p99, measured.max].map { milliseconds($0) }.joined(separator: " / "))
        table.add("not 2xx, broken, sample refused", "\(measured.status), \(measured.broken), \(sampled.refused)")
        table.add(
            "acknowledged (load + sample), rows found",
            "\(grouped(measured.acknowledged)) + \(grouped(sampled.codes.count)), \(grouped(kept))")
        table.add(
            "oldest event waiting: longest, at the end",
            "\(decimals(Double(longestLag) / 1000, 1)) s, \(decimals(Double(lagAtEnd) / 1000, 1)) s")
        table.add(
            "relay done after the load",
            drained.map { "\(decimals($0, 1)) s" } ?? "not within \(Self.drainLimit.seconds) s")
        table.add(
            "server: processor time, memory now / peak MB",
            "\(decimals(processor / measured.seconds * 100, 0)) %, \(megabytes(memory.now)) / \(megabytes(memory.peak))"
        )

        let killed = try await kill(&server, files, tokens[0], area, place, database)
        table.add(
            "killed at full load: acknowledged, rows found", "\(grouped(killed.acknowledged)), \(grouped(killed.rows))")
        table.add("sampled codes found after reopening", "\(killed.found) of \(killed.sampled)")
        server.stop()
        await database.close()
        try results.add(table)
        guard killed.rows >= killed.acknowledged, killed.found == killed.sampled else {
            throw BenchError("an acknowledged report is missing")
        }
    }

    private struct Killed {
        let acknowledged: Int
        let rows: Int
        let sampled: Int
        let found: Int
    }

    /// Kills the server while the load runs, starts it again and looks.
    private func kill(
        _ server: inout LinliServer, _ files: IntakeFiles, _ token: String, _ area: AreaID, _ place: Place,
        _ database: any Database
    ) async throws -> Killed {
        let port = server.port
        let before = try await rows(database)
        let sampler = Sampler(port: port, token: token, area: area.description, run: "b")
        async let loading = load(port, files, seconds: 5, run: "kill")
        try await Task.sleep(for: .milliseconds(4500))
        server.kill()
        let load = try await loading
        let sampled = sampler.stop().codes
        server = try await LinliServer(workshop.linli, place, port: port)
        let client = try HTTPClient(port: port)
        let found = try sampled.count { code in try client.send("GET", "/api/v1/stories/\(code)").status == 200 }
        return Killed(
            acknowledged: load.acknowledged + sampled.count, rows: try await rows(database) - before,
            sampled: sampled.count, found: found)
    }

    private func load(_ server: LinliServer, _ files: IntakeFiles, seconds: Int, run: String) async throws -> Load {
        try await load(server.port, files, seconds: seconds, run: run)
    }

    private func load(_ port: Int, _ files: IntakeFiles, seconds: Int, run: String) async throws -> Load {
        try await generator.intake(
            port: port, connections: connections, seconds: seconds, bodies: files.bodies, tokens: files.tokens,
            run: "\(run)-\(UInt32.random(in: 0...UInt32.max))")
    }

    private func rows(_ database: any Database) async throws -> Int {
        try await database.read { tx in try tx.first("SELECT count(*) AS rows FROM report")?.get("rows") ?? 0 }
    }
}
