import Foundation
import Storage
import StorageSQLite
import StorageTestSupport
import Testing

@Suite struct DurabilityTests {
    @Test("the writer waits for the disk: synchronous is FULL (2), the journal is a WAL, foreign keys hold")
    func settings() async throws {
        try await withDatabase(.sqlite, doubleRun: false) { database in
            let settings = try await database.write { tx in
                try [
                    tx.first("PRAGMA synchronous")?.get("synchronous", as: Int.self),
                    tx.first("PRAGMA foreign_keys")?.get("foreign_keys", as: Int.self),
                    tx.first("PRAGMA temp_store")?.get("temp_store", as: Int.self),
                ]
            }
            #expect(settings == [2, 1, 2])
            let journal = try await database.read {
                try $0.first("PRAGMA journal_mode")?.get("journal_mode", as: String.self)
            }
            #expect(journal == "wal")
        }
    }

    @Test("traced: every answer is printed after an fdatasync that followed the write of its row")
    func traced() async throws {
        try await withTemporaryFolder { folder in
            let trace = folder + "/trace"
            let run = try await ChildProcess.run(
                "strace",
                [
                    "-f", "-y", "-s", "8192", "-o", trace, "-e", "trace=pwrite64,write,fdatasync,fsync",
                    PackagePlaces.product("DurabilityProbe"), folder + "/probe.sqlite",
                ])
            try #require(run.status == 0, "strace is needed: apt-get install strace")
            let text = try String(contentsOfFile: trace, encoding: .utf8)
            let result = DurabilityTrace(text)
            #expect(result.acknowledged.count == 200)
            #expect(result.early == [], "answered before the disk had them")
            // Group commit: far fewer syncs than answers.
            #expect(result.syncs < 150)
        }
    }

    @Test("a trace in which an answer comes before its fdatasync is found out")
    func carelessTrace() {
        let careful = """
            7 pwrite64(5</d/probe.sqlite-wal>, "..MARK-000001-MARK-000002-..", 4096, 32) = 4096
            7 fdatasync(5</d/probe.sqlite-wal> <unfinished ...>
            8 write(1</d/out>, "x", 1) = 1
            7 <... fdatasync resumed>) = 0
            8 write(1</d/out>, "ACK-000001-\\n", 12) = 12
            9 write(1</d/out>, "ACK-000002-\\n", 12) = 12
            """
        #expect(DurabilityTrace(careful).early == [])
        #expect(DurabilityTrace(careful).acknowledged.count == 2)
        let early = careful.replacingOccurrences(
            of: "8 write(1</d/out>, \"x\", 1) = 1", with: "8 write(1</d/out>, \"ACK-000001-\", 12) = 12")
        #expect(DurabilityTrace(early).early == ["000001"])
        let failed = careful.replacingOccurrences(of: "resumed>) = 0", with: "resumed>) = -1 EIO (Input/output error)")
        #expect(DurabilityTrace(failed).early == ["000001", "000002"])
        let elsewhere = careful.replacingOccurrences(
            of: "fdatasync(5</d/probe.sqlite-wal>", with: "fdatasync(6</d/probe.sqlite>")
        #expect(!DurabilityTrace(elsewhere).early.isEmpty)
    }

    @Test("a database at its size limit (max_page_count) answers every waiting writer and works on")
    func pageLimit() async throws {
        try await withDatabase(.sqlite, migrations: [noteTable], doubleRun: false) { database in
            try await database.write { _ = try $0.rows("PRAGMA max_page_count = 60") }
            let (answered, refused) = await fill(database, from: 0)
            #expect(answered.count + refused.count == 64)
            #expect(!refused.isEmpty)
            #expect(refused.allSatisfy { $0.isRetryable })
            let kept = try await database.read { try $0.notes() }
            #expect(kept == answered.sorted())

            try await database.write { _ = try $0.rows("PRAGMA max_page_count = 100000") }
            let again = await fill(database, from: 1000)
            #expect(again.refused.isEmpty)
        }
    }

    @Test(
        "a COMMIT that fails because the disk is full (tmpfs) answers every waiting writer, and the process works on",
        .enabled(if: geteuid() == 0, "only root can mount a tmpfs"))
    func fullDisk() async throws {
        try await withTemporaryFolder { folder in
            let mounted = try await ChildProcess.run("mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", folder])
            try #require(mounted.status == 0, "a tmpfs cannot be mounted here")
            let ballast = folder + "/ballast"
            do {
                let database = try SQLiteDatabase(path: folder + "/test.sqlite")
                try await database.migrate([noteTable])
                try await database.write { try $0.add(-1) }
                // Leaves some room, but not for all.
                let free = try #require(
                    FileManager.default.attributesOfFileSystem(forPath: folder)[.systemFreeSize] as? Int)
                try Data(count: max(0, free - 400_000)).write(to: URL(fileURLWithPath: ballast))

                let (answered, refused) = await fill(database, from: 0)
                #expect(answered.count + refused.count == 64)
                #expect(!refused.isEmpty)
                #expect(refused.contains { $0.kind == .commitFailed })
                #expect(refused.allSatisfy { $0.isRetryable })
                var kept = try await database.read { try $0.notes() }
                #expect(kept == [-1] + answered.sorted())

                try FileManager.default.removeItem(atPath: ballast)
                let again = await fill(database, from: 1000)
                #expect(again.refused.isEmpty)
                await database.close()

                let reopened = try SQLiteDatabase(path: folder + "/test.sqlite")
                kept = try await reopened.read { try $0.notes() }
                #expect(kept == [-1] + answered.sorted() + again.answered.sorted())
                await reopened.close()
            } catch {
                _ = try await ChildProcess.run("umount", ["-l", folder])
                throw error
            }
            _ = try await ChildProcess.run("umount", ["-l", folder])
        }
    }

    /// 64 writers at once with 20 KB each.
    private func fill(
        _ database: any Database, from start: Int
    ) async -> (answered: [Int], refused: [StorageError]) {
        await withTaskGroup(of: Result<Int, any Error>.self) { group in
            for number in start..<start + 64 {
                group.addTask {
                    do {
                        try await database.write { try $0.add(number, String(repeating: "x", count: 20_000)) }
                        return .success(number)
                    } catch {
                        return .failure(error)
                    }
                }
            }
            return await group.reduce(into: ([], [])) { result, outcome in
                switch outcome {
                case .success(let number): result.0.append(number)
                case .failure(let error as StorageError): result.1.append(error)
                case .failure(let error): Issue.record(error)
                }
            }
        }
    }
}

/// What a trace of the probe shows.
private struct DurabilityTrace {
    var acknowledged: [String] = []
    /// Rows that were answered before their WAL frame had been synced.
    var early: [String] = []
    var syncs = 0

    init(_ text: String) {
        var written: Set<String> = []
        var synced: Set<String> = []
        /// Per thread: the rows that were written when its sync began.
        var syncing: [Substring: Set<String>] = [:]
        for line in text.split(separator: "\n") {
            guard let thread = line.split(separator: " ", maxSplits: 1).first else { continue }
            let isWAL = line.contains("-wal>")
            if line.contains("pwrite64("), isWAL {
                written.formUnion(DurabilityTrace.numbers(behind: "MARK-", in: line))
            } else if line.contains("sync("), isWAL {
                if line.contains("<unfinished") {
                    syncing[thread] = written
                } else if line.hasSuffix("= 0") {
                    synced.formUnion(written)
                    syncs += 1
                }
            } else if line.contains("sync resumed>"), line.hasSuffix("= 0"),
                let rows = syncing.removeValue(forKey: thread)
            {
                synced.formUnion(rows)
                syncs += 1
            } else if line.contains(" write(1") {
                for number in DurabilityTrace.numbers(behind: "ACK-", in: line) {
                    acknowledged.append(number)
                    if !synced.contains(number) { early.append(number) }
                }
            }
        }
    }

    private static func numbers(behind mark: String, in line: Substring) -> [String] {
        line.components(separatedBy: mark).dropFirst().map { String($0.prefix(6)) }
    }
}
