public import Domain
import Foundation
import Storage
import Vault

/// Brings reports of another system in from JSON lines: `id`, `title`, `text`, `time`, `label` (the last is optional).
///
/// A record is known by the source and its id, so that a second run adds nothing. A known id with other words or another
/// label is a conflict: it is told and changes nothing. A broken line is told with its number; the others go in.
public struct ImportReports: Sendable {
    /// The system that the file comes from, such as `mayor-mailbox`.
    public var source: String
    /// Where the reports lie when nothing better is known.
    public var area: AreaID

    public init(source: String, area: AreaID) {
        self.source = source
        self.area = area
    }

    /// What became of a file.
    public struct Outcome: Hashable, Sendable {
        public var added = 0
        /// Records that were there already, word for word.
        public var unchanged = 0
        public var conflicts: [Finding] = []
        public var errors: [Finding] = []
    }

    /// One line that did not become a report.
    public struct Finding: Hashable, Sendable {
        /// Counted from 1.
        public let line: Int
        /// The record's id at the source, where it could be read.
        public let id: String?
        public let violation: RuleViolation
    }

    /// Rows in one transaction: well under 50 ms, so that others who write do not wait.
    private static let chunk = 100

    private struct Line: Sendable {
        let number: Int
        let record: Record
    }

    private struct Record: Decodable, Sendable {
        let id: String
        let title: String?
        let text: String
        let time: String?
        let label: String?
    }

    /// - Parameter content: the file, in UTF-8.
    /// - Throws: `import.source` and `import.encoding` for the whole file; otherwise findings stand in the outcome.
    public func run(_ content: [UInt8], in casework: Casework) async throws -> Outcome {
        guard (1...60).contains(source.utf8.count) else {
            throw RuleViolation(.invalid, "import.source", field: "source")
        }
        // Some programs begin a file with a byte order mark.
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let bytes = content.starts(with: mark) ? content.dropFirst(mark.count) : content[...]
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw RuleViolation(.invalid, "import.encoding")
        }
        var outcome = Outcome()
        let lines = read(text, into: &outcome)
        for start in stride(from: 0, to: lines.count, by: Self.chunk) {
            try await add(Array(lines[start..<min(start + Self.chunk, lines.count)]), to: &outcome, in: casework)
        }
        outcome.conflicts.sort { $0.line < $1.line }
        outcome.errors.sort { $0.line < $1.line }
        return outcome
    }

    private func read(_ text: String, into outcome: inout Outcome) -> [Line] {
        var lines: [Line] = []
        let decoder = JSONDecoder()
        // By bytes: to Swift, CR and LF together are one character, which is not LF.
        for (index, bytes) in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .enumerated()
        {
            let line = Substring(bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes)
            if line.allSatisfy(\.isWhitespace) { continue }
            do {
                let record = try decoder.decode(Record.self, from: Data(line.utf8))
                guard (1...100).contains(record.id.utf8.count) else {
                    throw RuleViolation(.invalid, "import.id", field: "id")
                }
                lines.append(Line(number: index + 1, record: record))
            } catch let violation as RuleViolation {
                outcome.errors.append(Finding(line: index + 1, id: nil, violation: violation))
            } catch DecodingError.keyNotFound(let key, _) {
                outcome.errors.append(
                    Finding(
                        line: index + 1, id: nil,
                        violation: RuleViolation(.invalid, "import.field-missing", field: key.stringValue)))
            } catch DecodingError.typeMismatch(_, let context) where !context.codingPath.isEmpty,
                DecodingError.valueNotFound(_, let context) where !context.codingPath.isEmpty
            {
                outcome.errors.append(
                    Finding(
                        line: index + 1, id: nil,
                        violation: RuleViolation(
                            .invalid, "import.field-type", field: context.codingPath.last?.stringValue)))
            } catch {
                outcome.errors.append(
                    Finding(line: index + 1, id: nil, violation: RuleViolation(.invalid, "import.not-json")))
            }
        }
        return lines
    }

    private func add(_ lines: [Line], to outcome: inout Outcome, in casework: Casework) async throws {
        var prepared: [(line: Line, prepared: SubmitReport.Prepared)] = []
        for line in lines {
            do {
                prepared.append((line, try prepare(line.record, in: casework)))
            } catch let violations as RuleViolations {
                outcome.errors.append(
                    contentsOf: violations.all.map { Finding(line: line.number, id: line.record.id, violation: $0) })
            }
        }
        let batch = prepared
        let known = try await casework.database.write { tx in
            var known: [Int: KnownReport] = [:]
            var earlier = try ReportStore.known(batch.map(\.line.record.id), from: source, tx)
            for (index, entry) in batch.enumerated() {
                if let before = earlier[entry.line.record.id] {
                    known[index] = before
                    continue
                }
                try ReportFolder.insert(
                    entry.prepared.sealed, scopes: entry.prepared.scopes, step: entry.prepared.step, in: casework, tx)
                // The same id may stand twice in one file.
                earlier[entry.line.record.id] = KnownReport(entry.prepared.sealed)
            }
            return known
        }
        outcome.added += batch.count - known.count
        for (index, before) in known {
            let line = batch[index].line
            switch try difference(before, line.record, in: casework) {
            case nil: outcome.unchanged += 1
            case let violation?:
                outcome.conflicts.append(Finding(line: line.number, id: line.record.id, violation: violation))
            }
        }
    }

    private func prepare(_ record: Record, in casework: Casework) throws -> SubmitReport.Prepared {
        var receivedAt: Instant?
        if let time = record.time {
            guard let instant = Instant(iso8601: time, defaultZone: casework.world.zone) else {
                throw RuleViolations([RuleViolation(.invalid, "import.time", field: "time")])
            }
            receivedAt = instant
        }
        let draft = ReportDraft(
            channel: .system, area: area, title: record.title, text: record.text, receivedAt: receivedAt,
            external: ExternalReference(source: source, id: record.id))
        return try SubmitReport(draft: draft, label: record.label).prepare(by: .anonymous, in: casework)
    }

    /// What speaks against the record being the same as before; `nil` when nothing does.
    private func difference(_ before: KnownReport, _ record: Record, in casework: Casework) throws -> RuleViolation? {
        if before.label != record.label { return RuleViolation(.conflict, "import.other-label", field: "label") }
        // Erased words cannot be compared any more, and must not come back.
        guard let sealedKey = before.wordsKey else { return nil }
        let id = before.id.uuid
        let key = try casework.keys.openRecordKey(
            SealedRecordKey(bytes: sealedKey), table: "report", column: "words_key", id: id)
        let text = try key.openText(Envelope(bytes: before.words), table: "report", column: "words", id: id)
        let words = try JSONDecoder().decode(Words.self, from: Data(text.utf8))
        return words == Words(title: record.title, text: record.text, place: nil)
            ? nil : RuleViolation(.conflict, "import.other-words", field: "text")
    }
}

/// A record that was imported before.
struct KnownReport: Sendable {
    let id: ReportID
    let label: String?
    let words: [UInt8]
    let wordsKey: [UInt8]?

    init(id: ReportID, label: String?, words: [UInt8], wordsKey: [UInt8]?) {
        self.id = id
        self.label = label
        self.words = words
        self.wordsKey = wordsKey
    }

    init(_ sealed: SealedReport) {
        self.init(id: sealed.report.id, label: sealed.label, words: sealed.words, wordsKey: sealed.wordsKey)
    }
}
