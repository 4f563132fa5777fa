import Hummingbird

/// The events of a request's multipart body. Each chunk is asked for only when the events of the one before have been
/// taken, so that a slow reader slows the sender down instead of filling the memory.
struct MultipartEvents: AsyncSequence {
    typealias Element = MultipartParser.Event

    let body: RequestBody
    let parser: MultipartParser

    struct AsyncIterator: AsyncIteratorProtocol {
        var chunks: RequestBody.AsyncIterator
        var parser: MultipartParser
        var waiting: ArraySlice<MultipartParser.Event> = []
        var isFinished = false

        /// - Throws: `MultipartRefusal`, or what the connection throws.
        @concurrent mutating func next() async throws -> MultipartParser.Event? {
            while waiting.isEmpty {
                guard !isFinished else { return nil }
                guard let chunk = try await chunks.next() else {
                    isFinished = true
                    try parser.finish()
                    return nil
                }
                waiting = try parser.receive(chunk.readableBytesView)[...]
            }
            return waiting.popFirst()
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(chunks: body.makeAsyncIterator(), parser: parser)
    }
}

extension MultipartEvents {
    /// Collects the texts of a form and passes over its files; a file field in which nothing was chosen counts for nothing.
    /// - Parameter fields: filled as far as the body could be read, also when it throws.
    /// - Returns: whether there were files.
    /// - Throws: `MultipartRefusal`, `RequestRefused.badForm` for text that is not UTF-8, or what the connection throws.
    func collectTexts(into fields: inout [String: [String]]) async throws -> Bool {
        var carriesFiles = false
        var part: MultipartPart?
        var content: [UInt8] = []
        do {
            for try await event in self {
                switch event {
                case .part(let next):
                    part = next
                    content = []
                    if next.fileName?.isEmpty == false { carriesFiles = true }
                case .bytes(let bytes):
                    if part?.fileName == nil { content += bytes } else { carriesFiles = true }
                case .endOfPart:
                    guard let ended = part, ended.fileName == nil else { continue }
                    guard let text = String(validating: content, as: UTF8.self) else { throw RequestRefused.badForm }
                    fields[ended.name, default: []].append(text)
                case .end:
                    break
                }
            }
        } catch MultipartRefusal.tooLarge where carriesFiles {
            // Too large because of the file; the person is told about the file.
        }
        return carriesFiles
    }
}
