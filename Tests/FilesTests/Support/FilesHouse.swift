import Crypto
import Domain
import Foundation
import PictureSamples
import Storage
import StorageTestSupport
import Vault

@testable import Files
@testable import Web

/// Files on a new database and in a new folder.
struct FilesHouse: Sendable {
    let files: Files
    let clock: TestWorld
    let database: any Database
    let folder: String

    /// What was sent, put where the web base would have put it.
    func upload(_ content: [UInt8], name: String = "IMG_1.jpg", number: Int = 1) throws -> UploadedFile {
        try FileManager.default.createDirectory(atPath: folder + "/incoming", withIntermediateDirectories: true)
        let path = folder + "/incoming/" + UUID().uuidString
        try Data(content).write(to: URL(filePath: path))
        return UploadedFile(
            path: path, name: name, bytes: content.count, digest: Array(SHA256.hash(data: content)), number: number)
    }

    func prepare(
        _ content: [UInt8], taking kinds: Set<FileKind> = [.photo], keepsLocation: Bool = false
    ) async throws -> PreparedFile {
        let upload = try upload(content)
        defer { try? FileManager.default.removeItem(atPath: upload.path) }
        let prepared = try await files.prepare(
            [upload], for: "photos", taking: kinds, keepsLocation: keepsLocation, by: .anonymous, from: "192.0.2.1")
        return prepared[0]
    }

    /// The code of the violation that this content meets; `nil` when it is taken.
    func refusal(_ content: [UInt8], taking kinds: Set<FileKind> = [.photo]) async throws -> String? {
        do {
            _ = try await prepare(content, taking: kinds)
            return nil
        } catch let error as RuleViolations {
            return error.all.map(\.code).joined(separator: " ")
        }
    }

    func bytes(_ content: FileContent) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: files.folder.path(of: content))))
    }

    /// Every content in its place.
    var contents: [String] {
        names(folder).filter { $0.count == 2 }.flatMap { names(folder + "/" + $0) }.sorted()
    }

    var incoming: [String] { names(folder + "/incoming") }

    private func names(_ folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }
}

func withFiles<Result>(
    _ engine: Engine = .sqlite, _ body: (FilesHouse) async throws -> Result
) async throws -> Result {
    try await withDatabase(engine, migrations: StorageSchema.migrations + FilesMigrations.all) { database in
        try await withTemporaryFolder { folder in
            let clock = TestWorld()
            let files = Files(path: folder, database: database, world: clock.world, keys: .fresh())
            return try await body(FilesHouse(files: files, clock: clock, database: database, folder: folder))
        }
    }
}

/// Chance from a seed.
struct SeededChance: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }
}
