import Foundation
import Logging
import Storage
import StoragePostgres
import StorageSQLite

/// The engines to measure.
enum Engine: String, CaseIterable, Sendable {
    case sqlite
    case postgres

    var name: String { self == .sqlite ? "SQLite" : "PostgreSQL" }
}

/// Where a database and its keys are.
struct Place: Sendable {
    let engine: Engine
    /// A file, or a `postgres://` URL.
    let database: String
    let keys: String

    /// Where the server writes its log.
    var log: String { keys + ".log" }

    /// The options of `linli` that name it.
    var arguments: [String] { ["--database", database, "--keys", keys] }

    func open() throws -> any Database {
        var logger = Logger(label: "linli-bench")
        logger.logLevel = .warning
        return switch engine {
        case .sqlite: try SQLiteDatabase(path: database)
        case .postgres: try PostgresDatabase(conninfo: database, logger: logger)
        }
    }

    /// Bytes on the disk.
    func size() async throws -> Int {
        switch engine {
        case .sqlite:
            return try ["", "-wal"].reduce(0) { sum, suffix in
                let path = database + suffix
                guard FileManager.default.fileExists(atPath: path) else { return sum }
                return sum + (try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0)
            }
        case .postgres:
            let opened = try open()
            let size = try await opened.read { tx in
                try tx.first("SELECT pg_database_size(current_database()) AS size")?.get("size", as: Int.self) ?? 0
            }
            await opened.close()
            return size
        }
    }
}

/// The folder that a run works in, and the PostgreSQL server that it may use.
struct Workshop: Sendable {
    let folder: String
    /// libpq's conninfo of a database in which others may be made; `nil` when PostgreSQL is not measured.
    let postgres: String?
    /// The program `linli`.
    let linli: String

    /// The place of that name; made new, with the demo's street in it, unless it is there and may be kept.
    func place(_ name: String, _ engine: Engine, keep: Bool = false) async throws -> (place: Place, isNew: Bool) {
        let own = "\(folder)/\(name)-\(engine.rawValue)"
        let place = Place(engine: engine, database: try database(name, engine, own), keys: "\(own)/keys.json")
        if keep, FileManager.default.fileExists(atPath: "\(own)/filled") { return (place, false) }
        try? FileManager.default.removeItem(atPath: own)
        try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
        if engine == .postgres, let postgres {
            // Quoted: the names of filled streets hold a hyphen.
            let database = "\"linli_\(name)\""
            try await Shell.run(
                "psql", [postgres, "-qc", "DROP DATABASE IF EXISTS \(database)", "-c", "CREATE DATABASE \(database)"])
        }
        try await Shell.run(linli, ["migrate", "--make-keys"] + place.arguments)
        try await Shell.run(linli, ["demo", "--no-serve"] + place.arguments)
        return (place, true)
    }

    /// Notes that a place is complete and may be used again.
    func keep(_ name: String, _ engine: Engine) throws {
        try Data().write(to: URL(filePath: "\(folder)/\(name)-\(engine.rawValue)/filled"))
    }

    private func database(_ name: String, _ engine: Engine, _ own: String) throws -> String {
        switch engine {
        case .sqlite: return "\(own)/linli.sqlite"
        case .postgres:
            guard let postgres else { throw BenchError("no PostgreSQL was given (--postgres)") }
            var fields: [Substring: Substring] = [:]
            for pair in postgres.split(separator: " ") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                if parts.count == 2 { fields[parts[0]] = parts[1] }
            }
            return
                "postgres://\(fields["user"] ?? "linli")@\(fields["host"] ?? "127.0.0.1"):\(fields["port"] ?? "5432")/linli_\(name)"
        }
    }
}
