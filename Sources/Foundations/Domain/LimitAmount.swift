/// What limits are counted in. The four are never mixed: five working days are not a hundred and twenty hours.
public enum LimitUnit: String, Hashable, Sendable, CaseIterable, Codable {
    /// 紧急工作时: hours that run day and night, on every day.
    case urgentHour = "urgent-hour"
    /// 工作时: hours in which the office is open.
    case workingHour = "working-hour"
    /// 工作日: days that are worked; the day after the beginning is the first.
    case workingDay = "working-day"
    /// 自然日: all days; the day after the beginning is the first.
    case calendarDay = "calendar-day"

    public var isDays: Bool {
        switch self {
        case .urgentHour, .workingHour: false
        case .workingDay, .calendarDay: true
        }
    }
}

/// How long something may take: `5 工作日`.
public struct LimitAmount: Hashable, Sendable {
    /// At least 1.
    public let count: Int
    public let unit: LimitUnit

    public init(_ count: Int, _ unit: LimitUnit) {
        precondition(count >= 1)
        self.count = count
        self.unit = unit
    }
}

/// A stretch of time, counted in one of the units.
public enum UnitTime: Hashable, Sendable {
    /// For the units of hours.
    case milliseconds(Int64)
    /// For the units of days: days after the first, the last one included.
    case days(Int)
}

/// A result of a calendar, and whether it looked at days that the table does not know.
public struct Reckoned<Value: Hashable & Sendable>: Hashable, Sendable {
    public let value: Value
    /// Outside the coverage weekends alone were taken into account: to be computed again when the table is there.
    public let isProvisional: Bool

    public init(_ value: Value, isProvisional: Bool) {
        self.value = value
        self.isProvisional = isProvisional
    }
}
