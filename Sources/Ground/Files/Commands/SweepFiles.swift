import Domain
import Foundation
import Storage

/// Removes what nobody needs: rows that were never given a subject, contents that no row names, what crashes have left.
///
/// Contents are placed before their rows are written, and removed after: whatever dies in between leaves a content
/// without a row, never a row without its content. A content goes in two rounds: first out of its place, then for good;
/// one that was placed anew in the meantime, or that a row names after all, goes back.
struct SweepFiles: Sendable {
    let files: Files

    /// How long uploads wait for what they are to belong to, and contents for their row.
    static let waitingSeconds: Int64 = 24 * 3600
    /// Requests are answered long before.
    static let incomingSeconds: Int64 = 3600
    static let kind = "files.sweep"
    private static let pauseSeconds: Int64 = 6 * 3600
    private static let batch = 400

    struct Outcome: Sendable, Hashable {
        var rows = 0
        var set = 0
        var removed = 0
        var restored = 0
        var abandoned = 0
    }

    /// Does it every six hours.
    var handler: JobHandler {
        .task(Self.kind) { _ in
            _ = try await run()
            return .again(at: files.world.now().advanced(bySeconds: Self.pauseSeconds))
        }
    }

    func run() async throws -> Outcome {
        let now = files.world.now()
        let before = now.advanced(bySeconds: -Self.waitingSeconds)
        var outcome = Outcome()
        outcome.rows = try await files.database.write { tx in try FileStore.removeWaiting(before: before, tx) }
        outcome.abandoned = try await clearIncoming(before: now.advanced(bySeconds: -Self.incomingSeconds))
        try await settleRemoved(before: before, &outcome)
        for shard in 0..<256 {
            try await sweep(shard, before: before, &outcome)
        }
        return outcome
    }

    /// Files of requests that a crash has ended.
    private func clearIncoming(before: Instant) async throws -> Int {
        let folder = files.folder
        return try await files.workshop.onThread {
            let old = Self.names(folder.incoming).map { folder.incoming + "/" + $0 }.filter { path in
                folder.date(of: path).map { $0 < before } ?? false
            }
            PictureWorkshop.discard(old)
            return old.count
        }
    }

    /// Sets aside the contents of one folder that are old and that no row names.
    private func sweep(_ shard: Int, before: Instant, _ outcome: inout Outcome) async throws {
        let folder = files.folder
        let prefix = (shard < 16 ? "0" : "") + String(shard, radix: 16)
        let old = try await files.workshop.onThread {
            Self.names(folder.path + "/" + prefix).filter { name in
                folder.date(of: folder.path(ofName: name)).map { $0 < before } ?? false
            }
        }
        for start in stride(from: 0, to: old.count, by: Self.batch) {
            let names = Array(old[start..<min(start + Self.batch, old.count)])
            let needed = try await named(names)
            for name in names where !needed.contains(name) {
                try await files.workshop.onThread {
                    try FileManager.default.createDirectory(atPath: folder.removed, withIntermediateDirectories: true)
                    let aside = folder.removed + "/" + name
                    try folder.move(folder.path(ofName: name), aside)
                    // Somebody has placed it anew since it was looked at: theirs was moved.
                    if let date = folder.date(of: aside), date >= before {
                        try folder.move(aside, folder.path(ofName: name))
                    }
                }
                outcome.set += 1
            }
        }
    }

    /// Decides about what an earlier round has set aside.
    private func settleRemoved(before: Instant, _ outcome: inout Outcome) async throws {
        let folder = files.folder
        let aside = try await files.workshop.onThread { Self.names(folder.removed) }
        for start in stride(from: 0, to: aside.count, by: Self.batch) {
            let names = Array(aside[start..<min(start + Self.batch, aside.count)])
            let needed = try await named(names)
            for name in names {
                let isNeeded = needed.contains(name)
                let isBack = try await files.workshop.onThread {
                    let place = folder.path(ofName: name)
                    let isThere = FileManager.default.fileExists(atPath: place)
                    if isNeeded && !isThere {
                        try folder.move(folder.removed + "/" + name, place)
                        return true
                    }
                    PictureWorkshop.discard([folder.removed + "/" + name])
                    return false
                }
                if isBack { outcome.restored += 1 } else { outcome.removed += 1 }
            }
        }
    }

    private func named(_ names: [String]) async throws -> Set<String> {
        let digests = names.compactMap(Self.digest)
        let found = try await files.database.read { tx in try FileStore.named(digests, tx) }
        return Set(found.map { FileContent(digest: $0, bytes: 0).name })
    }

    private static func names(_ folder: String) -> [String] {
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            // It went between the two looks.
            return []
        }
    }

    private static func digest(_ name: String) -> [UInt8]? {
        guard name.utf8.count == 64 else { return nil }
        let digits = Array(name)
        let bytes = stride(from: 0, to: 64, by: 2).compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
        return bytes.count == 32 ? bytes : nil
    }
}
