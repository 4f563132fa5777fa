import Domain
import Testing

@Suite("Days and moments")
struct TimeTests {
    @Test("every day of 800 years is the day after the one before")
    func calendar() throws {
        var number = try #require(LocalDay(year: 1600, month: 1, day: 1)).number
        for year in 1600..<2400 {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            for (index, length) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
                for day in 1...length {
                    let made = LocalDay(year: year, month: index + 1, day: day)
                    let isRight = made?.number == number && LocalDay(number: number).civil == (year, index + 1, day)
                    // An expectation for each of 290,000 days would take seconds.
                    if !isRight { Issue.record("\(year)-\(index + 1)-\(day)") }
                    number += 1
                }
                if LocalDay(year: year, month: index + 1, day: length + 1) != nil {
                    Issue.record("\(year)-\(index + 1)-\(length + 1) is no day")
                }
            }
        }
    }

    @Test("days are read and written as YYYY-MM-DD")
    func text() {
        #expect(LocalDay("2026-11-18")?.description == "2026-11-18")
        #expect(LocalDay("0026-01-02")?.description == "0026-01-02")
        for wrong in [
            "2026-02-30", "2026-13-01", "2026-00-10", "26-11-18", "2026-1-18", "2026-11-18 ", "+026-11-18", "",
        ] {
            #expect(LocalDay(wrong) == nil, "\(wrong)")
        }
    }

    @Test("18 November 2026 is a Wednesday")
    func weekday() {
        #expect(LocalDay("2026-11-18")?.weekday == 3)
        #expect(LocalDay("1970-01-01")?.weekday == 4)
        #expect(LocalDay("1969-12-28")?.weekday == 7)
    }

    @Test("the Chinese day begins at 16:00 UTC of the day before, also before 1970")
    func dayOfInstant() throws {
        let day = try #require(LocalDay("2026-11-18"))
        let start = day.start(at: .china)
        #expect(start.iso8601(at: ZoneOffset(minutes: 0)) == "2026-11-17T16:00:00+00:00")
        #expect(LocalDay(of: start, at: .china) == day)
        #expect(LocalDay(of: start.advanced(byMilliseconds: -1), at: .china).number == day.number - 1)
        #expect(LocalDay(of: Instant(milliseconds: -1), at: ZoneOffset(minutes: 0)).description == "1969-12-31")
    }

    @Test(
        "moments are read with zone, without zone, with fractions",
        arguments: [
            ("2026-11-18T10:24:00+08:00", "2026-11-18T10:24:00+08:00"),
            ("2026-11-18T02:24:00Z", "2026-11-18T10:24:00+08:00"),
            ("2026-11-18 10:24:00", "2026-11-18T10:24:00+08:00"),
            ("2026-11-18T10:24:00.999", "2026-11-18T10:24:00+08:00"),
            ("2026-11-17T21:54:00-04:30", "2026-11-18T10:24:00+08:00"),
        ])
    func reading(text: String, shown: String) {
        #expect(Instant(iso8601: text, defaultZone: .china)?.iso8601(at: .china) == shown)
    }

    @Test("fractions count to the millisecond")
    func fractions() {
        let whole = Instant(iso8601: "2026-11-18T10:24:00Z", defaultZone: .china)
        for (text, milliseconds) in [(".5", 500), (".25", 250), (".125", 125), (".0019", 1), (".9999999", 999)] {
            let moment = Instant(iso8601: "2026-11-18T10:24:00\(text)Z", defaultZone: .china)
            #expect(moment?.milliseconds == (whole?.milliseconds ?? 0) + Int64(milliseconds), "\(text)")
        }
    }

    @Test(
        "what is no moment is refused",
        arguments: [
            "", "2026-11-18", "2026-11-18T24:00:00", "2026-11-18T10:60:00", "2026-11-18T10:24:61",
            "2026-02-30T10:24:00",
            "2026-11-18T10:24:00.", "2026-11-18T10:24:00+0800", "2026-11-18T10:24:00+08:60", "2026-11-18T10:24:00 Z",
            "2026-11-18T10:24:00ZZ", "2026-11-18X10:24:00", "２０２６-11-18T10:24:00",
        ])
    func refused(text: String) {
        #expect(Instant(iso8601: text, defaultZone: .china) == nil)
    }

    @Test("writing and reading give the same second, over nine millennia")
    func roundTrip() {
        var chance = SeededChance("moments")
        for _ in 0..<2000 {
            let second = Int64.random(in: -60_000_000_000...250_000_000_000, using: &chance)
            let zone = ZoneOffset(minutes: Int.random(in: -14 * 60...14 * 60, using: &chance))
            let moment = Instant(milliseconds: second * 1000)
            let text = moment.iso8601(at: zone)
            #expect(Instant(iso8601: text, defaultZone: .china) == moment, "\(text), seed \(chance.seed)")
        }
    }

    @Test("the clock on the wall shows hours, minutes and seconds")
    func localTime() throws {
        let moment = try #require(Instant(iso8601: "2026-11-18T23:59:58+08:00", defaultZone: .china))
        let time = LocalTime(of: moment, at: .china)
        #expect((time.hour, time.minute, time.second) == (23, 59, 58))
        #expect(time.day.description == "2026-11-18")
    }

    @Test("division rounds down on both sides of zero")
    func flooring() {
        for dividend in -50...50 {
            for divisor in [-7, -1, 1, 3, 7] {
                let (quotient, remainder) = (
                    dividend.flooredDivision(by: divisor), dividend.flooredRemainder(by: divisor)
                )
                #expect(quotient * divisor + remainder == dividend)
                #expect(remainder == 0 || (remainder < 0) == (divisor < 0))
                #expect(abs(remainder) < abs(divisor))
            }
        }
    }
}
