/// Which days are worked: Monday to Friday, but for the exceptions that the State Council announces each year
/// (statutory holidays, and weekends that are worked in exchange).
public struct WorkdayTable: Hashable, Sendable {
    /// Names the table, so that a limit can say what it was computed with: `cn-2004-2026`.
    public let version: String
    /// The days that the table knows. Outside of it nothing but the weekday is known.
    public let coverage: ClosedRange<LocalDay>
    /// Whether the day is worked, for each day that differs from its weekday or might.
    public let exceptions: [LocalDay: Bool]

    public init(version: String, coverage: ClosedRange<LocalDay>, exceptions: [LocalDay: Bool]) {
        self.version = version
        self.coverage = coverage
        self.exceptions = exceptions
    }

    /// Whether the day is worked. A guess from the weekday outside the coverage: see ``covers(_:)``.
    public func isWorkday(_ day: LocalDay) -> Bool {
        exceptions[day] ?? (day.weekday <= 5)
    }

    /// This table with another one laid over it: from `start` on, what the other says holds.
    /// - Parameter start: not later than the day after the coverage, so that no gap is left.
    public func continued(
        from start: LocalDay, until end: LocalDay, by exceptions: [LocalDay: Bool], version: String
    ) -> WorkdayTable {
        WorkdayTable(
            version: version, coverage: min(coverage.lowerBound, start)...end,
            exceptions: self.exceptions.filter { $0.key < start }.merging(exceptions) { _, new in new })
    }

    public func covers(_ day: LocalDay) -> Bool {
        coverage.contains(day)
    }
}

extension LocalDay {
    public func advanced(by days: Int) -> LocalDay {
        LocalDay(number: number + days)
    }
}
