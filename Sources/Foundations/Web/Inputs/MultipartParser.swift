/// Cuts a `multipart/form-data` body (RFC 7578, RFC 2046 §5.1) into parts while it comes in.
///
/// A value without input or output: chunks go in, events come out, and however the body is cut into chunks, the events
/// say the same. It keeps at most one part's headers, or the length of a boundary, of what it has seen.
///
/// What is open in the standards is decided on the strict side:
/// - Lines end with CRLF. A bare LF or CR in a boundary line or a header is refused; in a part's body it is content.
/// - Before the first boundary only one empty line may stand, after the last one only white space.
/// - A line in a body that begins with the boundary is a boundary line (RFC 2046 §5.1.1) and must be a whole one.
/// - The same field name may come again; a body without any part is allowed.
struct MultipartParser: Sendable {
    struct Limits: Sendable, Hashable {
        /// All bytes of the body, boundaries and headers included.
        var totalBytes: Int
        /// The content of one part.
        var partBytes: Int
        var parts = 200
        /// The headers of one part, line ends included.
        var headerBytes = 8 * 1024
    }

    enum Event: Hashable, Sendable {
        case part(MultipartPart)
        /// Some of the content of the part announced last; never empty.
        case bytes([UInt8])
        case endOfPart
        /// The last boundary was seen.
        case end
    }

    private enum Phase: Sendable {
        /// Before the first boundary.
        case opening
        /// Behind the characters of a boundary.
        case boundary
        case headers(lines: [ArraySlice<UInt8>], size: Int)
        /// `isFresh` until the first byte of the content is known not to be a boundary.
        case body(size: Int, isFresh: Bool)
        case ended
        case refused(MultipartRefusal)
    }

    private let limits: Limits
    /// CRLF, two hyphens, the boundary.
    private let delimiter: [UInt8]
    private var phase = Phase.opening
    private var pending: [UInt8] = []
    private var position = 0
    private var received = 0
    private var parts = 0

    /// - Parameter contentType: the request's header.
    /// - Returns: `nil` when it is not `multipart/form-data` with a boundary as RFC 2046 §5.1.1 allows.
    init?(contentType: String?, limits: Limits) {
        guard let type = HeaderValue(contentType), type.value == "multipart/form-data",
            let boundary = type.parameters["boundary"], (1...70).contains(boundary.utf8.count), boundary.last != " ",
            boundary.utf8.allSatisfy({ isBoundaryCharacter($0) })
        else { return nil }
        self.limits = limits
        self.delimiter = Array("\r\n--\(boundary)".utf8)
    }

    /// Takes the next bytes.
    /// - Throws: why the body is refused; from then on every call throws the same.
    mutating func receive(_ chunk: some Collection<UInt8>) throws(MultipartRefusal) -> [Event] {
        if case .refused(let refusal) = phase { throw refusal }
        do throws(MultipartRefusal) {
            received += chunk.count
            guard received <= limits.totalBytes else { throw .tooLarge }
            pending.append(contentsOf: chunk)
            var events: [Event] = []
            while try step(&events) {}
            pending.removeFirst(position)
            position = 0
            return events
        } catch {
            refuse(error)
            throw error
        }
    }

    /// Says that there is no more.
    mutating func finish() throws(MultipartRefusal) {
        switch phase {
        case .ended: return
        case .refused(let refusal): throw refusal
        default:
            refuse(.unfinished)
            throw .unfinished
        }
    }

    private mutating func refuse(_ refusal: MultipartRefusal) {
        phase = .refused(refusal)
        pending = []
        position = 0
    }

    // MARK: Steps

    /// One move; false when it needs more bytes.
    private mutating func step(_ events: inout [Event]) throws(MultipartRefusal) -> Bool {
        switch phase {
        case .opening: try open()
        case .boundary: try passBoundary(&events)
        case .headers(let lines, let size): try readHeader(lines, size, &events)
        case .body(let size, let isFresh): try readBody(size, isFresh, &events)
        case .ended: try readEpilogue()
        case .refused(let refusal): throw refusal
        }
    }

    private mutating func open() throws(MultipartRefusal) -> Bool {
        let expected = pending.first == delimiter[0] ? delimiter[...] : delimiter[2...]
        guard pending.starts(with: expected.prefix(pending.count)) else { throw .malformed("no boundary at the start") }
        guard pending.count >= expected.count else { return false }
        position = expected.count
        phase = .boundary
        return true
    }

    private mutating func passBoundary(_ events: inout [Event]) throws(MultipartRefusal) -> Bool {
        let rest = pending[position...]
        guard let first = rest.first else { return false }
        if first == UInt8(ascii: "-") {
            guard let second = rest.dropFirst().first else { return false }
            guard second == UInt8(ascii: "-") else { throw .malformed("more than a boundary in its line") }
            position += 2
            phase = .ended
            events.append(.end)
            return true
        }
        // RFC 2046 lets mail gateways pad the line.
        let padding = rest.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
        guard padding <= 100 else { throw .malformed("a boundary line without an end") }
        let ending = rest.dropFirst(padding).prefix(2)
        guard ending.elementsEqual([0x0D, 0x0A].prefix(ending.count)) else {
            throw .malformed("more than a boundary in its line")
        }
        guard ending.count == 2 else { return false }
        parts += 1
        guard parts <= limits.parts else { throw .tooManyParts }
        position += padding + 2
        phase = .headers(lines: [], size: 0)
        return true
    }

    private mutating func readHeader(
        _ lines: [ArraySlice<UInt8>], _ size: Int, _ events: inout [Event]
    ) throws(MultipartRefusal) -> Bool {
        let rest = pending[position...]
        let line = rest.prefix { $0 != 0x0D && $0 != 0x0A }
        guard size + line.count <= limits.headerBytes else { throw .headersTooLarge }
        let ending = rest[line.endIndex...].prefix(2)
        guard ending.elementsEqual([0x0D, 0x0A].prefix(ending.count)) else {
            throw .malformed("a header line that does not end with CRLF")
        }
        guard ending.count == 2 else { return false }
        position = ending.endIndex
        if line.isEmpty {
            events.append(.part(try MultipartPart(lines: lines)))
            phase = .body(size: 0, isFresh: true)
        } else {
            // Detached from `pending`, so that it does not keep it from being reused.
            phase = .headers(lines: lines + [ArraySlice(Array(line))], size: size + line.count + 2)
        }
        return true
    }

    private mutating func readBody(
        _ size: Int, _ isFresh: Bool, _ events: inout [Event]
    ) throws(MultipartRefusal) -> Bool {
        let rest = pending[position...]
        if isFresh {
            // The line end of the empty line before a body also begins a boundary: a part without any content.
            let dashes = delimiter[2...]
            guard !rest.isEmpty else { return false }
            guard rest.starts(with: dashes.prefix(rest.count)) else {
                phase = .body(size: size, isFresh: false)
                return true
            }
            guard rest.count >= dashes.count else { return false }
            position += dashes.count
            events.append(.endOfPart)
            phase = .boundary
            return true
        }
        let (content, isWhole) = search(from: position)
        if content > position {
            guard size + content - position <= limits.partBytes else { throw .tooLarge }
            events.append(.bytes(Array(pending[position..<content])))
        }
        if isWhole {
            position = content + delimiter.count
            events.append(.endOfPart)
            phase = .boundary
            return true
        }
        phase = .body(size: size + content - position, isFresh: false)
        position = content
        return false
    }

    /// Where the content ends as far as can be told, and whether the delimiter stands there as a whole.
    private func search(from start: Int) -> (content: Int, isWhole: Bool) {
        pending.withUnsafeBufferPointer { bytes in
            delimiter.withUnsafeBufferPointer { delimiter in
                var index = start
                while index < bytes.count {
                    guard bytes[index] == 0x0D else {
                        index += 1
                        continue
                    }
                    let comparable = min(delimiter.count, bytes.count - index)
                    var equal = 1
                    while equal < comparable, bytes[index + equal] == delimiter[equal] { equal += 1 }
                    if equal == comparable { return (index, equal == delimiter.count) }
                    index += 1
                }
                return (bytes.count, false)
            }
        }
    }

    private mutating func readEpilogue() throws(MultipartRefusal) -> Bool {
        guard pending[position...].allSatisfy({ [0x0D, 0x0A, 0x20, 0x09].contains($0) }) else {
            throw .malformed("something after the last boundary")
        }
        position = pending.count
        return false
    }
}

/// RFC 2046 §5.1.1, `bchars`.
private func isBoundaryCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
    default:
        "'()+_,-./:=? ".utf8.contains(byte)
    }
}
