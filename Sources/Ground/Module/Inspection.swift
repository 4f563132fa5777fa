public import Domain
public import Storage

/// Something that must be true of the rows of a module, looked at without changing any: what `linli doctor` runs.
///
/// It may run while people work, so each comparison reads what it compares in one transaction, and no transaction reads
/// more than some hundred objects.
public struct Inspection: Sendable {
    /// The module first: `casework.histories`.
    public let name: String
    /// One English sentence: what must be true.
    public let rule: String
    private let look: @Sendable (any Database, Instant) async throws -> Outcome

    /// What was looked at, and what is wrong with it.
    public struct Outcome: Sendable {
        /// How many things were looked at; an inspection of nothing proves nothing.
        public var seen: Int
        /// One line each, with identifiers and without personal data.
        public var findings: [String]

        public init(seen: Int = 0, findings: [String] = []) {
            self.seen = seen
            self.findings = findings
        }

        public static func += (left: inout Outcome, right: Outcome) {
            left.seen += right.seen
            left.findings += right.findings
        }
    }

    public init(
        _ name: String, _ rule: String, _ look: @escaping @Sendable (any Database, Instant) async throws -> Outcome
    ) {
        self.name = name
        self.rule = rule
        self.look = look
    }

    public func run(on database: any Database, at now: Instant) async throws -> Outcome {
        try await look(database, now)
    }

    /// Looks at everything that `read` gives, part by part, each part in a transaction of its own.
    /// - Parameter read: what comes behind `after` (from the beginning when it is `nil`), and the last of it; `nil` as
    ///   the last when nothing is left.
    public static func inParts<Mark: Sendable>(
        of database: any Database,
        _ read: @escaping @Sendable (_ after: Mark?, ReadTransaction) throws -> (outcome: Outcome, last: Mark?)
    ) async throws -> Outcome {
        var all = Outcome()
        var after: Mark?
        repeat {
            let mark = after
            let part = try await database.read { tx in try read(mark, tx) }
            all += part.outcome
            after = part.last
        } while after != nil
        return all
    }
}
