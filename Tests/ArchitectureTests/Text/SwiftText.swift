/// A Swift file cut into code and string literals; comments are dropped.
///
/// This is a reader for rules about text, not a parser: it knows comments, plain, raw and multi-line literals with
/// interpolation, and nothing of the grammar.
struct SwiftText: Sendable {
    struct Literal: Sendable {
        let line: Int
        /// As written, without quotes; each interpolation stands as one `SwiftText.hole`.
        let text: String
        /// Where in `code` the literal stood.
        let offset: Int
    }

    /// What an interpolation leaves in a literal.
    static let hole: Character = "\u{FFFC}"

    let path: String
    /// The file in UTF-8 without comments, each literal written as `""`, line ends kept. What stands inside
    /// interpolations follows its literal. Bytes, because the checkers search a lot and run unoptimised.
    let code: [UInt8]
    let literals: [Literal]

    init(path: String, text: String) {
        self.path = path
        var reader = Reader(text: Array(text.utf8))
        reader.readCode(insideInterpolation: false)
        self.code = reader.code
        self.literals = reader.literals.sorted { $0.offset < $1.offset }
    }

    /// The code's lines with their numbers.
    var lines: [(number: Int, text: String)] {
        code.split(separator: newline, omittingEmptySubsequences: false).enumerated()
            .map { (number: $0.offset + 1, text: String(decoding: $0.element, as: UTF8.self)) }
    }

    /// The code before a literal, without spaces and line ends: `…,Phrase(`.
    func before(_ literal: Literal, _ count: Int = 60) -> String {
        var result: [UInt8] = []
        var position = literal.offset - 1
        while position >= 0, result.count < count {
            if !whiteSpace.contains(code[position]) { result.append(code[position]) }
            position -= 1
        }
        return String(decoding: result.reversed(), as: UTF8.self)
    }

    /// The line that an offset in the code stands on.
    func line(of offset: Int) -> Int {
        code[..<offset].reduce(1) { $0 + ($1 == newline ? 1 : 0) }
    }

    /// The code of a range.
    func text(_ range: Range<Int>) -> String {
        String(decoding: code[range], as: UTF8.self)
    }

    /// Where a piece of code stands.
    func offsets(of piece: String, in range: Range<Int>? = nil) -> [Int] {
        let piece = Array(piece.utf8)
        let range = range ?? 0..<code.count
        guard range.count >= piece.count else { return [] }
        return code.withUnsafeBufferPointer { code in
            var found: [Int] = []
            var offset = range.lowerBound
            while offset <= range.upperBound - piece.count {
                var length = 0
                while length < piece.count, code[offset + length] == piece[length] { length += 1 }
                if length == piece.count { found.append(offset) }
                offset += 1
            }
            return found
        }
    }

    /// The offset behind the bracket that closes the first one at or after `offset`.
    func close(after offset: Int) -> Int {
        var depth = 0
        var position = offset
        while position < code.count {
            switch code[position] {
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 { return position + 1 }
            default: break
            }
            position += 1
        }
        return code.count
    }
}

private let newline = UInt8(ascii: "\n")
private let quote = UInt8(ascii: "\"")
private let hash = UInt8(ascii: "#")
private let whiteSpace: Set<UInt8> = [newline, UInt8(ascii: " "), UInt8(ascii: "\t")]

private struct Reader {
    let text: [UInt8]
    var position = 0
    var line = 1
    var code: [UInt8] = []
    var literals: [SwiftText.Literal] = []

    init(text: [UInt8]) {
        self.text = text
    }

    private func follows(_ mark: [UInt8]) -> Bool {
        guard position + mark.count <= text.count else { return false }
        for (index, byte) in mark.enumerated() where text[position + index] != byte { return false }
        return true
    }

    private func follows(_ mark: StaticString) -> Bool {
        guard position + mark.utf8CodeUnitCount <= text.count else { return false }
        for index in 0..<mark.utf8CodeUnitCount where text[position + index] != mark.utf8Start[index] { return false }
        return true
    }

    private mutating func step() {
        if text[position] == newline { line += 1 }
        position += 1
    }

    /// Reads code up to the end, or to the bracket that closes an interpolation.
    mutating func readCode(insideInterpolation: Bool) {
        var depth = 0
        while position < text.count {
            let mark = text[position]
            if mark == UInt8(ascii: "/"), follows("//") {
                while position < text.count, text[position] != newline { position += 1 }
            } else if mark == UInt8(ascii: "/"), follows("/*") {
                skipBlockComment()
            } else if mark == quote || mark == hash, let hashes = literalStart() {
                readLiteral(hashes: hashes)
            } else {
                if mark == UInt8(ascii: "(") { depth += 1 }
                if mark == UInt8(ascii: ")") {
                    if depth == 0, insideInterpolation {
                        position += 1
                        return
                    }
                    depth -= 1
                }
                code.append(mark)
                step()
            }
        }
    }

    private mutating func skipBlockComment() {
        var depth = 0
        repeat {
            if follows("/*") {
                depth += 1
                position += 2
            } else if follows("*/") {
                depth -= 1
                position += 2
            } else {
                if text[position] == newline { code.append(newline) }
                step()
            }
        } while depth > 0 && position < text.count
    }

    /// The number of `#` before a quote; `nil` when no literal begins here.
    private func literalStart() -> Int? {
        var ahead = position
        while ahead < text.count, text[ahead] == hash { ahead += 1 }
        return ahead < text.count && text[ahead] == quote ? ahead - position : nil
    }

    private mutating func readLiteral(hashes: Int) {
        let start = line
        position += hashes
        let quotes = follows("\"\"\"") ? 3 : 1
        position += quotes
        let offset = code.count
        code += [quote, quote]
        let end = Array(repeating: quote, count: quotes) + Array(repeating: hash, count: hashes)
        let escape = [UInt8(ascii: "\\")] + Array(repeating: hash, count: hashes)
        var content: [UInt8] = []
        while position < text.count, !follows(end) {
            if text[position] == escape[0], follows(escape + [UInt8(ascii: "(")]) {
                position += escape.count + 1
                content += Array(String(SwiftText.hole).utf8)
                readCode(insideInterpolation: true)
            } else if text[position] == escape[0], follows(escape) {
                content.append(escape[0])
                position += escape.count
                if position < text.count { keep(&content) }
            } else {
                keep(&content)
            }
        }
        position = min(position + end.count, text.count)
        literals.append(SwiftText.Literal(line: start, text: String(decoding: content, as: UTF8.self), offset: offset))
    }

    private mutating func keep(_ content: inout [UInt8]) {
        if text[position] == newline { code.append(newline) }
        content.append(text[position])
        step()
    }
}
