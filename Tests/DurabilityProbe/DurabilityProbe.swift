import Glibc
import Storage
import StorageSQLite

/// Writes rows into a new database and prints a line as soon as each write is answered, to be run under strace:
/// the trace shows what reached the disk before the line was printed.
@main
struct DurabilityProbe {
    static func main() async throws {
        let path = CommandLine.arguments[1]
        let database = try SQLiteDatabase(path: path)
        try await database.migrate([
            Migration("probe.001-mark", "CREATE TABLE mark (text {text} PRIMARY KEY NOT NULL) {strict}")
        ])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                if number >= 16 { try await group.next() }
                group.addTask {
                    let mark = "MARK-\(100_000 + number)-"
                    try await database.write { tx in
                        try tx.execute("INSERT INTO mark (text) VALUES (\(mark))")
                    }
                    let line = "ACK-\(100_000 + number)-\n"
                    _ = line.withCString { write(1, $0, strlen($0)) }
                }
            }
            try await group.waitForAll()
        }
        await database.close()
    }
}
