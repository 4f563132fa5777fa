public import Domain
import Foundation
public import Storage
public import Vault
public import Web

/// Photos and documents: taken in, kept on the disk, given out to whoever may see what they belong to.
public struct Files: Sendable {
    let database: any Database
    let world: World
    let keys: KeyRing
    let folder: FileFolder
    let workshop: PictureWorkshop
    let limits: PictureLimits
    let throttle: UploadThrottle

    /// Whether libvips could be started; without it every photo is refused as broken.
    public static var readsPictures: Bool { PictureWorkshop.isStarted }

    /// A photo in a form: as many and as large as residents send them.
    public static let photoRule = UploadRule(files: 4, bytes: 10_000_000)

    /// - Parameter path: the folder of the contents, beside the database and on one disk.
    public init(
        path: String, database: any Database, world: World, keys: KeyRing, limits: PictureLimits = PictureLimits()
    ) {
        self.database = database
        self.world = world
        self.keys = keys
        self.folder = FileFolder(path: path, world: world)
        self.workshop = PictureWorkshop(limits)
        self.limits = limits
        self.throttle = UploadThrottle()
    }

    /// Where the web base puts files while it reads a request: on the same disk, so that they can be moved.
    public var uploadSpace: UploadSpace { UploadSpace(folder: folder.incoming, world: world) }

    // MARK: Taking in

    /// Makes of uploads what is kept, and puts it on the disk to stay. Rows are written by the transaction that needs
    /// them; without one the contents are swept away again.
    /// - Parameters:
    ///   - field: the form's field, for telling what is wrong.
    ///   - kinds: what the field takes.
    ///   - keepsLocation: the sender has agreed that the place of a photo is kept.
    ///   - address: of the client: from one, people who have not signed in may send only so much in a while.
    /// - Throws: `RuleViolations` for the field with each file that cannot be taken: `file.not-a-picture`,
    ///   `file.too-many-pixels`, `file.broken`, `file.format-missing`; `file.too-often`; `file.busy`; `NoRoomForFiles`.
    public func prepare(
        _ uploads: [UploadedFile], for field: String, taking kinds: Set<FileKind>, keepsLocation: Bool = false,
        by actor: Actor, from address: String = ""
    ) async throws -> [PreparedFile] {
        guard !uploads.isEmpty else { return [] }
        if actor.account == nil { try throttle.count(uploads.count, from: address, at: world.now()) }
        var violations: [RuleViolation] = []
        var made: [(upload: UploadedFile, content: Content)] = []
        defer { PictureWorkshop.discard(made.flatMap(\.content.paths)) }
        for upload in uploads {
            do {
                made.append((upload, try await content(of: upload, taking: kinds)))
            } catch let refusal as PictureWorkshop.Refusal {
                violations.append(violation(refusal, of: upload, field, kinds))
            }
        }
        guard violations.isEmpty else { throw RuleViolations(violations) }
        var prepared: [PreparedFile] = []
        for (upload, content) in made {
            prepared.append(try await keep(upload, content, keepsLocation: keepsLocation, by: actor.account))
        }
        return prepared
    }

    private enum Content: Sendable {
        case photo(PictureWorkshop.Made)
        case document(String)

        /// Files of our own making; those that were kept are not there any more.
        var paths: [String] {
            switch self {
            case .photo(let made): [made.fullPath, made.smallPath]
            case .document: []
            }
        }
    }

    private func content(
        of upload: UploadedFile, taking kinds: Set<FileKind>
    ) async throws -> Content {
        let head = try FileHandle(forReadingFrom: URL(filePath: upload.path))
        defer { head.closeFile() }
        guard let type = FileType(head: try head.read(upToCount: FileType.headBytes) ?? Data()) else {
            throw PictureWorkshop.Refusal.notPicture
        }
        if type == .pdf {
            guard kinds.contains(.document) else { throw PictureWorkshop.Refusal.notPicture }
            guard try PDFCheck.isWhole(upload.path) else { throw PictureWorkshop.Refusal.broken }
            return .document(upload.path)
        }
        guard kinds.contains(.photo) else { throw PictureWorkshop.Refusal.notPicture }
        return .photo(try await workshop.make(from: upload.path, type: type))
    }

    private func violation(
        _ refusal: PictureWorkshop.Refusal, of upload: UploadedFile, _ field: String, _ kinds: Set<FileKind>
    ) -> RuleViolation {
        let number = ["number": String(upload.number)]
        switch refusal {
        case .notPicture where kinds.contains(.document):
            return RuleViolation(.invalid, "file.unknown-format", field: field, arguments: number)
        case .notPicture:
            return RuleViolation(.invalid, "file.not-a-picture", field: field, arguments: number)
        case .tooManyPixels:
            let limit = ["number": String(upload.number), "max": String(limits.megapixels)]
            return RuleViolation(.invalid, "file.too-many-pixels", field: field, arguments: limit)
        case .broken:
            return RuleViolation(.invalid, "file.broken", field: field, arguments: number)
        case .formatMissing:
            return RuleViolation(.invalid, "file.format-missing", field: field, arguments: number)
        }
    }

    private func keep(
        _ upload: UploadedFile, _ content: Content, keepsLocation: Bool, by account: AccountID?
    ) async throws -> PreparedFile {
        let id: FileID = world.id()
        let now = world.now()
        switch content {
        case .photo(let made):
            let (full, small) = try await workshop.onThread { [folder] in
                (try folder.place(made.fullPath), try folder.place(made.smallPath))
            }
            let location = try keepsLocation ? made.location.map { try sealed($0.text, "location", id) } : nil
            return PreparedFile(
                file: StoredFile(
                    id: id, kind: .photo, full: full, small: small, width: made.width, height: made.height,
                    uploadedBy: account, uploadedAt: now, subject: nil), location: location, name: nil,
                sourceDigest: upload.digest)
        case .document(let path):
            let full = try await workshop.onThread { [folder] in try folder.place(path) }
            let name = upload.name.isEmpty ? nil : try sealed(upload.name, "name", id)
            return PreparedFile(
                file: StoredFile(
                    id: id, kind: .document, full: full, small: nil, width: nil, height: nil, uploadedBy: account,
                    uploadedAt: now, subject: nil), location: nil, name: name, sourceDigest: upload.digest)
        }
    }

    private func sealed(_ text: String, _ column: String, _ id: FileID) throws -> [UInt8] {
        try keys.seal(text, table: "file", column: column, id: id.uuid).bytes
    }

    // MARK: Keeping

    /// Writes rows of files that wait for what they are to belong to.
    public func keepWaiting(_ prepared: [PreparedFile]) async throws {
        guard !prepared.isEmpty else { return }
        try await database.write { tx in
            for file in prepared { try FileStore.insert(file, subject: nil, tx) }
        }
    }

    // MARK: Reading

    /// Where the photo was taken, when its sender has agreed to that being kept.
    public func location(of id: FileID, _ tx: ReadTransaction) throws -> PhotoLocation? {
        guard let location = try FileStore.sealed(id, tx).location else { return nil }
        let text = try keys.openText(Envelope(bytes: location), table: "file", column: "location", id: id.uuid)
        return PhotoLocation(text: text)
    }

    func name(of id: FileID, _ tx: ReadTransaction) throws -> String? {
        guard let name = try FileStore.sealed(id, tx).name else { return nil }
        return try keys.openText(Envelope(bytes: name), table: "file", column: "name", id: id.uuid)
    }
}

/// What a deed brings along: files that came with the same request, and files that were uploaded before.
public struct Attachments: Sendable, Hashable {
    public var prepared: [PreparedFile]
    public var waiting: [FileID]

    public static let none = Attachments()

    public init(prepared: [PreparedFile] = [], waiting: [FileID] = []) {
        self.prepared = prepared
        self.waiting = waiting
    }

    public var count: Int { prepared.count + waiting.count }

    /// Gives them their subject, in the transaction of the deed.
    /// - Throws: `file.unknown` for the field `files` when one of those uploaded before is not there, not this person's,
    ///   or belongs to something already.
    public func attach(
        to subject: FileSubject, by actor: Actor, _ tx: WriteTransaction
    ) throws -> [StoredFile] {
        for file in prepared { try FileStore.insert(file, subject: subject, tx) }
        let found = try FileStore.attach(waiting, of: actor.account, to: subject, tx)
        guard found.count == waiting.count else {
            throw RuleViolation(.invalid, "file.unknown", field: "files")
        }
        return prepared.map(\.file) + found.sorted { $0.id < $1.id }
    }
}
