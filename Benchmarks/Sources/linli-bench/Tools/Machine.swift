import Foundation
import Glibc

/// What the figures were taken on.
enum Machine {
    static func table(folder: String) throws -> Table {
        var table = Table("Machine", ["part", "value"])
        let processors = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8).split(separator: "\n")
            .filter { $0.hasPrefix("model name") }
        let model = processors.first?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "?"
        table.add("processors", "\(processors.count) × \(model)")
        let memory = try String(contentsOfFile: "/proc/meminfo", encoding: .utf8).split(separator: "\n").first ?? ""
        table.add("memory", memory.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "?")
        table.add(
            "kernel",
            try String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8).trimmingCharacters(
                in: .whitespacesAndNewlines))
        let load = try String(contentsOfFile: "/proc/loadavg", encoding: .utf8).split(separator: " ").prefix(3)
        table.add("load before", load.joined(separator: " "))
        let sync = try syncTimes(folder: folder)
        table.add(
            "fdatasync of 4 KiB",
            "p50 \(milliseconds(sync[sync.count / 2])) ms, p99 \(milliseconds(sync[sync.count * 99 / 100])) ms")
        return table
    }

    /// Microseconds that the disk takes for one small durable write, sorted.
    private static func syncTimes(folder: String) throws -> [Int] {
        let path = "\(folder)/sync-probe"
        let file = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0o600)
        guard file >= 0 else { throw BenchError("\(path) cannot be written") }
        defer {
            close(file)
            unlink(path)
        }
        let page = [UInt8](repeating: 7, count: 4096)
        let clock = ContinuousClock()
        return (0..<300).map { _ in
            let start = clock.now
            _ = page.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            fdatasync(file)
            return Int((clock.now - start) / .microseconds(1))
        }.sorted()
    }
}
