public import Domain
import SwiftCSV

/// One mistake in an import file.
public struct ImportError: Hashable, Sendable {
    /// 1 is the line of the column names.
    public let line: Int
    /// The column, `nil` when the whole line or file is meant.
    public let column: String?
    /// What is wrong; its text does not name line and column.
    public let violation: RuleViolation

    init(line: Int, column: String?, _ code: String, _ arguments: [String: String] = [:]) {
        self.line = line
        self.column = column
        self.violation = RuleViolation(.invalid, code, arguments: arguments)
    }
}

/// A file of areas: `level,code,parent_code,name_zh,name_en,letters`, UTF-8, one area a line, in any order.
struct AreaFile {
    struct Line: Hashable {
        let number: Int
        let code: AreaCode
        let nameChinese: String
        let nameEnglish: String
        let letters: String?
    }

    static let columns = ["level", "code", "parent_code", "name_zh", "name_en", "letters"]
    static let maximumNameLength = 60

    private(set) var lines: [Line] = []
    private(set) var errors: [ImportError] = []

    init(_ text: String) {
        let file: CSV<Enumerated>
        do {
            file = try CSV<Enumerated>(string: text, delimiter: .comma, loadColumns: false)
        } catch {
            errors = [ImportError(line: 1, column: nil, "areas.import.quotes")]
            return
        }
        let header = file.header.map { $0.trimmingSpaces() }
        for column in Self.columns where !header.contains(column) {
            errors.append(ImportError(line: 1, column: column, "areas.import.column-missing"))
        }
        guard errors.isEmpty else { return }
        let positions = Dictionary(header.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var number = 1
        for row in file.rows {
            number += 1
            let first = number
            // A quoted field may hold line breaks; the next row begins behind them.
            number += row.reduce(0) { $0 + $1.count(where: \.isNewline) }
            if row.allSatisfy({ $0.trimmingSpaces().isEmpty }) { continue }
            read(first) { column in
                positions[column].flatMap { $0 < row.count ? row[$0].trimmingSpaces() : nil } ?? ""
            }
        }
        checkDoubles()
    }

    private mutating func read(_ number: Int, _ field: (String) -> String) {
        let before = errors.count
        let level = AreaLevel(rawValue: field("level"))
        if level == nil {
            complain(
                number, "level", "areas.import.level",
                ["levels": AreaLevel.allCases.map(\.rawValue).joined(separator: ", ")])
        }
        let code = AreaCode(field("code"))
        if let level, code?.level != level {
            complain(number, "code", "areas.import.code", ["digits": String(level.codeLength)])
        }
        if let code, code.level == level, field("parent_code") != code.parent?.digits ?? "" {
            complain(number, "parent_code", "areas.import.parent", ["expected": code.parent?.digits ?? "—"])
        }
        let nameChinese = field("name_zh")
        if nameChinese.isEmpty { complain(number, "name_zh", "areas.import.name-missing") }
        for column in ["name_zh", "name_en"] {
            if field(column).unicodeScalars.count > Self.maximumNameLength || field(column).contains(where: \.isNewline)
            {
                complain(number, column, "areas.import.name-long", ["max": String(Self.maximumNameLength)])
            }
        }
        let letters = field("letters")
        if !letters.isEmpty {
            if level != .street {
                complain(number, "letters", "areas.import.letters-level")
            } else if !(2...4).contains(letters.utf8.count)
                || !letters.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
            {
                complain(number, "letters", "areas.import.letters")
            }
        } else if level == .street {
            complain(number, "letters", "areas.import.letters-missing")
        }
        guard errors.count == before, let code else { return }
        lines.append(
            Line(
                number: number, code: code, nameChinese: nameChinese, nameEnglish: field("name_en"),
                letters: letters.isEmpty ? nil : letters))
    }

    private mutating func checkDoubles() {
        var codes: [AreaCode: Int] = [:]
        var letters: [String: Int] = [:]
        for line in lines {
            if let earlier = codes.updateValue(line.number, forKey: line.code) {
                complain(line.number, "code", "areas.import.twice", ["line": String(earlier)])
            }
            if let own = line.letters, let earlier = letters.updateValue(line.number, forKey: own) {
                complain(line.number, "letters", "areas.import.twice", ["line": String(earlier)])
            }
        }
    }

    private mutating func complain(_ line: Int, _ column: String, _ code: String, _ arguments: [String: String] = [:]) {
        errors.append(ImportError(line: line, column: column, code, arguments))
    }
}

extension String {
    fileprivate func trimmingSpaces() -> String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else {
            return ""
        }
        return String(self[first...last])
    }
}
