import Foundation

/// The file that keeps the master keys, outside the database.
///
/// ```json
/// { "version": 1, "keys": [ { "id": 1, "secret": "<32 bytes in base64>" } ] }
/// ```
/// It is readable by its owner alone. Rotation adds a key with a higher number and keeps the old ones for as long as
/// anything sealed with them is left.
public struct KeyFile: Sendable {
    public let path: String

    public init(path: String) {
        self.path = path
    }

    /// Reads the keys.
    /// - Throws: `KeyFileError`, whose text says what to do.
    public func load() throws(KeyFileError) -> KeyRing {
        try Self.ring(from: try read(), path: path)
    }

    /// Reads the keys, or makes the file with one new random key when there is none.
    ///
    /// To be called for a new database only: with a new key, an existing database could not be opened.
    public func loadOrCreate() throws(KeyFileError) -> KeyRing {
        do {
            return try load()
        } catch .missing {
            let content = Content(version: 1, keys: [Content.Key(id: 1, secret: .newSecret())])
            try createExclusively(content)
            // Another process may have been quicker: what is in the file counts.
            return try load()
        }
    }

    /// Adds a new random key, which becomes the active one at the next start.
    /// - Returns: the new key's number.
    public func rotate() throws(KeyFileError) -> UInt32 {
        var content = try read()
        _ = try Self.ring(from: content, path: path)
        guard let highest = content.keys.map(\.id).max(), highest < .max else {
            throw .malformed(path: path, reason: "no key number is left")
        }
        content.keys.append(Content.Key(id: highest + 1, secret: .newSecret()))
        let temporary = try writeTemporary(content)
        guard rename(temporary, path) == 0 else {
            let reason = Self.systemError()
            unlink(temporary)
            throw .unwritable(path: path, reason: reason)
        }
        try syncFolder()
        return highest + 1
    }

    private struct Content: Codable {
        struct Key: Codable {
            var id: UInt32
            var secret: Data
        }
        var version: Int
        var keys: [Key]
    }

    private static func ring(from content: Content, path: String) throws(KeyFileError) -> KeyRing {
        guard content.version == 1 else {
            throw .malformed(path: path, reason: "version \(content.version) is unknown")
        }
        for key in content.keys where key.secret.count != 32 {
            throw .malformed(path: path, reason: "key \(key.id) has \(key.secret.count) bytes instead of 32")
        }
        let masters = content.keys.map { MasterKey(id: $0.id, secret: SecretKey(bytes: Array($0.secret))) }
        guard let ring = KeyRing(masters) else {
            throw .malformed(path: path, reason: "it needs at least one key, each with its own number from 1")
        }
        return ring
    }

    private func read() throws(KeyFileError) -> Content {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { throw .missing(path: path) }
            throw .unreadable(path: path, reason: Self.systemError())
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(path: path, reason: Self.systemError()) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .unreadable(path: path, reason: "it is not a regular file")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw .tooOpen(path: path, mode: String(status.st_mode & 0o777, radix: 8))
        }
        guard status.st_size <= 1 << 20 else { throw .malformed(path: path, reason: "it is larger than 1 MiB") }
        do {
            let data = try FileHandle(fileDescriptor: descriptor, closeOnDealloc: false).readToEnd() ?? Data()
            return try JSONDecoder().decode(Content.self, from: data)
        } catch is DecodingError {
            throw .malformed(path: path, reason: "it is not the JSON that is expected")
        } catch {
            throw .unreadable(path: path, reason: "\(error)")
        }
    }

    /// `link` fails when the file exists by now, so that of two first starts only one decides.
    private func createExclusively(_ content: Content) throws(KeyFileError) {
        let temporary = try writeTemporary(content)
        defer { unlink(temporary) }
        guard link(temporary, path) == 0 || errno == EEXIST else {
            throw .unwritable(path: path, reason: Self.systemError())
        }
        try syncFolder()
    }

    private func writeTemporary(_ content: Content) throws(KeyFileError) -> String {
        let temporary = "\(path).\(getpid()).\(UInt32.random(in: 0 ... .max)).new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unwritable(path: path, reason: Self.systemError()) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        do {
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
            try handle.write(contentsOf: encoder.encode(content))
            try handle.synchronize()
            try handle.close()
        } catch {
            unlink(temporary)
            throw .unwritable(path: path, reason: "\(error)")
        }
        return temporary
    }

    /// A new name is durable only when its folder is.
    private func syncFolder() throws(KeyFileError) {
        let folder = (path as NSString).deletingLastPathComponent
        let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unwritable(path: path, reason: Self.systemError()) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .unwritable(path: path, reason: Self.systemError()) }
    }

    private static func systemError() -> String {
        String(cString: strerror(errno))
    }
}

extension Data {
    fileprivate static func newSecret() -> Data {
        SecretKey.random().withBytes { Data($0) }
    }
}

/// Why the key file cannot be used; the text is for whoever starts the server.
public enum KeyFileError: Error, Hashable, Sendable, CustomStringConvertible {
    case missing(path: String)
    case unreadable(path: String, reason: String)
    case unwritable(path: String, reason: String)
    case tooOpen(path: String, mode: String)
    case malformed(path: String, reason: String)

    public var description: String {
        switch self {
        case .missing(let path):
            "There is no key file at \(path). Without it sealed values cannot be read; restore it from its backup."
        case .unreadable(let path, let reason):
            "The key file \(path) cannot be read: \(reason)."
        case .unwritable(let path, let reason):
            "The key file \(path) cannot be written: \(reason)."
        case .tooOpen(let path, let mode):
            "The key file \(path) has mode \(mode): others can reach it. Run: chmod 600 '\(path)'"
        case .malformed(let path, let reason):
            "The key file \(path) is not valid: \(reason)."
        }
    }
}
