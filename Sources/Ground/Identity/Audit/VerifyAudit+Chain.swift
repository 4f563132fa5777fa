import Domain
import Storage
import Web

extension VerifyAudit {
    /// Follows the seals from the first to the head: numbers without a gap, links that fit, rows that still say what
    /// was sealed.
    func proveChain(to head: AuditHead?, on database: any Database, _ outcome: inout Outcome) async throws {
        var (number, link) = (Int64(0), ChainLink.genesis)
        let end = head?.number ?? 0
        while number < end {
            let page = try await page(after: number, on: database)
            if page.seals.isEmpty { break }
            for seal in page.seals {
                guard seal.number <= end else { break }
                if let broken = verdict(on: seal, number: number + 1, after: link, page.digests) {
                    outcome.broken.append(broken)
                    return
                }
                (number, link) = (seal.number, seal.link)
                if let kept, kept.number == number, kept.link != link {
                    outcome.broken.append(Phrase("identity.trail.kept-differs", ["number": String(number)]))
                    return
                }
            }
            outcome.seals = number
            progress(number)
        }
        if let head, number < head.number || link != head.link {
            outcome.broken.append(
                Phrase("identity.trail.cut", ["number": String(number), "head": String(head.number)]))
        } else if let kept, kept.number > number {
            outcome.broken.append(
                Phrase("identity.trail.kept-ahead", ["number": String(number), "head": String(kept.number)]))
        } else if head == nil, try await database.read({ tx in try SealStore.last(in: tx) }) > 0 {
            outcome.broken.append("identity.trail.no-head")
        }
    }

    private struct SealPage: Sendable {
        let seals: [Seal]
        /// What the rows say now, by table and id.
        let digests: [String: [UUIDValue: [UInt8]]]
    }

    private func page(after number: Int64, on database: any Database) async throws -> SealPage {
        let tables = tables
        let (seals, rows) = try await database.read { tx in
            let seals = try SealStore.seals(after: number, limit: Self.window, in: tx)
            var rows: [String: [UUIDValue: Row]] = [:]
            for table in tables {
                let name = table.name.description
                rows[name] = try table.rows(seals.filter { $0.source == name }.map(\.record), in: tx)
            }
            return (seals, rows)
        }
        var digests: [String: [UUIDValue: [UInt8]]] = [:]
        for table in tables {
            let name = table.name.description
            digests[name] = rows[name]?.mapValues { Seal.digest(table.canonicalBytes(of: $0)) }
        }
        return SealPage(seals: seals, digests: digests)
    }

    /// What is wrong with a seal; `nil` when nothing is.
    private func verdict(
        on seal: Seal, number: Int64, after link: ChainLink, _ digests: [String: [UUIDValue: [UInt8]]]
    ) -> Phrase? {
        guard seal.number == number else {
            return Phrase("identity.trail.gap", ["number": String(number), "next": String(seal.number)])
        }
        let place = ["number": String(number), "table": seal.source, "id": seal.record.description]
        let expected = Seal.link(
            after: link, number: number, source: seal.source, record: seal.record, digest: seal.digest)
        guard seal.link == expected else { return Phrase("identity.trail.link", place) }
        guard let digest = digests[seal.source]?[seal.record] else { return Phrase("identity.trail.removed", place) }
        return digest == seal.digest ? nil : Phrase("identity.trail.changed", place)
    }

    /// Counts rows without a seal, and finds one that is too old to be without.
    func countWaiting(
        _ table: AppendOnlyTable, on database: any Database, at now: Instant, _ outcome: inout Outcome
    ) async throws {
        var cursor = UUIDValue(high: 0, low: 0)
        var isTold = false
        while true {
            let from = cursor
            let (ids, sealed) = try await database.read { tx in
                let ids = try table.ids(after: from, limit: Self.window, in: tx)
                let sealed =
                    try ids.last.map { try SealStore.sealed(table.name.description, after: from, through: $0, in: tx) }
                return (ids, sealed ?? [])
            }
            guard let last = ids.last else { return }
            for id in ids where !sealed.contains(id) {
                outcome.waiting += 1
                // The first 48 bits are the millisecond of making.
                let made = Instant(milliseconds: Int64(id.high >> 16))
                if !isTold, now.milliseconds(since: made) > Self.patienceSeconds * 1000 {
                    isTold = true
                    outcome.broken.append(
                        Phrase("identity.trail.unsealed", ["table": table.name.description, "id": id.description]))
                }
            }
            cursor = last
        }
    }
}
