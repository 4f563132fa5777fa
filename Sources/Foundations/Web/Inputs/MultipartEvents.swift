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
