import Domain
import Testing

/// The same arithmetic once more, written without a thought for speed: a clock that goes from minute to minute.
private struct SlowClock {
    let table: WorkdayTable
    let hours: OfficeHours

    private func day(_ minute: Int) -> LocalDay { LocalDay(number: (minute + 480).flooredDivision(by: 1440)) }
    private func minuteOfDay(_ minute: Int) -> Int { (minute + 480).flooredRemainder(by: 1440) }

    private func runs(_ minute: Int, _ unit: LimitUnit) -> Bool {
        guard unit == .workingHour else { return true }
        let time = minuteOfDay(minute)
        return table.isWorkday(day(minute)) && hours.stretches.contains { $0.opens <= time && time < $0.closes }
    }

    private func counts(_ day: LocalDay, _ unit: LimitUnit) -> Bool { unit == .calendarDay || table.isWorkday(day) }

    func adding(_ amount: LimitAmount, to start: Int) -> Int {
        var minute = start
        if amount.unit.isDays {
            var left = amount.count
            while true {
                minute += 1
                if minuteOfDay(minute) == 0, counts(day(minute), amount.unit) { left -= 1 }
                if left == 0, minuteOfDay(minute) == hours.closing % 1440, hours.closing < 1440 { return minute }
                if left == 0, hours.closing == 1440, minuteOfDay(minute + 1) == 0 { return minute + 1 }
            }
        }
        var left = amount.count * 60
        while left > 0 {
            if runs(minute, amount.unit) { left -= 1 }
            minute += 1
        }
        return minute
    }

    func elapsed(from start: Int, to end: Int, in unit: LimitUnit) -> Int {
        guard end > start else { return 0 }
        if unit.isDays { return (start + 1...end).count { minuteOfDay($0) == 0 && counts(day($0), unit) } }
        return (start..<end).count { runs($0, unit) }
    }
}

@Suite("The work calendar against a clock that goes minute by minute")
struct WorkCalendarComparisonTests {
    @Test("both give the same for random amounts, moments and office hours")
    func comparison() throws {
        var chance = SeededChance("work calendar comparison")
        let table = try TestCalendar.table()
        let offices = try ["08:30-12:00,13:30-17:30", "09:00-17:00", "00:00-24:00", "06:15-07:00,22:00-23:59"].map {
            try #require(OfficeHours($0))
        }
        let first = try #require(LocalDay("2004-01-01")).number
        let last = try #require(LocalDay("2027-02-01")).number
        for round in 0..<400 {
            let hours = try #require(offices.randomElement(using: &chance))
            let unit = try #require(LimitUnit.allCases.randomElement(using: &chance))
            let calendar = WorkCalendar(table: table, hours: hours, zone: .china)
            let slow = SlowClock(table: table, hours: hours)
            let start = Int.random(in: first * 1440...last * 1440, using: &chance)
            let began = Instant(milliseconds: Int64(start) * 60_000)
            let amount = LimitAmount(Int.random(in: 1...(unit.isDays ? 20 : 30), using: &chance), unit)
            let due = calendar.adding(amount, to: began).value
            #expect(
                due.milliseconds == Int64(slow.adding(amount, to: start)) * 60_000,
                "round \(round), seed \(chance.seed): \(amount) from \(began.iso8601(at: .china)), \(hours)")
            let later = start + Int.random(in: 0...20_000, using: &chance)
            let elapsed = calendar.elapsed(from: began, to: Instant(milliseconds: Int64(later) * 60_000), in: unit)
                .value
            let slowly = slow.elapsed(from: start, to: later, in: unit)
            #expect(
                elapsed == (unit.isDays ? .days(slowly) : .milliseconds(Int64(slowly) * 60_000)),
                "round \(round), seed \(chance.seed): \(unit) from \(began.iso8601(at: .china)), \(hours)")
        }
    }

    @Test("a pause gives back exactly what was left, and a pause of no length nothing")
    func pauses() throws {
        var chance = SeededChance("work calendar pauses")
        let calendar = try TestCalendar.calendar()
        let first = try #require(LocalDay("2010-01-01")).number
        for round in 0..<1000 {
            let unit = try #require(LimitUnit.allCases.randomElement(using: &chance))
            let began = Instant(
                milliseconds: Int64(first * 1440 + Int.random(in: 0...8_000_000, using: &chance)) * 60_000)
            let due = calendar.adding(LimitAmount(Int.random(in: 1...15, using: &chance), unit), to: began).value
            let pause = began.advanced(
                byMilliseconds: Int64.random(in: 0..<due.milliseconds(since: began), using: &chance))
            let resumption = pause.advanced(byMilliseconds: Int64.random(in: 1...2_000_000_000, using: &chance))
            let moved = calendar.resuming(due: due, unit: unit, pause: pause, resumption: resumption).value
            let before = calendar.elapsed(from: pause, to: due, in: unit).value
            let after = calendar.elapsed(from: resumption, to: moved, in: unit).value
            let note: Comment = "round \(round), seed \(chance.seed): \(unit) due \(due), \(pause) to \(resumption)"
            #expect(moved >= due, note)
            // On the last day no whole day is left; taken up after it, that day is given again.
            #expect(before == after || (before == .days(0) && after == .days(1)), note)
            #expect(calendar.resuming(due: due, unit: unit, pause: pause, resumption: pause).value == due, note)
        }
    }
}
