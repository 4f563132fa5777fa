public import Domain
public import Storage

/// What the identifier of a file identifies.
public enum FileTag {}
public typealias FileID = ID<FileTag>

/// What a file is, as its own bytes say.
public enum FileKind: String, CaseIterable, Sendable, SQLConvertible, Codable {
    /// Decoded and written anew as JPEG, in two sizes.
    case photo
    /// A PDF, kept as it came; only ever saved by whoever fetches it, never shown.
    case document
}

/// The sizes in which a file can be fetched.
public enum FileVariant: String, CaseIterable, Sendable {
    case full
    /// Of photos only.
    case small
}

/// What a file belongs to: the kind names the module's guard that knows who may see it.
public struct FileSubject: Hashable, Sendable {
    public let kind: String
    public let id: UUIDValue

    public init(_ kind: StaticString, _ id: UUIDValue) {
        self.kind = kind.description
        self.id = id
    }

    init(kind: String, id: UUIDValue) {
        self.kind = kind
        self.id = id
    }
}

/// A content on the disk: SHA-256 and length.
public struct FileContent: Hashable, Sendable {
    public let digest: [UInt8]
    public let bytes: Int

    public init(digest: [UInt8], bytes: Int) {
        self.digest = digest
        self.bytes = bytes
    }

    /// The digest as it names the file on the disk.
    var name: String { digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}

/// A file as it stands in the table.
public struct StoredFile: Hashable, Sendable {
    public let id: FileID
    public let kind: FileKind
    public let full: FileContent
    /// Photos have one.
    public let small: FileContent?
    /// In pixels, of the full size.
    public let width: Int?
    public let height: Int?
    public let uploadedBy: AccountID?
    public let uploadedAt: Instant
    /// `nil` while it waits for what it is to belong to.
    public let subject: FileSubject?
}

/// A file whose content is on the disk and whose row is not written yet.
public struct PreparedFile: Sendable, Hashable {
    public let file: StoredFile
    /// Where the photo was taken, sealed; kept when the sender agreed.
    let location: [UInt8]?
    /// What the sender called a document, sealed.
    let name: [UInt8]?
    /// SHA-256 of what was uploaded: the same photo sent again is told by it.
    public let sourceDigest: [UInt8]
}
