public import Domain

/// The typed input of an endpoint. Its `init` names each field once: for reading, for checking, for describing.
///
/// Every mistake is collected, so that a form can show all of them; after `init` the endpoint throws if there was any,
/// so the values read in place of broken ones (an empty text, the first choice) are never used.
public protocol EndpointInput: Sendable {
    init(_ fields: inout Fields)
}

/// The input of an endpoint that takes none.
public struct NoInput: EndpointInput {
    public init(_ fields: inout Fields) {}
}

/// What an endpoint's input consists of, for the API description.
public struct FieldDescription: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        case text(minimum: Int, maximum: Int)
        case integer(ClosedRange<Int>)
        case flag
        case choice([String])
        case id
        case ids(maximum: Int)
        case instant
        case files(UploadRule)
    }
    public let name: String
    public let kind: Kind
    public let isRequired: Bool
    /// A password and the like: never shown again, not even to the one who typed it.
    public var isSecret = false
}

/// Reads fields of a request one by one.
public struct Fields {
    private let incoming: IncomingFields
    private var read: Set<String> = []
    public private(set) var violations: [RuleViolation] = []
    public private(set) var descriptions: [FieldDescription] = []

    public init(_ incoming: IncomingFields) {
        self.incoming = incoming
    }

    /// The fields of an input type.
    public static func describe<Input: EndpointInput>(_: Input.Type) -> [FieldDescription] {
        var fields = Fields(IncomingFields())
        _ = Input(&fields)
        return fields.descriptions
    }

    /// Reads a whole input.
    /// - Throws: `RuleViolations` with every mistake found. When the path itself makes no sense (`/cases/not-an-id`),
    ///   there is no such page, whatever else was sent: a `RuleViolation` of the kind `notFound`.
    public static func read<Input: EndpointInput>(_: Input.Type, from incoming: IncomingFields) throws -> Input {
        var fields = Fields(incoming)
        let input = Input(&fields)
        guard !fields.violations.contains(where: { $0.field.map { incoming.path[$0] != nil } ?? false }) else {
            throw RuleViolation(.notFound, "not-found")
        }
        fields.refuseUnknownNames()
        guard fields.violations.isEmpty else { throw RuleViolations(fields.violations) }
        return input
    }

    // MARK: Kinds of fields

    /// Text of so many characters after trimming white space. Line ends become LF; control characters are refused.
    public mutating func text(_ name: String, _ length: ClosedRange<Int>) -> String {
        describe(name, .text(minimum: length.lowerBound, maximum: length.upperBound), required: length.lowerBound > 0)
        guard let text = cleanText(name, required: length.lowerBound > 0) else { return "" }
        return checked(text, name, length) ?? ""
    }

    /// Text that may be left out.
    public mutating func optionalText(_ name: String, maximum: Int) -> String? {
        describe(name, .text(minimum: 0, maximum: maximum), required: false)
        guard let text = cleanText(name, required: false) else { return nil }
        return checked(text, name, 0...maximum)
    }

    /// A password and the like: taken as it is, white space included, and never shown again.
    public mutating func secret(_ name: String, _ length: ClosedRange<Int>) -> String {
        describe(name, .text(minimum: length.lowerBound, maximum: length.upperBound), required: length.lowerBound > 0)
        descriptions[descriptions.count - 1].isSecret = true
        guard let text = oneText(name, required: length.lowerBound > 0, as: .string), !text.isEmpty else {
            if length.lowerBound > 0, violations.last?.field != name { refuse(name, "input.missing") }
            return ""
        }
        return checked(text, name, length) ?? ""
    }

    public mutating func id<Subject>(_ name: String, of _: Subject.Type = Subject.self) -> ID<Subject> {
        describe(name, .id, required: true)
        let nobody = ID<Subject>(UUIDValue(high: 0, low: 0))
        guard let text = cleanText(name, required: true) else { return nobody }
        return readID(text, name) ?? nobody
    }

    public mutating func optionalID<Subject>(_ name: String, of _: Subject.Type = Subject.self) -> ID<Subject>? {
        describe(name, .id, required: false)
        guard let text = cleanText(name, required: false) else { return nil }
        return readID(text, name)
    }

    /// Several identifiers: a repeated form field or a JSON array. Doubles count once.
    public mutating func ids<Subject>(_ name: String, of _: Subject.Type = Subject.self, maximum: Int) -> [ID<Subject>]
    {
        describe(name, .ids(maximum: maximum), required: false)
        var result: [ID<Subject>] = []
        for text in texts(name, as: .strings) where !text.isEmpty {
            guard let id: ID<Subject> = readID(text, name) else { return [] }
            if !result.contains(id) { result.append(id) }
            guard result.count <= maximum else {
                refuse(name, "input.too-many", ["max": String(maximum)])
                return []
            }
        }
        return result
    }

    /// One of the cases of an enum with text codes.
    public mutating func choice<Choice>(_ name: String, of _: Choice.Type = Choice.self) -> Choice
    where Choice: RawRepresentable<String> & CaseIterable {
        let fallback = Choice.allCases[Choice.allCases.startIndex]
        describe(name, .choice(Choice.allCases.map(\.rawValue)), required: true)
        guard let text = cleanText(name, required: true) else { return fallback }
        return readChoice(text, name) ?? fallback
    }

    public mutating func optionalChoice<Choice>(_ name: String, of _: Choice.Type = Choice.self) -> Choice?
    where Choice: RawRepresentable<String> & CaseIterable {
        describe(name, .choice(Choice.allCases.map(\.rawValue)), required: false)
        guard let text = cleanText(name, required: false) else { return nil }
        return readChoice(text, name)
    }

    /// A whole number.
    public mutating func optionalInteger(_ name: String, in range: ClosedRange<Int>) -> Int? {
        describe(name, .integer(range), required: false)
        guard let text = cleanText(name, required: false, as: .integer) else { return nil }
        guard let number = Int(text) else {
            refuse(name, "input.number")
            return nil
        }
        guard range.contains(number) else {
            refuse(name, "input.range", ["min": String(range.lowerBound), "max": String(range.upperBound)])
            return nil
        }
        return number
    }

    /// True for `1`, `true`, `on`; false when absent.
    public mutating func flag(_ name: String) -> Bool {
        describe(name, .flag, required: false)
        guard let text = cleanText(name, required: false, as: .bool) else { return false }
        switch text {
        case "1", "true", "on": return true
        case "0", "false", "off": return false
        default:
            refuse(name, "input.choice")
            return false
        }
    }

    /// A moment in ISO 8601, as browsers send it (`2026-11-18T10:24`) or whole; without an offset it is read at `zone`.
    public mutating func optionalInstant(_ name: String, zone: ZoneOffset) -> Instant? {
        describe(name, .instant, required: false)
        guard let text = cleanText(name, required: false) else { return nil }
        let isWithoutSeconds = text.utf8.count == "2026-11-18T10:24".utf8.count
        guard let instant = Instant(iso8601: isWithoutSeconds ? text + ":00" : text, defaultZone: zone) else {
            refuse(name, "input.instant")
            return nil
        }
        return instant
    }

    /// Files of a form, whole and within the rule. Told apart are those that are too large, empty, or too many.
    public mutating func files(_ name: String, _ rule: UploadRule) -> [UploadedFile] {
        describe(name, .files(rule), required: false)
        if case .json(let object) = incoming.body, object[name] != nil { refuse(name, "input.type") }
        var files: [UploadedFile] = []
        for (index, file) in incoming.files.filter({ $0.field == name }).enumerated() {
            let number = String(index + 1)
            switch file.outcome {
            case .stored(let file): files.append(file)
            case .tooLarge: refuse(name, "file.too-large", ["number": number, "max": String(rule.megabytes)])
            case .empty: refuse(name, "file.empty", ["number": number])
            case .surplus:
                // Once, however many there are.
                if index == rule.files { refuse(name, "file.too-many", ["max": String(rule.files)]) }
            }
        }
        return files
    }

    /// Adds a mistake that only this input can see (two fields that do not fit together).
    public mutating func refuse(_ name: String, _ code: String, _ arguments: [String: String] = [:]) {
        violations.append(RuleViolation(.invalid, code, field: name, arguments: arguments))
    }

    // MARK: Reading

    private mutating func describe(_ name: String, _ kind: FieldDescription.Kind, required: Bool) {
        descriptions.append(FieldDescription(name: name, kind: kind, isRequired: required))
        read.insert(name)
    }

    /// What a value must be in JSON. In forms, queries and paths everything is text.
    private enum JSONType {
        case string, strings, integer, bool
    }

    private mutating func texts(_ name: String, as type: JSONType) -> [String] {
        if let value = incoming.path[name] { return [value] }
        switch incoming.body {
        case .none: return incoming.query[name] ?? []
        case .form(let fields): return fields[name] ?? incoming.query[name] ?? []
        case .json(let object):
            switch (object[name], type) {
            case (nil, _): return incoming.query[name] ?? []
            case (.null?, _): return []
            case (.string(let text)?, .string): return [text]
            case (.integer(let number)?, .integer): return [String(number)]
            case (.bool(let flag)?, .bool): return [flag ? "true" : "false"]
            case (.array(let elements)?, .strings):
                let texts = elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
                if texts.count == elements.count { return texts }
            default: break
            }
            refuse(name, "input.type")
            return []
        }
    }

    /// The one text of that name as it came; `nil` when there is none (a mistake if it is required) or it is unusable.
    private mutating func oneText(_ name: String, required: Bool, as type: JSONType) -> String? {
        let before = violations.count
        let all = texts(name, as: type)
        guard violations.count == before else { return nil }
        guard all.count <= 1 else {
            refuse(name, "input.repeated")
            return nil
        }
        guard let text = all.first else {
            if required { refuse(name, "input.missing") }
            return nil
        }
        guard !text.holdsControlCharacters else {
            refuse(name, "input.control-characters")
            return nil
        }
        return text
    }

    /// The one text of that name, its line ends LF and without white space around it.
    private mutating func cleanText(_ name: String, required: Bool, as type: JSONType = .string) -> String? {
        guard var text = oneText(name, required: required, as: type) else { return nil }
        if text.utf8.contains(UInt8(ascii: "\r")) {
            text = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        }
        let isSpace = { (character: Character) in
            character.isWhitespace || character == "\u{200B}" || character == "\u{FEFF}"
        }
        guard let first = text.firstIndex(where: { !isSpace($0) }), let last = text.lastIndex(where: { !isSpace($0) })
        else {
            if required { refuse(name, "input.missing") }
            return nil
        }
        return String(text[first...last])
    }

    private mutating func checked(_ text: String, _ name: String, _ length: ClosedRange<Int>) -> String? {
        // Unicode scalars, as PostgreSQL's and SQLite's length() count, so that the limit means one thing everywhere.
        let count = text.scalarCount
        if count > length.upperBound {
            refuse(name, "input.too-long", ["max": String(length.upperBound), "count": String(count)])
            return nil
        }
        if count < length.lowerBound {
            refuse(name, "input.too-short", ["min": String(length.lowerBound)])
            return nil
        }
        return text
    }

    private mutating func readID<Subject>(_ text: String, _ name: String) -> ID<Subject>? {
        guard let id = ID<Subject>(text) else {
            refuse(name, "input.id")
            return nil
        }
        return id
    }

    private mutating func readChoice<Choice: RawRepresentable<String>>(_ text: String, _ name: String) -> Choice? {
        guard let choice = Choice(rawValue: text) else {
            refuse(name, "input.choice")
            return nil
        }
        return choice
    }

    /// A misspelt name in JSON would silently lose what it carried, and so would one that the path has already.
    private mutating func refuseUnknownNames() {
        guard case .json(let object) = incoming.body else { return }
        let unknown = object.keys.filter { !read.contains($0) || incoming.path[$0] != nil }.sorted()
        for name in unknown.prefix(Fields.maximumUnknownNames) {
            violations.append(RuleViolation(.invalid, "input.unknown", field: String(name.prefix(60))))
        }
    }

    /// Enough to find a mistake; a hostile body must not make a large answer.
    private static let maximumUnknownNames = 10
}
