import Foundation
import Storage

/// The lists of a street with many cases: how quickly, with how many statements and how much memory.
struct ListMeasure {
    let workshop: Workshop
    let generator: LoadGenerator
    let engine: Engine
    let cases: Int
    /// Requests per list and number of connections, at least.
    let requests: Int

    private struct List {
        let who: String
        let login: String
        let path: String
    }

    private static let lists = [
        List(who: "district reader", login: "district", path: "/api/v1/cases?limit=100"),
        List(who: "district reader", login: "district", path: "/work/console?queue=work"),
        List(who: "street dispatcher", login: "dispatcher", path: "/api/v1/cases?limit=100"),
        List(who: "street dispatcher", login: "dispatcher", path: "/work/console?queue=dispatch"),
        List(who: "department handler", login: "lamps", path: "/api/v1/cases?limit=100"),
        List(who: "department handler", login: "lamps", path: "/work/desk"),
    ]

    func run(into results: Results) async throws {
        let (place, isNew) = try await workshop.place("street-\(cases)", engine, keep: true)
        var facts = Table("A street with \(grouped(cases)) cases, \(engine.name)", ["what", "value"])
        if isNew {
            let filled = try await StreetFiller(place: place, cases: cases, seed: 42).run()
            try workshop.keep("street-\(cases)", engine)
            facts.add("filled in", "\(decimals(filled.seconds, 0)) s, \(grouped(filled.rows)) rows")
        }
        facts.add("database on disk", "\(megabytes(try await place.size())) MB")
        let port = engine == .sqlite ? 18_083 : 18_084
        let server = try await LinliServer(workshop.linli, place, port: port)
        facts.add("server started in", "\(decimals(server.startTime.seconds * 1000, 0)) ms")
        facts.add("memory after start", "\(megabytes(try server.memory().now)) MB")
        var table = Table(
            "Lists of 100, \(engine.name), \(grouped(cases)) cases",
            ["who", "list", "statements", "KB", "connections", "requests", "p50 ms", "p99 ms", "longest ms", "errors"])
        for list in Self.lists {
            let token = try SignedIn.token(list.login, port: port)
            let first = try HTTPClient(port: port).send("GET", list.path, headers: ["Authorization": "Bearer \(token)"])
            guard first.status == 200 else { throw BenchError("\(list.path) answers \(first.status) to \(list.login)") }
            let statements = first.headers["server-timing"]?.filter(\.isNumber) ?? "?"
            for connections in [1, 4] {
                let load = try await measured(list.path, port: port, connections: connections, token: token)
                table.add(
                    list.who, list.path, statements, String(first.body.count / 1000), String(connections),
                    grouped(load.requests), milliseconds(load.p50), milliseconds(load.p99), milliseconds(load.max),
                    String(load.status + load.broken))
            }
        }
        let memory = try server.memory()
        facts.add("memory after the lists, peak", "\(megabytes(memory.now)) MB, \(megabytes(memory.peak)) MB")
        server.stop()
        try results.add(facts)
        try results.add(table)
    }

    /// wrk knows seconds only: two of them tell how many are needed.
    private func measured(_ path: String, port: Int, connections: Int, token: String) async throws -> Load {
        let trial = try await generator.get(port: port, path: path, connections: connections, seconds: 2, token: token)
        let seconds = min(60, max(3, Int((Double(requests) * 1.1 / max(1, trial.perSecond)).rounded(.up))))
        return try await generator.get(port: port, path: path, connections: connections, seconds: seconds, token: token)
    }
}
