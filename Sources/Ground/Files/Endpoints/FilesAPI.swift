import Domain
import HTTPTypes
import Storage
import Web

/// Uploading for machines, and fetching for everybody.
struct FilesAPI {
    let files: Files
    let guards: [FileGuard]

    var endpoints: [Endpoint] { [upload, fetch] }

    private var upload: Endpoint {
        .json(
            .post, FilesRoutes.API.files, access: .open("anybody may report, with photos"),
            summary: """
                Takes a photo (JPEG, PNG, WebP, HEIC) or a PDF as the field `file` of multipart/form-data. It waits a day \
                for the report or answer that names it.
                """, success: .created,
            errors: [
                "file.too-large", "file.empty", "file.unknown-format", "file.too-many-pixels", "file.broken",
                "file.format-missing", "file.too-many", "file.not-a-picture", "file.too-often", "file.busy",
            ]
        ) { (input: UploadInput, visitor: Visitor) in
            guard let upload = input.file else {
                throw RuleViolation(.invalid, "input.missing", field: "file")
            }
            let prepared = try await files.prepare(
                [upload], for: "file", taking: [.photo, .document], keepsLocation: input.keepsLocation,
                by: visitor.actor, from: visitor.address)
            try await files.keepWaiting(prepared)
            guard let file = prepared.first?.file else {
                throw RuleViolation(.invalid, "input.missing", field: "file")
            }
            return FileJSON(
                id: file.id, kind: file.kind, bytes: file.full.bytes, width: file.width, height: file.height)
        }
    }

    private var fetch: Endpoint {
        .download(
            FilesRoutes.file, access: .open("the right on what the file belongs to is asked, or a signed link"),
            summary: "A photo in one of its sizes, or a document to save."
        ) { (input: FetchInput, visitor: Visitor) in
            let (file, name) = try await permitted(input, visitor)
            guard let content = input.variant == .small ? file.small : file.full else { throw Self.unknown }
            let path = files.folder.path(of: content)
            switch file.kind {
            case .photo:
                return Download(path: path, bytes: content.bytes, type: "image/jpeg", keptSeconds: 600)
            case .document:
                return Download(
                    path: path, bytes: content.bytes, type: "application/pdf",
                    fileName: name ?? "\(file.id).pdf", keptSeconds: 0)
            }
        }
    }

    private static let unknown = RuleViolation(.notFound, "not-found")

    /// Unknown and forbidden look the same.
    private func permitted(_ input: FetchInput, _ visitor: Visitor) async throws -> (StoredFile, name: String?) {
        let isSigned =
            if let until = input.until, let proof = input.proof {
                files.accepts(proof, for: input.file, input.variant, until: until, at: visitor.now)
            } else { false }
        return try await files.database.read { tx in
            guard let file = try FileStore.find(input.file, tx) else { throw Self.unknown }
            guard try isSigned || permits(file, visitor.actor, tx) else { throw Self.unknown }
            return (file, file.kind == .document ? try files.name(of: file.id, tx) : nil)
        }
    }

    private func permits(_ file: StoredFile, _ actor: Actor, _ tx: ReadTransaction) throws -> Bool {
        guard let subject = file.subject else { return file.uploadedBy != nil && file.uploadedBy == actor.account }
        for guardian in guards where guardian.kind == subject.kind {
            if try guardian.permits(subject.id, file.id, actor, tx) { return true }
        }
        return false
    }
}

struct UploadInput: EndpointInput {
    let file: UploadedFile?
    let keepsLocation: Bool

    init(_ fields: inout Fields) {
        file = fields.files("file", UploadRule(files: 1, bytes: Files.photoRule.bytes)).first
        keepsLocation = fields.flag("keepsLocation")
    }
}

struct FetchInput: EndpointInput {
    let file: FileID
    let variant: FileVariant
    let until: Int?
    let proof: String?

    init(_ fields: inout Fields) {
        file = fields.id("file")
        variant = fields.choice("variant")
        until = fields.optionalInteger("until", in: 0...99_999_999_999)
        proof = fields.optionalText("proof", maximum: 64)
    }
}

struct FileJSON: JSONAnswer {
    let id: FileID
    let kind: FileKind
    let bytes: Int
    let width: Int?
    let height: Int?
}
