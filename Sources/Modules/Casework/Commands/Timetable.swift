import Domain
import Storage
import Synchronization

/// The calendars that hold in one transaction.
struct Timetable: Sendable {
    let table: WorkdayTable
    let zone: ZoneOffset
    private let hours: [OrganisationID: OfficeHours]

    init(table: WorkdayTable, hours: [OrganisationID: OfficeHours] = [:], zone: ZoneOffset) {
        self.table = table
        self.hours = hours
        self.zone = zone
    }

    /// The calendar of an organisation; `nil` is the centre and what everybody is promised.
    func calendar(of organisation: OrganisationID?) -> WorkCalendar {
        WorkCalendar(table: table, hours: organisation.flatMap { hours[$0] } ?? .usual, zone: zone)
    }
}

/// Keeps tables of holidays that were read: a table of a version never changes.
final class KnownTables: Sendable {
    private let tables = Mutex<[String: WorkdayTable]>([:])

    func table(_ version: String, orRead read: () throws -> WorkdayTable?) throws -> WorkdayTable? {
        if let known = tables.withLock({ $0[version] }) { return known }
        guard let table = try read() else { return nil }
        tables.withLock { $0[version] = table }
        return table
    }
}

extension Casework {
    /// The calendars of these organisations, by the newest table of holidays. Costs one or two statements.
    func timetable(for organisations: Set<OrganisationID> = [], _ tx: ReadTransaction) throws -> Timetable {
        var table: WorkdayTable?
        if let version = try TimeStore.currentVersion(tx) {
            table = try knownTables.table(version) { try TimeStore.table(version, tx) }
        }
        let hours = organisations.isEmpty ? [:] : try TimeStore.hours(of: organisations, tx)
        return Timetable(table: try table ?? ShippedTimes.load().workdays, hours: hours, zone: world.zone)
    }

    /// How long the stages of the matter may take.
    func limitPlan(for matter: MatterReference?, _ tx: ReadTransaction) throws -> LimitPlan {
        let names = LimitBook.names(of: matter, in: catalogues)
        return try ShippedTimes.load().limits.plan(names, imported: try TimeStore.rules(of: names, tx))
    }
}
