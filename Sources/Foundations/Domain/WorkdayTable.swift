/// Which days are worked: Monday to Friday, but for the exceptions that the State Council announces each year
/// (statutory holidays, and weekends that are worked in exchange).
public struct WorkdayTable: Hashable, Sendable {
    /// Names the table, so that a limit can say what it was computed with: `cn-2004-2026`.
    public let version: String
    /// The days that the table knows. Outside of it nothing but the weekday is known.
    public let coverage: ClosedRange<LocalDay>
    private let isWorked: [LocalDay: Bool]

    /// - Parameter exceptions: whether the day is worked, for each day that differs from its weekday or might.
    public init(version: String, coverage: ClosedRange<LocalDay>, exceptions: [LocalDay: Bool]) {
        self.version = version
        self.coverage = coverage
        self.isWorked = exceptions
    }

    /// Whether the day is worked. A guess from the weekday outside the coverage: see ``covers(_:)``.
    public func isWorkday(_ day: LocalDay) -> Bool {
        isWorked[day] ?? (day.weekday <= 5)
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
