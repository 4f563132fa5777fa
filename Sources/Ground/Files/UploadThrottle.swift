import Domain
import Synchronization

/// So many files from one address in a quarter of an hour, for people who have not signed in: whoever fills disks must
/// be slow. Kept in memory of each node, and bounded.
final class UploadThrottle: Sendable {
    private struct Entry {
        var files: Int
        let since: Instant
    }

    /// A building, or the customers of a phone company, may share one address.
    private static let filesPerAddress = 200
    private static let windowSeconds: Int64 = 15 * 60
    private static let addresses = 20_000

    private let entries = Mutex<[String: Entry]>([:])

    /// - Throws: `file.too-often` with the minutes to wait.
    func count(_ files: Int, from address: String, at now: Instant) throws(RuleViolation) {
        let waitUntil = entries.withLock { entries -> Instant? in
            if entries.count >= Self.addresses { Self.makeRoom(&entries, now) }
            var entry = entries[address] ?? Entry(files: 0, since: now)
            if now >= Self.end(entry) { entry = Entry(files: 0, since: now) }
            guard entry.files + files <= Self.filesPerAddress else { return Self.end(entry) }
            entry.files += files
            entries[address] = entry
            return nil
        }
        guard let waitUntil else { return }
        let minutes = max(1, (waitUntil.milliseconds(since: now) + 59_999) / 60_000)
        throw RuleViolation(.tooMany, "file.too-often", arguments: ["minutes": String(minutes)])
    }

    private static func end(_ entry: Entry) -> Instant { entry.since.advanced(bySeconds: windowSeconds) }

    /// Forgets what has run out; if that is not enough, the oldest quarter.
    private static func makeRoom(_ entries: inout [String: Entry], _ now: Instant) {
        entries = entries.filter { now < end($0.value) }
        guard entries.count >= addresses else { return }
        let oldest = entries.sorted { $0.value.since < $1.value.since }.prefix(addresses / 4)
        for (key, _) in oldest { entries[key] = nil }
    }
}
