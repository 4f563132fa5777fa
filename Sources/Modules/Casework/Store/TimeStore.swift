import Domain
import Storage

/// What a deployment has imported of holidays, office hours and limits.
enum TimeStore {
    // MARK: Holidays

    /// The version of the newest table; `nil` while nothing was imported.
    static func currentVersion(_ tx: ReadTransaction) throws -> String? {
        try tx.first("SELECT version FROM workday_table ORDER BY number DESC LIMIT 1")?.get("version")
    }

    static func table(_ version: String, _ tx: ReadTransaction) throws -> WorkdayTable? {
        guard
            let row = try tx.first(
                "SELECT first_day, last_day, exceptions FROM workday_table WHERE version = \(version)")
        else { return nil }
        var exceptions: [LocalDay: Bool] = [:]
        for part in try row.get("exceptions", as: String.self).split(separator: " ") {
            guard let number = Int(part.dropFirst()) else { throw StorageError(.decoding, "a day reads \(part)") }
            exceptions[LocalDay(number: number)] = part.first == "+"
        }
        return WorkdayTable(
            version: version, coverage: try row.get("first_day", as: LocalDay.self)...row.get("last_day"),
            exceptions: exceptions)
    }

    /// - Returns: false when there is a table of that version.
    static func insert(
        _ table: WorkdayTable, at now: Instant, _ tx: WriteTransaction
    ) throws -> Bool {
        let days = table.exceptions.sorted { $0.key < $1.key }.map { "\($0.value ? "+" : "-")\($0.key.number)" }
        let next = try tx.first("SELECT coalesce(max(number), 0) + 1 AS next FROM workday_table")
        return try tx.execute(
            """
            INSERT INTO workday_table (version, number, first_day, last_day, exceptions, imported_at)
            VALUES (\(table.version), \(try next?.get("next", as: Int.self) ?? 1), \(table.coverage.lowerBound),
                \(table.coverage.upperBound), \(days.joined(separator: " ")), \(now))
            ON CONFLICT (version) DO NOTHING
            """) == 1
    }

    // MARK: Office hours

    static func hours(
        of organisations: some Sequence<OrganisationID>, _ tx: ReadTransaction
    ) throws -> [OrganisationID: OfficeHours] {
        let rows = try tx.rows(
            "SELECT organisation_id, hours FROM office_hours WHERE organisation_id \(in: organisations)")
        var found: [OrganisationID: OfficeHours] = [:]
        for row in rows {
            let text: String = try row.get("hours")
            guard let hours = OfficeHours(text) else { throw StorageError(.decoding, "office hours read \(text)") }
            found[try row.get("organisation_id")] = hours
        }
        return found
    }

    static func put(_ hours: OfficeHours, of organisation: OrganisationID, _ tx: WriteTransaction) throws {
        try tx.enqueue(
            """
            INSERT INTO office_hours (organisation_id, hours) VALUES (\(organisation), \(hours.description))
            ON CONFLICT (organisation_id) DO UPDATE SET hours = excluded.hours
            """)
    }

    // MARK: Limits of matters

    static func rules(of names: [String], _ tx: ReadTransaction) throws -> [LimitRule] {
        try tx.rows(
            "SELECT matter, stage, class, amount, unit FROM matter_limit WHERE matter \(in: names) ORDER BY matter, stage"
        ).map { row in
            LimitRule(
                matter: try row.get("matter"), matterClass: try row.get("class"), stage: try row.get("stage"),
                amount: LimitAmount(try row.get("amount"), try row.get("unit")))
        }
    }

    static func put(_ rule: LimitRule, _ tx: WriteTransaction) throws {
        try tx.enqueue(
            """
            INSERT INTO matter_limit (matter, stage, class, amount, unit)
            VALUES (\(rule.matter), \(rule.stage), \(rule.matterClass), \(rule.amount.count), \(rule.amount.unit))
            ON CONFLICT (matter, stage) DO UPDATE SET class = excluded.class, amount = excluded.amount,
                unit = excluded.unit
            """)
    }

    /// Takes away what was said of these names, before a file says it anew.
    static func removeRules(of names: [String], _ tx: WriteTransaction) throws {
        try tx.enqueue("DELETE FROM matter_limit WHERE matter \(in: names)")
    }
}
