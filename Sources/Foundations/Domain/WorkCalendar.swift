/// Computes limits: which days are worked, when the office is open, in which zone.
///
/// What counts as the first day, what happens at lunch and outside office hours, and when a day ends is written down,
/// with its sources, in `docs/adr/008-working-hours.md`.
public struct WorkCalendar: Hashable, Sendable {
    public let table: WorkdayTable
    public let hours: OfficeHours
    public let zone: ZoneOffset

    public init(table: WorkdayTable, hours: OfficeHours = .usual, zone: ZoneOffset) {
        self.table = table
        self.hours = hours
        self.zone = zone
    }

    /// When the amount is over that began to run at `start`.
    ///
    /// Hours end on the minute; days end when the office closes.
    public func adding(_ amount: LimitAmount, to start: Instant) -> Reckoned<Instant> {
        switch amount.unit {
        case .urgentHour:
            return Reckoned(start.advanced(bySeconds: Int64(amount.count) * 3600), isProvisional: false)
        case .workingHour:
            return addingOfficeTime(Int64(amount.count) * 3_600_000, to: start)
        case .workingDay, .calendarDay:
            let day = LocalDay(of: start, at: zone)
            let last = day.counting(amount.count, amount.unit, in: table)
            return Reckoned(moment(closing, of: last.value), isProvisional: last.isProvisional)
        }
    }

    /// How much of the unit lies between two moments, the earlier first; nothing when the second is not later.
    public func elapsed(from start: Instant, to end: Instant, in unit: LimitUnit) -> Reckoned<UnitTime> {
        switch unit {
        case .urgentHour:
            return Reckoned(.milliseconds(max(0, end.milliseconds(since: start))), isProvisional: false)
        case .workingHour:
            let time = officeTime(from: start, to: end)
            return Reckoned(.milliseconds(time.value), isProvisional: time.isProvisional)
        case .workingDay, .calendarDay:
            let first = LocalDay(of: start, at: zone)
            let days = first.days(until: LocalDay(of: end, at: zone), unit, in: table)
            return Reckoned(.days(days.value), isProvisional: days.isProvisional)
        }
    }

    /// The new end of a limit whose clock stood still from `pause` to `resumption`.
    ///
    /// What was left at the pause is left at the resumption: the same time for hours, the same number of days for
    /// days, which keep their time of day. Nothing changes for a limit that was over before the pause.
    public func resuming(
        due: Instant, unit: LimitUnit, pause: Instant, resumption: Instant
    ) -> Reckoned<Instant> {
        guard due > pause, resumption > pause else { return Reckoned(due, isProvisional: false) }
        switch unit {
        case .urgentHour:
            return Reckoned(resumption.advanced(byMilliseconds: due.milliseconds(since: pause)), isProvisional: false)
        case .workingHour:
            let left = officeTime(from: pause, to: due)
            let end = addingOfficeTime(left.value, to: resumption)
            return Reckoned(end.value, isProvisional: left.isProvisional || end.isProvisional)
        case .workingDay, .calendarDay:
            let time = LocalTime(of: due, at: zone)
            let left = LocalDay(of: pause, at: zone).days(until: time.day, unit, in: table)
            let today = LocalDay(of: resumption, at: zone)
            if left.value == 0, today.counts(as: unit, in: table), moment(time.millisecondOfDay, of: today) > resumption
            {
                return Reckoned(
                    moment(time.millisecondOfDay, of: today), isProvisional: !table.covers(today, for: unit))
            }
            let last = today.counting(max(1, left.value), unit, in: table)
            return Reckoned(
                moment(time.millisecondOfDay, of: last.value),
                isProvisional: left.isProvisional || last.isProvisional)
        }
    }

    /// When only `percent` of a limit's time is left: office time for working hours and working days, all time for the
    /// others.
    public func moment(leaving percent: Int, between start: Instant, and due: Instant, in unit: LimitUnit) -> Instant {
        guard due > start else { return due }
        switch unit {
        case .urgentHour, .calendarDay:
            let whole = due.milliseconds(since: start)
            return due.advanced(byMilliseconds: -(whole * Int64(percent) / 100))
        case .workingHour, .workingDay:
            let whole = officeTime(from: start, to: due).value
            guard whole > 0 else { return start }
            return min(due, addingOfficeTime(whole - whole * Int64(percent) / 100, to: start).value)
        }
    }

    // MARK: Office time

    private var closing: Int { hours.closing * 60_000 }

    private func moment(_ millisecondOfDay: Int, of day: LocalDay) -> Instant {
        day.start(at: zone).advanced(byMilliseconds: Int64(millisecondOfDay))
    }

    private func addingOfficeTime(_ amount: Int64, to start: Instant) -> Reckoned<Instant> {
        var left = amount
        var day = LocalDay(of: start, at: zone)
        var isProvisional = false
        while true {
            isProvisional = isProvisional || !table.covers(day)
            if table.isWorkday(day) {
                for stretch in hours.stretches {
                    let opens = max(start, moment(stretch.opens * 60_000, of: day))
                    let open = moment(stretch.closes * 60_000, of: day).milliseconds(since: opens)
                    if open >= left, open > 0 {
                        return Reckoned(opens.advanced(byMilliseconds: left), isProvisional: isProvisional)
                    }
                    left -= max(0, open)
                }
            }
            day = day.advanced(by: 1)
        }
    }

    private func officeTime(from start: Instant, to end: Instant) -> Reckoned<Int64> {
        guard end > start else { return Reckoned(0, isProvisional: false) }
        var time: Int64 = 0
        var isProvisional = false
        let last = LocalDay(of: end, at: zone)
        var day = LocalDay(of: start, at: zone)
        while day <= last {
            isProvisional = isProvisional || !table.covers(day)
            if table.isWorkday(day) {
                for stretch in hours.stretches {
                    let opens = max(start, moment(stretch.opens * 60_000, of: day))
                    let closes = min(end, moment(stretch.closes * 60_000, of: day))
                    time += max(0, closes.milliseconds(since: opens))
                }
            }
            day = day.advanced(by: 1)
        }
        return Reckoned(time, isProvisional: isProvisional)
    }
}

extension WorkdayTable {
    /// Whether the unit can be counted on that day: all days are calendar days.
    fileprivate func covers(_ day: LocalDay, for unit: LimitUnit) -> Bool {
        unit == .calendarDay || covers(day)
    }
}

extension LocalDay {
    fileprivate func counts(as unit: LimitUnit, in table: WorkdayTable) -> Bool {
        unit == .calendarDay || table.isWorkday(self)
    }

    /// The `count`-th day after this one that counts.
    fileprivate func counting(_ count: Int, _ unit: LimitUnit, in table: WorkdayTable) -> Reckoned<LocalDay> {
        var day = self
        var left = count
        var isProvisional = false
        while left > 0 {
            day = day.advanced(by: 1)
            isProvisional = isProvisional || !table.covers(day, for: unit)
            if day.counts(as: unit, in: table) { left -= 1 }
        }
        return Reckoned(day, isProvisional: isProvisional)
    }

    /// How many days count after this one up to `end`, with it; 0 when it is not later.
    fileprivate func days(until end: LocalDay, _ unit: LimitUnit, in table: WorkdayTable) -> Reckoned<Int> {
        guard end > self else { return Reckoned(0, isProvisional: false) }
        if unit == .calendarDay { return Reckoned(end.number - number, isProvisional: false) }
        var count = 0
        var isProvisional = false
        for number in (number + 1)...end.number {
            let day = LocalDay(number: number)
            isProvisional = isProvisional || !table.covers(day)
            if table.isWorkday(day) { count += 1 }
        }
        return Reckoned(count, isProvisional: isProvisional)
    }
}
