import Foundation

/// What wrk measured.
struct Load: Decodable, Sendable {
    /// Answers that came in whole.
    let requests: Int
    let seconds: Double
    /// Microseconds.
    let p50: Int
    let p90: Int
    let p99: Int
    let max: Int
    let bytes: Int
    /// Answers with a status of 400 and above.
    let status: Int
    /// Connections that could not be made, broke, or gave no answer for two seconds.
    let broken: Int

    var perSecond: Double { Double(requests) / seconds }
    /// Answers that said yes.
    var acknowledged: Int { requests - status }
}

/// wrk, with one thread: it makes far more requests than the server answers, and leaves it the processors.
struct LoadGenerator: Sendable {
    /// The folder of the Lua scripts.
    let scripts: String

    func intake(
        port: Int, path: String = "/api/v1/reports", connections: Int, seconds: Int, bodies: String, tokens: String,
        run: String
    ) async throws -> Load {
        try await wrk(
            port, path, connections, seconds, "intake.lua", [bodies, tokens, run, path])
    }

    func get(port: Int, path: String, connections: Int, seconds: Int, token: String) async throws -> Load {
        try await wrk(port, path, connections, seconds, "get.lua", [token])
    }

    private func wrk(
        _ port: Int, _ path: String, _ connections: Int, _ seconds: Int, _ script: String, _ arguments: [String]
    ) async throws -> Load {
        let output = try await Shell.run(
            "wrk",
            [
                "-t1", "-c\(connections)", "-d\(seconds)s", "--timeout", "5s", "-s", "\(scripts)/\(script)",
                "http://127.0.0.1:\(port)\(path)", "--",
            ] + arguments)
        guard let line = output.split(separator: "\n").first(where: { $0.hasPrefix("RESULT ") }) else {
            throw BenchError("wrk printed no result: \(output)")
        }
        return try JSONDecoder().decode(Load.self, from: Data(line.dropFirst(7).utf8))
    }
}
