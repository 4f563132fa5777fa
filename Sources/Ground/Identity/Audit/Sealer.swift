public import Domain
public import Logging
public import Storage
import Synchronization

/// Seals what others have written: gives each new row of the sealed tables the next number and links it into the chain.
///
/// Writers know nothing of it and never wait for one another. Any number of nodes may run one: the head is moved from
/// where it was seen, so that of two only one goes on. It never goes on from a head that is not signed or does not fit
/// the seals: a chain that somebody has tampered with stays as it was found, for `linli audit verify` to tell.
public final class Sealer: Sendable {
    public struct Options: Sendable {
        /// Rows sealed in one transaction: a few milliseconds of SQLite's one writer.
        public var batch = 400
        /// How long to rest when nothing is left.
        public var interval: Duration = .seconds(2)
        /// How far back each round looks. Ids tell when a row was prepared; it is seen once committed.
        public var recentSeconds: Int64 = 30
        /// How far back to look once a minute, for transactions and clocks that are late.
        public var lateSeconds: Int64 = 15 * 60
        /// Everything is looked through at start and once an hour.
        public var thoroughSeconds: Int64 = 3600

        public init() {}
    }

    /// Why the chain cannot be continued.
    public enum Broken: Error, Hashable, Sendable, CustomStringConvertible {
        case signature
        case seals
        case goneBack(from: Int64, to: Int64)

        public var description: String {
            switch self {
            case .signature: "the head of the audit chain has no valid signature"
            case .seals: "the head of the audit chain does not fit its last seal"
            case .goneBack(let from, let to): "the head of the audit chain went back from \(from) to \(to)"
            }
        }
    }

    private let database: any Database
    private let tables: [AppendOnlyTable]
    private let signer: HeadSigner
    private let world: World
    private let logger: Logger
    private let options: Options
    /// The last head that this process has seen: one from before it is an old one that somebody has put back.
    private let seen = Mutex<Int64>(0)

    public init(
        database: any Database, tables: [AppendOnlyTable], signer: HeadSigner, world: World, logger: Logger,
        options: Options = Options()
    ) {
        self.database = database
        self.tables = tables
        self.signer = signer
        self.world = world
        self.logger = logger
        self.options = options
    }

    /// Seals until the task is cancelled.
    public func run() async {
        var late = world.now()
        var thorough: Instant?
        while !Task.isCancelled {
            let now = world.now()
            do {
                if thorough.map({ now.milliseconds(since: $0) >= options.thoroughSeconds * 1000 }) ?? true {
                    try await sealEverything()
                    thorough = now
                    late = now
                } else if now.milliseconds(since: late) >= 60_000 {
                    try await seal(from: now.advanced(bySeconds: -options.lateSeconds))
                    late = now
                } else {
                    try await seal(from: now.advanced(bySeconds: -options.recentSeconds))
                }
            } catch is CancellationError {
                return
            } catch let broken as Broken {
                logger.critical("nothing is sealed: \(broken); run linli audit verify")
            } catch {
                logger.error("the audit trail could not be sealed", metadata: ["error": "\(error)"])
            }
            try? await Task.sleep(for: options.interval)
        }
    }

    /// Seals all that has been committed, however old.
    /// - Returns: how many rows were sealed.
    @discardableResult
    public func sealEverything() async throws -> Int {
        try await seal(from: Instant(milliseconds: 0))
    }

    @discardableResult
    private func seal(from start: Instant) async throws -> Int {
        var sealed = 0
        for table in tables {
            // Ids are UUIDs of version 7: they begin with the moment of making.
            var cursor = UUIDValue(high: UInt64(max(0, start.milliseconds)) << 16, low: 0)
            while let next = try await sealWindow(of: table, after: cursor, &sealed) {
                try Task.checkCancellation()
                cursor = next
            }
        }
        return sealed
    }

    /// Rows looked at in one read.
    private static let window = 2000

    /// - Returns: where the next window begins, `nil` when this was the last.
    private func sealWindow(
        of table: AppendOnlyTable, after cursor: UUIDValue, _ count: inout Int
    ) async throws -> UUIDValue? {
        let batch = options.batch
        let found = try await database.read { tx in
            let ids = try table.ids(after: cursor, limit: Self.window, in: tx)
            guard let last = ids.last else { return nil as Found? }
            let sealed = try SealStore.sealed(table.name.description, after: cursor, through: last, in: tx)
            let open = ids.filter { !sealed.contains($0) }
            let now = Array(open.prefix(batch))
            return Found(
                ids: now, rows: try table.rows(now, in: tx),
                next: open.count > batch ? now.last : ids.count == Self.window ? last : nil, end: try End(tx))
        }
        guard let found else { return nil }
        guard !found.ids.isEmpty else { return found.next }
        try check(found.end)
        var (number, link) = (found.end.head?.number ?? 0, found.end.head?.link ?? .genesis)
        var seals: [Seal] = []
        for id in found.ids {
            guard let row = found.rows[id] else { continue }
            number += 1
            let seal = Seal(
                number: number, after: link, source: table.name.description, record: id,
                digest: Seal.digest(table.canonicalBytes(of: row)))
            link = seal.link
            seals.append(seal)
        }
        let head = try signer.head(number: number, link: link, at: world.now())
        let made = seals
        let moved = try await database.write { tx in
            guard try SealStore.move(from: found.end.head?.number ?? 0, to: head, in: tx) else { return false }
            for seal in made { try SealStore.insert(seal, in: tx) }
            return true
        }
        // Another node was quicker: look again from the same place.
        guard moved else { return cursor }
        seen.withLock { $0 = max($0, number) }
        count += made.count
        return found.next
    }

    private struct Found: Sendable {
        let ids: [UUIDValue]
        let rows: [UUIDValue: Row]
        let next: UUIDValue?
        let end: End
    }

    /// The head with what must agree with it.
    private struct End: Sendable {
        let head: AuditHead?
        let last: Int64
        let link: ChainLink?

        init(_ tx: ReadTransaction) throws {
            head = try SealStore.head(in: tx)
            last = try SealStore.last(in: tx)
            link = try SealStore.link(of: last, in: tx)
        }
    }

    private func check(_ end: End) throws {
        guard let head = end.head else {
            guard end.last == 0 else { throw Broken.seals }
            return try checkProgress(0)
        }
        guard head.isSigned(by: signer.publicKeys) else { throw Broken.signature }
        guard head.number == end.last, head.link == end.link else { throw Broken.seals }
        try checkProgress(head.number)
    }

    private func checkProgress(_ number: Int64) throws {
        let before = seen.withLock { seen in
            let before = seen
            seen = max(seen, number)
            return before
        }
        guard number >= before else { throw Broken.goneBack(from: before, to: number) }
    }
}
