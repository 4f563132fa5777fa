import Casework
import Domain
import Storage
import Vault

/// Fills the demo street with cases of three years, straight through the storage seam: 5 % of them open, most of those
/// young, and a few thousand reports that wait for a decision. The same seed makes the same street, apart from the ids
/// of the demo's own areas, people and organisations.
struct StreetFiller {
    let place: Place
    let cases: Int
    let seed: UInt64

    struct Filled {
        let rows: Int
        let seconds: Double
    }

    /// Cases in one transaction.
    private static let chunk = 1000
    private static let openShare = 0.05
    private static let years = 3.0

    func run() async throws -> Filled {
        let database = try place.open()
        let people = try await StreetPeople(database)
        let keys = try KeyFile(path: place.keys).load()
        var texts = ReportTexts(seed: seed)
        let words = (0..<2000).map { _ in
            let text = texts.next()
            let redacted = Redaction(of: text).text
            return (text: text, redacted: redacted, title: String(redacted.prefix(29)))
        }
        let clock = ContinuousClock()
        let start = clock.now
        var rows = 0
        var plan = Plan(cases: cases, letters: people.letters, seed: seed)
        var next: (statements: [SQL], rows: Int)? = try Self.chunk(&plan, people, words, keys)
        while let present = next {
            // The next rows are made while these are written.
            async let writing: Void = database.write { tx in
                for statement in present.statements { try tx.enqueue(statement) }
            }
            next = try Self.chunk(&plan, people, words, keys)
            try await writing
            rows += present.rows
        }
        try await finish(plan, people, database)
        let seconds = (clock.now - start).seconds
        await database.close()
        return Filled(rows: rows, seconds: seconds)
    }

    /// When each case was opened, how far it has come and which number it has.
    private struct Plan {
        let cases: Int
        let letters: String
        let first: Instant
        let last: Instant
        var chance: SeededChance
        var index = 0
        var counters: [LocalDay: Int] = [:]

        init(cases: Int, letters: String, seed: UInt64) {
            self.cases = cases
            self.letters = letters
            last = World.live.now().advanced(bySeconds: -86_400)
            first = last.advanced(bySeconds: -Int64(StreetFiller.years * 365 * 86_400))
            chance = SeededChance(seed: seed &+ 1)
        }

        mutating func next() throws -> (opened: Instant, progress: Progress, number: CaseNumber) {
            let opened = first.advanced(byMilliseconds: last.milliseconds(since: first) * Int64(index) / Int64(cases))
            // Four in five of the youngest are open.
            let isYoung = Double(index) >= Double(cases) * (1 - StreetFiller.openShare / 0.8)
            let progress = isYoung && chance.happens(0.8) ? Progress.open(&chance) : .closed
            index += 1
            let day = LocalDay(of: opened, at: .china)
            counters[day, default: 0] += 1
            guard let number = CaseNumber(street: letters, day: day, running: counters[day] ?? 1) else {
                throw BenchError("no case number for \(day)")
            }
            return (opened, progress, number)
        }
    }

    private static func chunk(
        _ plan: inout Plan, _ people: StreetPeople, _ words: [(text: String, redacted: String, title: String)],
        _ keys: KeyRing
    ) throws -> (statements: [SQL], rows: Int)? {
        guard plan.index < plan.cases else { return nil }
        var chunk = StreetChunk(people: people, texts: words, keys: keys, index: plan.index)
        for _ in 0..<min(Self.chunk, plan.cases - plan.index) {
            let (opened, progress, number) = try plan.next()
            try chunk.add(at: opened, progress, number: number)
            // One report in two hundred is still undecided.
            if plan.index % 200 == 0 { try chunk.addWaiting(at: opened) }
        }
        let rows = chunk.rows
        return (chunk.statements(), rows)
    }

    /// The counters that the relay would have kept, and what the planner should know.
    private func finish(_ plan: Plan, _ people: StreetPeople, _ database: any Database) async throws {
        let counters = plan.counters
        let street = people.street
        try await database.write { tx in
            for (day, last) in counters {
                try tx.enqueue(
                    """
                    INSERT INTO case_number_counter (street_id, day, last) VALUES (\(street), \(day), \(last))
                    ON CONFLICT (street_id, day) DO UPDATE SET last = excluded.last
                    """)
            }
            try tx.enqueue("DELETE FROM queue_counter")
            try tx.enqueue(
                """
                INSERT INTO queue_counter (scope, queue, count)
                SELECT scope, queue, count(*) FROM (
                    SELECT scope, queue FROM case_scope WHERE open = 1
                    UNION ALL SELECT scope, queue FROM report_scope
                ) AS place WHERE queue <> 'none' GROUP BY scope, queue
                """)
        }
        // PostgreSQL does this by itself a minute later; the measurement should not meet it.
        if database.dialect == .postgres { try await database.write { tx in try tx.execute("ANALYZE") } }
    }
}
