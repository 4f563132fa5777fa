public import Domain
import Identity
import Storage

/// What became of a file of holidays, limits or office hours. A file with any mistake changes nothing.
public struct TimeImport: Hashable, Sendable {
    /// Lines that hold now.
    public var taken = 0
    /// By line; when there is any, nothing was taken.
    public var errors: [TimeFileError] = []
}

/// Brings in the holidays of one year or more. They continue the table that holds, from the first of January of the
/// file's first year on; limits that looked past the coverage of the earlier one are computed again.
public struct ImportHolidays: Sendable {
    /// Names the table: `cn-2004-2027`.
    public var version: String
    /// The last day that it knows.
    public var coveredUntil: LocalDay
    public var content: String

    public init(version: String, coveredUntil: LocalDay, content: String) {
        self.version = version
        self.coveredUntil = coveredUntil
        self.content = content
    }

    /// - Throws: `times.import.version`, `times.import.version-taken`, `times.import.coverage`, `times.import.gap`.
    public func run(in casework: Casework) async throws -> TimeImport {
        guard (1...60).contains(version.utf8.count) else {
            throw RuleViolation(.invalid, "times.import.version", field: "version")
        }
        let file = HolidayFile(content)
        guard file.errors.isEmpty, let first = file.exceptions.keys.min(), let last = file.exceptions.keys.max(),
            let start = LocalDay(year: first.civil.year, month: 1, day: 1)
        else { return TimeImport(errors: file.errors) }
        guard last <= coveredUntil else {
            throw RuleViolation(.invalid, "times.import.coverage", field: "until", arguments: ["day": last.description])
        }
        let now = casework.world.now()
        let id: AuditID = casework.world.id()
        try await casework.database.write { tx in
            let current = try casework.timetable(tx).table
            guard start <= current.coverage.upperBound.advanced(by: 1) else {
                throw RuleViolation(
                    .invalid, "times.import.gap", field: "date",
                    arguments: ["day": current.coverage.upperBound.description])
            }
            let table = current.continued(
                from: start, until: coveredUntil, by: file.exceptions, version: version)
            guard version != (try ShippedTimes.load().workdays.version), try TimeStore.insert(table, at: now, tx) else {
                throw RuleViolation(.conflict, "times.import.version-taken", field: "version")
            }
            try Recalculation.plan(at: now, tx)
            try tx.audit(.console(id, at: now, "casework.holidays.import"))
        }
        return TimeImport(taken: file.exceptions.count)
    }
}

/// Says how long the stages of matters may take. What the file says of a matter, class or kind replaces everything that
/// was imported about the same before; limits that run already keep their ends.
public struct ImportLimits: Sendable {
    public var content: String

    public init(content: String) {
        self.content = content
    }

    public func run(in casework: Casework) async throws -> TimeImport {
        let catalogues = casework.catalogues
        let file = LimitFile(content) { catalogues.mayBeLimited($0) }
        guard file.errors.isEmpty else { return TimeImport(errors: file.errors) }
        let now = casework.world.now()
        let id: AuditID = casework.world.id()
        try await casework.database.write { tx in
            try TimeStore.removeRules(of: Array(Set(file.rules.map(\.matter))), tx)
            for rule in file.rules { try TimeStore.put(rule, tx) }
            try tx.audit(.console(id, at: now, "casework.limits.import"))
        }
        return TimeImport(taken: file.rules.count)
    }
}

/// Says when organisations are open. Limits that run already keep their ends.
public struct ImportOfficeHours: Sendable {
    public var content: String

    public init(content: String) {
        self.content = content
    }

    public func run(in casework: Casework) async throws -> TimeImport {
        let file = OfficeHoursFile(content)
        guard file.errors.isEmpty else { return TimeImport(errors: file.errors) }
        let now = casework.world.now()
        let id: AuditID = casework.world.id()
        return try await casework.database.write { tx in
            let found = try file.lines.map { line in
                (line, try OrganisationStore.organisation(code: line.organisation, in: tx)?.id)
            }
            let errors = found.filter { $0.1 == nil }.map {
                TimeFileError($0.0.number, "organisation", "organisation.unknown")
            }
            guard errors.isEmpty else { return TimeImport(errors: errors) }
            for case (let line, let organisation?) in found { try TimeStore.put(line.hours, of: organisation, tx) }
            try tx.audit(.console(id, at: now, "casework.office-hours.import"))
            return TimeImport(taken: found.count)
        }
    }
}

extension Catalogues {
    /// Whether a limit may be said of the name: an entry or class, a kind, a catalogue, or everything.
    func mayBeLimited(_ name: String) -> Bool {
        if name == LimitBook.everything || MatterReference(name).map(contains) == true { return true }
        let standards = Set(directories.map(\.standard) + [demands.standard])
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let standard = parts.first, standards.contains(standard) else { return false }
        return parts.count == 1 || parts.count == 2 && MatterKind(rawValue: parts[1]) != nil
    }
}

extension AuditEntry {
    /// Something done on the machine itself.
    fileprivate static func console(_ id: AuditID, at moment: Instant, _ action: String) -> AuditEntry {
        AuditEntry(
            id: id, at: moment, origin: .console, account: nil, organisation: nil, action: action,
            subjectKind: "casework.times", subject: nil)
    }
}
