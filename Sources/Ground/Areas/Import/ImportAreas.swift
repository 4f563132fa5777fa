public import Domain
public import Storage
import Web

/// Brings a file of areas into the tree. A file with any mistake changes nothing; the same file again changes nothing.
/// Areas that the file does not name stay as they are.
public struct ImportAreas: Sendable {
    /// The content of the file, in UTF-8.
    public let content: String

    public init(content: String) {
        self.content = content
    }

    public struct Outcome: Hashable, Sendable {
        public var added = 0
        public var corrected = 0
        public var unchanged = 0
        /// By line; when there is any, the counts are zero.
        public var errors: [ImportError] = []
    }

    /// Rows a transaction; a chunk takes well under 50 ms on either engine.
    private static let chunk = 500

    public func run(on database: any Database, world: World) async throws -> Outcome {
        let file = AreaFile(content)
        var errors = file.errors
        if errors.isEmpty { errors = try await contradictions(of: file, on: database) }
        guard errors.isEmpty else {
            var outcome = Outcome()
            outcome.errors = errors.sorted { ($0.line, $0.column ?? "") < ($1.line, $1.column ?? "") }
            return outcome
        }
        // Parents first: a shorter code stands before the codes that begin with it.
        let lines = file.lines.sorted { $0.code < $1.code }
        let now = world.now()
        var outcome = Outcome()
        for start in stride(from: 0, to: lines.count, by: Self.chunk) {
            let part = lines[start..<min(start + Self.chunk, lines.count)].map {
                (line: $0, id: world.id(AreaTag.self))
            }
            let result = try await database.write { tx in try Self.write(part, at: now, in: tx) }
            outcome.added += result.added
            outcome.corrected += result.corrected
            outcome.unchanged += result.unchanged
        }
        return outcome
    }

    /// What only the present tree can tell: parents that are nowhere, letters that another street has.
    private func contradictions(of file: AreaFile, on database: any Database) async throws -> [ImportError] {
        let tree = try await database.read { tx in AreaTree(try AreaStore.all(in: tx), revision: 0) }
        let inFile = Set(file.lines.map(\.code))
        let lettersInUse = Dictionary(
            tree.roots.flatMap { tree.children(of: $0.id) }
                .filter { $0.validTo == nil && !inFile.contains($0.code) }
                .compactMap { street in street.letters.map { ($0, street.code) } },
            uniquingKeysWith: { first, _ in first })
        var errors: [ImportError] = []
        for line in file.lines {
            if let parent = line.code.parent, !inFile.contains(parent), tree.area(code: parent) == nil {
                errors.append(
                    ImportError(
                        line: line.number, column: "parent_code", "areas.import.parent-unknown", ["code": parent.digits]
                    ))
            }
            if let letters = line.letters, let owner = lettersInUse[letters] {
                errors.append(
                    ImportError(
                        line: line.number, column: "letters", "areas.import.letters-taken", ["code": owner.digits]))
            }
        }
        return errors
    }

    private static func write(
        _ part: [(line: AreaFile.Line, id: AreaID)], at now: Instant, in tx: WriteTransaction
    ) throws -> Outcome {
        try AreaStore.lock(in: tx)
        let parents = part.compactMap { $0.line.code.parent }
        var known = Dictionary(
            try AreaStore.current(codes: Set(part.map(\.line.code)).union(parents), in: tx).map { ($0.code, $0) },
            uniquingKeysWith: { first, _ in first })
        var outcome = Outcome()
        for (line, id) in part {
            let name = LocalizedName(chinese: line.nameChinese, english: line.nameEnglish)
            if let area = known[line.code] {
                if area.name == name && area.letters == line.letters {
                    outcome.unchanged += 1
                } else {
                    try AreaStore.rename(area.id, to: name, letters: line.letters, in: tx)
                    outcome.corrected += 1
                }
                continue
            }
            let area = Area(
                id: id, parent: line.code.parent.flatMap { known[$0]?.id }, code: line.code, name: name,
                letters: line.letters, validFrom: now)
            try AreaStore.insert(area, in: tx)
            known[line.code] = area
            outcome.added += 1
        }
        if outcome.added + outcome.corrected > 0 { try AreaStore.markChanged(in: tx) }
        return outcome
    }
}
