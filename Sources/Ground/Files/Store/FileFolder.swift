import Crypto
import Domain
import Foundation
import Web

/// The folder with the contents, named by their digests, beside the database.
///
/// | place | what |
/// |---|---|
/// | `ab/abcdef…` | contents; never changed once they have their name |
/// | `incoming/` | uploads and what is made of them, until their request is answered |
/// | `removed/` | contents that no row named; kept for one more round of the sweep |
struct FileFolder: Sendable {
    let path: String
    private let world: World

    init(path: String, world: World) {
        self.path = path
        self.world = world
    }

    var incoming: String { path + "/incoming" }
    var removed: String { path + "/removed" }

    func path(of content: FileContent) -> String { path(ofName: content.name) }

    func path(ofName name: String) -> String { "\(path)/\(name.prefix(2))/\(name)" }

    /// Gives a file of `incoming` its lasting place. When this returns, content and name are on the disk.
    ///
    /// A content that is there already is replaced by its equal, so that the sweep sees that it has just been needed.
    func place(_ source: String) throws -> FileContent {
        let content = try FileFolder.digest(of: source)
        let target = path(of: content)
        let folder = (target as NSString).deletingLastPathComponent
        let isNewFolder = !FileManager.default.fileExists(atPath: folder)
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try touch(source)
        try FileFolder.sync(source)
        try move(source, target)
        try FileFolder.sync(folder)
        if isNewFolder { try FileFolder.sync(path) }
        return content
    }

    /// Dates the file by this deployment's clock.
    private func touch(_ file: String) throws {
        let now = world.now().milliseconds
        let time = timespec(tv_sec: Int(now / 1000), tv_nsec: Int(now % 1000) * 1_000_000)
        let times = [time, time]
        guard utimensat(AT_FDCWD, file, times, 0) == 0, chmod(file, 0o600) == 0 else { throw FileFolder.failure(errno) }
    }

    func move(_ source: String, _ target: String) throws {
        guard rename(source, target) == 0 else { throw FileFolder.failure(errno) }
    }

    /// When the file got its name; `nil` when it is gone.
    func date(of file: String) -> Instant? {
        var status = stat()
        guard stat(file, &status) == 0 else { return nil }
        return Instant(
            milliseconds: Int64(status.st_mtim.tv_sec) * 1000 + Int64(status.st_mtim.tv_nsec) / 1_000_000)
    }

    /// In bytes; `nil` when the content is not there.
    func length(of content: FileContent) -> Int? {
        var status = stat()
        guard stat(path(of: content), &status) == 0 else { return nil }
        return Int(status.st_size)
    }

    private static func digest(of file: String) throws -> FileContent {
        let handle = try FileHandle(forReadingFrom: URL(filePath: file))
        defer { handle.closeFile() }
        var hasher = SHA256()
        var bytes = 0
        while let chunk = try handle.read(upToCount: 256 * 1024), !chunk.isEmpty {
            hasher.update(data: chunk)
            bytes += chunk.count
        }
        return FileContent(digest: Array(hasher.finalize()), bytes: bytes)
    }

    private static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(errno) }
    }

    private static func failure(_ code: Int32) -> any Error {
        [ENOSPC, EDQUOT].contains(code) ? NoRoomForFiles() : FolderFailure(code: code)
    }
}

/// The disk does not do what it should.
struct FolderFailure: Error, CustomStringConvertible {
    let code: Int32
    var description: String { "the folder of files: errno \(code)" }
}
