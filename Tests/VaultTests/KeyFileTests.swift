import Foundation
import Testing

@testable import Vault

@Suite("The key file")
struct KeyFileTests {
    let folder = NSTemporaryDirectory() + "linli-keys-\(UUID().uuidString)"
    var path: String { folder + "/keys.json" }

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    @Test("the first run makes a file for its owner alone, and later runs read the same key")
    func firstRun() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let first = try KeyFile(path: path).loadOrCreate()
        let second = try KeyFile(path: path).loadOrCreate()
        #expect(first.index(of: "1", kind: "phone") == second.index(of: "1", kind: "phone"))
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["keys.json"])
    }

    @Test("many first runs at once agree on one key")
    func race() async throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = path
        let indexes = try await withThrowingTaskGroup(of: KeyedIndex.self) { group in
            for _ in 0..<16 {
                group.addTask { try KeyFile(path: path).loadOrCreate().index(of: "1", kind: "phone") }
            }
            return try await group.reduce(into: Set<KeyedIndex>()) { $0.insert($1) }
        }
        #expect(indexes.count == 1)
    }

    @Test("a missing file is not made by load, and the message names it")
    func missing() {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(throws: KeyFileError.missing(path: path)) { try KeyFile(path: path).load() }
        #expect(KeyFileError.missing(path: path).description.contains(path))
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("a file that others can read or write is refused", arguments: [0o640, 0o604, 0o620, 0o602, 0o777])
    func tooOpen(mode: Int) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        _ = try KeyFile(path: path).loadOrCreate()
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        #expect(throws: KeyFileError.tooOpen(path: path, mode: String(mode, radix: 8))) {
            try KeyFile(path: path).loadOrCreate()
        }
    }

    @Test(
        "a file with broken content is refused and left as it is",
        arguments: [
            "", "not json", "[]", #"{"version":1}"#, #"{"version":1,"keys":[]}"#,
            #"{"version":2,"keys":[{"id":1,"secret":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}]}"#,
            #"{"version":1,"keys":[{"id":1,"secret":"AAAA"}]}"#,
            #"{"version":1,"keys":[{"id":0,"secret":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}]}"#,
        ])
    func malformed(content: String) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        #expect(
            FileManager.default.createFile(
                atPath: path, contents: Data(content.utf8), attributes: [.posixPermissions: 0o600]))
        #expect(throws: KeyFileError.self) { try KeyFile(path: path).loadOrCreate() }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == content)
    }

    @Test("rotation adds a key, which becomes the active one; the old one still opens")
    func rotation() throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = KeyFile(path: path)
        let before = try file.loadOrCreate()
        #expect(try file.rotate() == 2)
        let after = try file.load()
        #expect(after.activeKeyID == 2)
        #expect(after.indexes(of: "1", kind: "phone").last == before.index(of: "1", kind: "phone"))
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    }

    @Test("a folder that does not exist is named in the message")
    func noFolder() {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/none/keys.json"
        #expect(throws: KeyFileError.self) { try KeyFile(path: path).loadOrCreate() }
    }
}
