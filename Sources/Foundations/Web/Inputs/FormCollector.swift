import Crypto

/// Takes a multipart form apart: texts into memory, files into the upload space.
///
/// Files that cannot be taken (too large, empty, too many) are passed over, so that the texts behind them are kept and
/// the person can be told which file it was.
struct FormCollector {
    let rules: [String: UploadRule]
    /// `nil`: this server takes no files.
    let space: UploadSpace?
    /// All texts together.
    let textLimit: Int

    private(set) var fields: [String: [String]] = [:]
    private(set) var files: [IncomingFile] = []
    /// There were files that no field of the form takes.
    private(set) var carriesStrangeFiles = false

    private var textBytes = 0
    private var part: MultipartPart?
    private var text: [UInt8] = []
    private var upload: OpenUpload?
    private var waiting: [UInt8] = []
    /// The content of the present file so far, also of one that is passed over.
    private var fileBytes = 0

    /// How much of a file is gathered before it is written.
    private static let chunk = 256 * 1024

    init(rules: [String: UploadRule], space: UploadSpace?, textLimit: Int) {
        self.rules = rules
        self.space = space
        self.textLimit = textLimit
    }

    /// - Throws: `MultipartRefusal`, `RequestRefused.badForm` for text that is not UTF-8, `NoRoomForFiles`, or
    ///   what the connection throws. What could be read so far is kept; a file that was under way is removed.
    mutating func collect(_ events: MultipartEvents) async throws {
        do {
            for try await event in events {
                switch event {
                case .part(let next): try await begin(next)
                case .bytes(let bytes): try await take(bytes)
                case .endOfPart: try await endPart()
                case .end: break
                }
            }
        } catch MultipartRefusal.tooLarge where carriesStrangeFiles {
            // Too large because of the file; the person is told about the file.
            abandon()
        } catch {
            abandon()
            throw error
        }
    }

    private mutating func begin(_ next: MultipartPart) async throws {
        part = next
        text = []
        fileBytes = 0
        guard let fileName = next.fileName else { return }
        guard rules[next.name] != nil, space != nil else {
            if !fileName.isEmpty { carriesStrangeFiles = true }
            return
        }
    }

    private mutating func take(_ bytes: [UInt8]) async throws {
        guard let part else { return }
        guard part.fileName != nil else {
            textBytes += bytes.count
            guard textBytes <= textLimit else { throw MultipartRefusal.tooLarge }
            text += bytes
            return
        }
        guard let rule = rules[part.name], let space else {
            carriesStrangeFiles = true
            return
        }
        fileBytes += bytes.count
        guard fileBytes <= rule.bytes, count(part.name) < rule.files else {
            abandon()
            return
        }
        if upload == nil { upload = try await space.begin() }
        waiting += bytes
        if waiting.count >= Self.chunk { try await flush() }
    }

    private mutating func flush() async throws {
        guard var open = upload, let space, !waiting.isEmpty else { return }
        let bytes = waiting
        waiting = []
        try await space.append(bytes, to: &open)
        upload = open
    }

    private mutating func endPart() async throws {
        guard let ended = part else { return }
        part = nil
        guard let fileName = ended.fileName else {
            guard let text = String(validating: text, as: UTF8.self) else { throw RequestRefused.badForm }
            fields[ended.name, default: []].append(text)
            return
        }
        // A file field in which nothing was chosen counts for nothing.
        guard let rule = rules[ended.name], space != nil, !(fileName.isEmpty && fileBytes == 0) else { return }
        let number = count(ended.name) + 1
        let outcome: IncomingFile.Outcome
        if number > rule.files {
            outcome = .surplus
        } else if fileBytes > rule.bytes {
            outcome = .tooLarge
        } else if fileBytes == 0 {
            outcome = .empty
        } else {
            try await flush()
            guard let open = upload else { return }
            outcome = .stored(
                UploadedFile(
                    path: open.path, name: fileName, bytes: open.bytes, digest: Array(open.hasher.finalize()),
                    number: number))
            open.close()
            upload = nil
        }
        files.append(IncomingFile(field: ended.name, outcome: outcome))
    }

    private func count(_ field: String) -> Int {
        files.count { $0.field == field }
    }

    private mutating func abandon() {
        waiting = []
        guard let open = upload else { return }
        open.close()
        UploadSpace.discard([open.path])
        upload = nil
    }
}
