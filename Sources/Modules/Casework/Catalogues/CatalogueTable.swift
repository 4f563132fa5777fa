/// The rows of a catalogue file: comma-separated, quoted where needed (RFC 4180), UTF-8, a header line first.
///
/// Stricter than the CSV library used for imports, and with line numbers: a catalogue with a shifted column would
/// file cases under wrong matters for years.
struct CatalogueTable {
    struct Row {
        let line: Int
        let fields: [String]
    }

    let rows: [Row]

    /// - Parameter columns: the header that the file must have, in this order.
    init(file: String, bytes: [UInt8], columns: [String]) throws(CatalogueError) {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw CatalogueError(file: file, problem: "not UTF-8")
        }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        var reader = Reader(file: file, bytes: bytes, position: bytes.starts(with: mark) ? 3 : 0)
        guard let header = try reader.row() else { throw CatalogueError(file: file, problem: "empty") }
        guard header.fields == columns else {
            throw CatalogueError(
                file: file, line: 1,
                problem: "columns \(header.fields.joined(separator: ",")) instead of \(columns.joined(separator: ","))")
        }
        var rows: [Row] = []
        while let row = try reader.row() {
            guard row.fields.count == columns.count else {
                throw CatalogueError(
                    file: file, line: row.line, problem: "\(row.fields.count) columns instead of \(columns.count)")
            }
            if let empty = row.fields.firstIndex(where: \.isEmpty) {
                throw CatalogueError(file: file, line: row.line, problem: "\(columns[empty]) is empty")
            }
            rows.append(row)
        }
        self.rows = rows
    }

    private struct Reader {
        let file: String
        let bytes: [UInt8]
        var position: Int
        var line = 1

        init(file: String, bytes: [UInt8], position: Int) {
            self.file = file
            self.bytes = bytes
            self.position = position
        }

        /// The next row that is not blank; `nil` at the end.
        mutating func row() throws(CatalogueError) -> Row? {
            while position < bytes.count, endsLine(at: position) { skipLineEnd() }
            guard position < bytes.count else { return nil }
            let start = line
            var fields: [String] = []
            while true {
                fields.append(try field())
                guard position < bytes.count, bytes[position] == UInt8(ascii: ",") else { break }
                position += 1
            }
            if position < bytes.count { skipLineEnd() }
            return Row(line: start, fields: fields)
        }

        private mutating func field() throws(CatalogueError) -> String {
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                let start = position
                while position < bytes.count, bytes[position] != UInt8(ascii: ","), !endsLine(at: position) {
                    guard bytes[position] != UInt8(ascii: "\"") else {
                        throw CatalogueError(file: file, line: line, problem: "a quote inside an unquoted field")
                    }
                    position += 1
                }
                return String(decoding: bytes[start..<position], as: UTF8.self)
            }
            return try quotedField()
        }

        private mutating func quotedField() throws(CatalogueError) -> String {
            let start = line
            var content: [UInt8] = []
            position += 1
            while position < bytes.count {
                let byte = bytes[position]
                position += 1
                if byte != UInt8(ascii: "\"") {
                    if byte == UInt8(ascii: "\n") { line += 1 }
                    content.append(byte)
                } else if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
                    content.append(byte)
                    position += 1
                } else if position == bytes.count || bytes[position] == UInt8(ascii: ",") || endsLine(at: position) {
                    return String(decoding: content, as: UTF8.self)
                } else {
                    throw CatalogueError(file: file, line: line, problem: "text after a closing quote")
                }
            }
            throw CatalogueError(file: file, line: start, problem: "a quote is not closed")
        }

        private func endsLine(at index: Int) -> Bool {
            bytes[index] == UInt8(ascii: "\n") || bytes[index] == UInt8(ascii: "\r")
        }

        private mutating func skipLineEnd() {
            if bytes[position] == UInt8(ascii: "\r"), position + 1 < bytes.count,
                bytes[position + 1] == UInt8(ascii: "\n")
            {
                position += 1
            }
            position += 1
            line += 1
        }
    }
}
