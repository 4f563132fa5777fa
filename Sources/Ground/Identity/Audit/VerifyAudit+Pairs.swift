import Domain
import Module
import Storage
import Web

extension VerifyAudit {
    /// Goes through the trail and through what the modules' rows owe to it, side by side in the order of ids.
    func compare(on database: any Database, _ outcome: inout Outcome) async throws {
        var cursor = UUIDValue(high: 0, low: 0)
        while true {
            let from = cursor
            let checks = checks
            // In one snapshot: a row and its entry are committed together, so that either both are seen or neither.
            let (entries, owed, through) = try await database.read { tx in
                let entries = try AuditStore.brief(after: from, limit: Self.window, in: tx)
                let isLast = entries.count < Self.window
                let through = isLast ? UUIDValue(high: .max, low: .max) : entries[entries.count - 1].id
                var owed: [[CrossCheck.Owed]] = []
                for check in checks { owed.append(try Self.all(check, after: from, through: through, tx)) }
                return (entries, owed, isLast ? nil : through)
            }
            if let broken = Self.difference(entries, owed, checks, &outcome) {
                outcome.broken.append(broken)
                return
            }
            outcome.entries += entries.count
            guard let through else { return }
            cursor = through
        }
    }

    private static func all(
        _ check: CrossCheck, after: UUIDValue, through: UUIDValue, _ tx: ReadTransaction
    ) throws -> [CrossCheck.Owed] {
        var all: [CrossCheck.Owed] = []
        var cursor = after
        while true {
            let page = try check.owed(cursor, through, window, tx)
            all += page
            guard page.count == window, let last = page.last else { return all }
            cursor = last.id
        }
    }

    private static func difference(
        _ entries: [AuditStore.Brief], _ owed: [[CrossCheck.Owed]], _ checks: [CrossCheck], _ outcome: inout Outcome
    ) -> Phrase? {
        var expected: [UUIDValue: CrossCheck.Owed] = [:]
        for row in owed.joined() { expected[row.id] = row }
        for entry in entries {
            let place = ["id": entry.id.description, "action": entry.action]
            guard let row = expected.removeValue(forKey: entry.id) else {
                if checks.contains(where: { $0.isPaired(entry.action) }) {
                    return Phrase("identity.trail.no-row", place)
                }
                continue
            }
            guard row.action == entry.action, row.account == entry.account, row.subject == entry.subject else {
                return Phrase("identity.trail.differs", place)
            }
            outcome.pairs += 1
        }
        guard let missing = expected.values.min(by: { $0.id < $1.id }) else { return nil }
        return Phrase("identity.trail.no-entry", ["id": missing.id.description, "action": missing.action])
    }
}
