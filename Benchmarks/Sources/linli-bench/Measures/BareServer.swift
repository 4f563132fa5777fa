import ArgumentParser
import Foundation
import Hummingbird
import Logging
import NIOCore

/// The limit of the framework alone: reads the body, answers 201 with a few bytes of JSON, keeps nothing.
struct BareServerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bare", abstract: "Serve an endpoint that only reads and answers.", shouldDisplay: false)

    @Option var port: Int

    func run() async throws {
        let router = Router()
        router.post("/api/v1/reports") { request, _ -> Response in
            let body = try await request.body.collect(upTo: 64 * 1024)
            var headers = HTTPFields()
            headers[.contentType] = "application/json; charset=utf-8"
            return Response(
                status: .created, headers: headers,
                body: ResponseBody(byteBuffer: ByteBuffer(string: "{\"bytes\":\(body.readableBytes)}")))
        }
        var logger = Logger(label: "bare")
        logger.logLevel = .error
        try await Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            logger: logger
        ).runService()
    }
}

/// Measures that endpoint with the load of the intake.
struct BareMeasure {
    let generator: LoadGenerator
    let folder: String

    func run(connections: Int, seconds: Int, into results: Results) async throws {
        let port = 18_090
        let files = try IntakeFiles(folder: folder, area: "none", tokens: ["none"])
        let process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["bare", "--port", String(port)]
        try process.run()
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        for _ in 0..<400 {
            if (try? HTTPClient(port: port)) != nil { break }
            try await Task.sleep(for: .milliseconds(10))
        }
        let load = try await generator.intake(
            port: port, connections: connections, seconds: seconds, bodies: files.bodies, tokens: files.tokens,
            run: "bare")
        var table = Table(
            "Bare framework: POST, body read, 201",
            ["connections", "seconds", "requests/s", "p50 ms", "p99 ms", "not 2xx"])
        table.add(
            String(connections), decimals(load.seconds, 1), grouped(Int(load.perSecond)), milliseconds(load.p50),
            milliseconds(load.p99), String(load.status + load.broken))
        try results.add(table)
    }
}
