import Crypto
public import Domain
import Foundation
import NIOPosix

/// The folder in which files lie while the request that brings them is read and answered.
///
/// Nothing in it outlives its request, but for a crash: whoever owns the folder clears what has become old.
public struct UploadSpace: Sendable {
    let folder: String
    /// Uploads are refused when the disk would have less room than this.
    let reservedBytes: Int
    private let world: World
    private let write: DiskWrite

    /// Writes some of the bytes to the descriptor and says how many, or -1 with `errno`; as POSIX `write` does.
    public typealias DiskWrite = @Sendable (Int32, UnsafeRawBufferPointer) -> Int

    /// - Parameters:
    ///   - folder: made when it is missing.
    ///   - write: another one in tests of a full disk.
    public init(
        folder: String, reservedBytes: Int = 256 * 1024 * 1024, world: World, write: DiskWrite? = nil
    ) {
        self.folder = folder
        self.reservedBytes = reservedBytes
        self.world = world
        self.write = write ?? { descriptor, bytes in posixWrite(descriptor, bytes) }
    }

    /// Begins a file. On threads that may block.
    /// - Throws: `NoRoomForFiles`, or what opening it threw.
    func begin() async throws -> OpenUpload {
        let name = world.randomBytes(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let path = folder + "/" + name
        return try await NIOThreadPool.singleton.runIfActive { [folder, reservedBytes] in
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            guard UploadSpace.freeBytes(folder) > reservedBytes else { throw NoRoomForFiles() }
            let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw UploadSpace.refusal(errno) }
            return OpenUpload(descriptor: descriptor, path: path)
        }
    }

    /// Adds bytes to a file and to its digest. On threads that may block.
    func append(_ bytes: [UInt8], to upload: inout OpenUpload) async throws {
        let descriptor = upload.descriptor
        let hasher = upload.hasher
        upload.hasher = try await NIOThreadPool.singleton.runIfActive { [write] in
            try bytes.withUnsafeBytes { all in
                var rest = all
                while !rest.isEmpty {
                    let count = write(descriptor, rest)
                    if count < 0 {
                        if errno == EINTR { continue }
                        throw UploadSpace.refusal(errno)
                    }
                    rest = UnsafeRawBufferPointer(rebasing: rest[count...])
                }
            }
            var hasher = hasher
            hasher.update(data: bytes)
            return hasher
        }
        upload.bytes += bytes.count
    }

    /// Removes what is left of files. Never throws: what stays is cleared as old.
    static func discard(_ paths: [String]) {
        for path in paths { _ = unlink(path) }
    }

    private static func refusal(_ code: Int32) -> any Error {
        [ENOSPC, EDQUOT, EFBIG].contains(code)
            ? NoRoomForFiles()
            : Failure(code: code)
    }

    /// The disk does not do what it should, for another reason than being full.
    struct Failure: Error, CustomStringConvertible {
        let code: Int32
        var description: String { "an upload could not be written: errno \(code)" }
    }

    /// Room for people other than root; nothing when the disk does not say.
    private static func freeBytes(_ folder: String) -> Int {
        var status = statvfs()
        guard statvfs(folder, &status) == 0 else { return 0 }
        return Int(status.f_bavail) * Int(status.f_frsize)
    }
}

/// The disk that files lie on is full, or nearly.
public struct NoRoomForFiles: Error {
    public init() {}
}

/// A file that is being received.
struct OpenUpload: Sendable {
    let descriptor: Int32
    let path: String
    var hasher = SHA256()
    var bytes = 0

    init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    func close() { _ = posixClose(descriptor) }
}

private func posixWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    write(descriptor, bytes.baseAddress, bytes.count)
}

private func posixClose(_ descriptor: Int32) -> Int32 {
    close(descriptor)
}
