public import Domain
public import Module
public import Storage
public import Web

/// Proves the audit chain from its first seal to its head, and asks the business tables whether anything is missing.
///
/// Reads a window at a time, so that memory does not grow with the trail; changes nothing.
public struct VerifyAudit: Sendable {
    let tables: [AppendOnlyTable]
    let checks: [CrossCheck]
    let publicKeys: [UInt32: [UInt8]]
    /// A head that was kept outside: the chain must still lead through it.
    let kept: AuditHead?
    /// Called now and then with the number of seals that have been proved.
    let progress: @Sendable (Int64) -> Void

    public init(
        tables: [AppendOnlyTable], checks: [CrossCheck], publicKeys: [UInt32: [UInt8]], kept: AuditHead? = nil,
        progress: @escaping @Sendable (Int64) -> Void = { _ in }
    ) {
        self.tables = tables
        self.checks = checks
        self.publicKeys = publicKeys
        self.kept = kept
        self.progress = progress
    }

    /// What was found. It stops at the first broken place of each part, so that there are at most a handful.
    public struct Outcome: Sendable {
        /// Seals of the chain that hold.
        public internal(set) var seals: Int64 = 0
        /// Entries of the trail that were compared with the business tables.
        public internal(set) var entries = 0
        /// Rows of the business tables that have their entry.
        public internal(set) var pairs = 0
        /// Rows that wait to be sealed.
        public internal(set) var waiting = 0
        public internal(set) var head: AuditHead?
        /// In the order in which they were found; empty when all is well.
        public internal(set) var broken: [Phrase] = []

        public var isSound: Bool { broken.isEmpty }
    }

    /// Rows looked at in one read.
    static let window = 2000

    /// A row that was written so long ago should have been sealed.
    static let patienceSeconds: Int64 = 3600

    public func run(on database: any Database, at now: Instant) async throws -> Outcome {
        var outcome = Outcome()
        let head = try await database.read { tx in try SealStore.head(in: tx) }
        outcome.head = head
        if let head, !head.isSigned(by: publicKeys) {
            outcome.broken.append(Phrase("identity.trail.head-unsigned", ["number": String(head.number)]))
        }
        if let kept, !kept.isSigned(by: publicKeys) { outcome.broken.append("identity.trail.kept-unsigned") }
        try await proveChain(to: head, on: database, &outcome)
        for table in tables { try await countWaiting(table, on: database, at: now, &outcome) }
        try await compare(on: database, &outcome)
        for check in checks {
            if let contradiction = try await check.contradiction(database) { outcome.broken.append(contradiction) }
        }
        return outcome
    }
}
