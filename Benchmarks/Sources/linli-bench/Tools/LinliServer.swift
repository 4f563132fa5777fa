import Foundation
import Glibc

/// The product's own program, serving one database in a process of its own.
final class LinliServer {
    let port: Int
    /// From starting the process until the port was open.
    let startTime: Duration
    private let process: Process

    /// Starts `linli serve` and waits until it answers.
    init(_ linli: String, _ place: Place, port: Int) async throws {
        self.port = port
        process = Process()
        process.executableURL = URL(filePath: linli)
        process.arguments = ["serve"] + place.arguments + ["--port", String(port), "--host", "127.0.0.1"]
        process.environment = ProcessInfo.processInfo.environment.merging(["LINLI_SHOW_STATEMENTS": "true"]) { _, new in
            new
        }
        process.standardOutput = FileHandle.nullDevice
        // Every request is logged, as in production: into a file, like a service's.
        FileManager.default.createFile(atPath: place.log, contents: nil)
        process.standardError = FileHandle(forWritingAtPath: place.log)
        let clock = ContinuousClock()
        let start = clock.now
        try process.run()
        while true {
            if (try? HTTPClient(port: port)) != nil { break }
            guard process.isRunning, clock.now - start < .seconds(60) else {
                throw BenchError("linli serve did not open its port")
            }
            try await Task.sleep(for: .milliseconds(5))
        }
        startTime = clock.now - start
    }

    var processID: Int32 { process.processIdentifier }

    /// Resident memory in bytes: now, and the most there has been.
    func memory() throws -> (now: Int, peak: Int) {
        let status = try String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8)
        func kibibytes(_ name: String) -> Int {
            let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
            return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
        }
        return (kibibytes("VmRSS") * 1024, kibibytes("VmHWM") * 1024)
    }

    /// Processor time used so far, in seconds.
    func processorTime() throws -> Double {
        let stat = try String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8)
        let fields = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].split(separator: " ")
        guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else { return 0 }
        return (user + system) / Double(sysconf(CInt(_SC_CLK_TCK)))
    }

    /// Ends it as an operator does.
    func stop() {
        guard process.isRunning else { return }
        process.terminate()
        process.waitUntilExit()
    }

    /// Ends it as a power cut of the process would: nothing is flushed, nobody is told.
    func kill() {
        Glibc.kill(processID, SIGKILL)
        process.waitUntilExit()
    }

    deinit {
        if process.isRunning { Glibc.kill(processID, SIGKILL) }
    }
}
