/// What a file field of a form takes.
public struct UploadRule: Sendable, Hashable {
    /// At most so many files.
    public let files: Int
    /// At most so many bytes in each.
    public let bytes: Int

    public init(files: Int, bytes: Int) {
        self.files = files
        self.bytes = bytes
    }

    /// The limit as people are told it.
    public var megabytes: Int { bytes / 1_000_000 }
}

/// A file that came in as a whole and lies in the upload space until the request is answered.
///
/// Prints as the digest of its content: the same file sent twice is the same input, wherever it lies.
public struct UploadedFile: Sendable, Hashable, CustomStringConvertible {
    /// The place of the content. Whoever wants to keep it moves or copies it before the request is answered.
    public let path: String
    /// What the sender calls it, without folders and invisible characters. For showing only.
    public let name: String
    public let bytes: Int
    /// SHA-256 of the content.
    public let digest: [UInt8]
    /// Its place among the files of its field, from 1: how people are told which one is meant.
    public let number: Int

    public init(path: String, name: String, bytes: Int, digest: [UInt8], number: Int) {
        self.path = path
        self.name = name
        self.bytes = bytes
        self.digest = digest
        self.number = number
    }

    public var description: String { digest.map { String($0, radix: 16) }.joined(separator: ".") }
}

/// A file part of a request: what became of it.
struct IncomingFile: Sendable, Hashable {
    enum Outcome: Sendable, Hashable {
        case stored(UploadedFile)
        case tooLarge
        case empty
        /// More files than the field takes; passed over.
        case surplus
    }

    let field: String
    let outcome: Outcome
}
