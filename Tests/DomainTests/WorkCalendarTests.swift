import Domain
import Foundation
import Testing

/// The shipped exceptions, and two clocks that tests read by.
enum TestCalendar {
    static func table() throws -> WorkdayTable {
        let lines = try SharedData.lines(of: "cn_workday_exceptions_2004_2026.csv").dropFirst()
        var exceptions: [LocalDay: Bool] = [:]
        for line in lines {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            exceptions[try #require(LocalDay(cells[0]))] = cells[1] == "workday"
        }
        let coverage = try #require(LocalDay("2004-01-01"))...(try #require(LocalDay("2026-12-31")))
        return WorkdayTable(version: "cn-2004-2026", coverage: coverage, exceptions: exceptions)
    }

    static func calendar() throws -> WorkCalendar {
        WorkCalendar(table: try table(), zone: .china)
    }
}

private func at(_ text: String) throws -> Instant {
    try #require(Instant(iso8601: text.replacing(" ", with: "T") + ":00", defaultZone: .china))
}

private func shown(_ instant: Instant) -> String {
    String(instant.iso8601(at: .china).prefix(16)).replacing("T", with: " ")
}

@Suite("The work calendar")
struct WorkCalendarTests {
    private struct Vectors: Decodable {
        struct Vector: Decodable {
            let start: String
            let isWorkday: Bool
            let days: Int
            let due: String

            enum CodingKeys: String, CodingKey {
                case start, due
                case isWorkday = "start_is_workday"
                case days = "working_days"
            }
        }
        let vectors: [Vector]
    }

    @Test("all vectors of working days pass")
    func vectors() throws {
        let text = try SharedData.lines(of: "workday_test_vectors.json").joined()
        let vectors = try JSONDecoder().decode(Vectors.self, from: Data(text.utf8)).vectors
        let calendar = try TestCalendar.calendar()
        #expect(vectors.count == 14)
        for vector in vectors {
            let start = try #require(LocalDay(vector.start))
            #expect(calendar.table.isWorkday(start) == vector.isWorkday)
            for hour: Int64 in [0, 9, 12, 20] {
                let due = calendar.adding(
                    LimitAmount(vector.days, .workingDay),
                    to: start.start(at: .china).advanced(bySeconds: hour * 3600))
                #expect(shown(due.value) == "\(vector.due) 17:30", "\(vector.start) + \(vector.days)")
                #expect(!due.isProvisional)
            }
        }
    }

    /// Written by hand; docs/adr/008-working-hours.md gives the reasons.
    @Test(
        "hours of an office are counted while it is open",
        arguments: [
            ("2026-11-18 09:00", 2, "2026-11-18 11:00"),  // within a stretch
            ("2026-11-18 08:30", 4, "2026-11-18 14:00"),  // over lunch
            ("2026-11-18 10:24", 4, "2026-11-18 15:54"),  // over lunch, not on the hour
            ("2026-11-18 08:30", 7, "2026-11-18 17:00"),
            ("2026-11-18 11:00", 1, "2026-11-18 12:00"),  // ends with the stretch, not after lunch
            ("2026-11-18 12:00", 1, "2026-11-18 14:30"),  // begins as lunch begins
            ("2026-11-18 12:40", 1, "2026-11-18 14:30"),  // begins at lunch
            ("2026-11-18 07:00", 1, "2026-11-18 09:30"),  // before the office opens
            ("2026-11-18 16:30", 1, "2026-11-18 17:30"),  // ends as the office closes
            ("2026-11-18 16:31", 1, "2026-11-19 08:31"),
            ("2026-11-18 17:30", 1, "2026-11-19 09:30"),  // after hours: the next morning
            ("2026-11-18 22:00", 4, "2026-11-19 14:00"),
            ("2026-11-20 17:00", 1, "2026-11-23 09:00"),  // Friday to Monday
            ("2026-11-21 10:00", 4, "2026-11-23 14:00"),  // Saturday
            ("2026-11-18 08:30", 8, "2026-11-19 09:00"),  // a day has seven and a half hours
            ("2026-09-30 17:00", 4, "2026-10-08 12:00"),  // over the National Day holiday
            ("2026-10-09 17:00", 1, "2026-10-10 09:00"),  // a Saturday that is worked
            ("2026-02-14 17:00", 1, "2026-02-24 09:00"),  // over the Spring Festival
        ])
    func hours(_ start: String, _ count: Int, _ due: String) throws {
        let result = try TestCalendar.calendar().adding(LimitAmount(count, .workingHour), to: try at(start))
        #expect(shown(result.value) == due)
        #expect(!result.isProvisional)
    }

    @Test("urgent hours run day and night, calendar days run through the holidays")
    func running() throws {
        let calendar = try TestCalendar.calendar()
        #expect(
            shown(calendar.adding(LimitAmount(2, .urgentHour), to: try at("2026-10-01 23:30")).value)
                == "2026-10-02 01:30")
        #expect(
            shown(calendar.adding(LimitAmount(3, .calendarDay), to: try at("2026-09-30 20:00")).value)
                == "2026-10-03 17:30")
    }

    @Test("an organisation with hours of its own ends its days with them")
    func ownHours() throws {
        let hours = try #require(OfficeHours("09:00-12:00,14:00-18:00,19:00-21:00"))
        let calendar = WorkCalendar(table: try TestCalendar.table(), hours: hours, zone: .china)
        #expect(
            shown(calendar.adding(LimitAmount(8, .workingHour), to: try at("2026-11-18 09:00")).value)
                == "2026-11-18 20:00")
        #expect(
            shown(calendar.adding(LimitAmount(1, .workingDay), to: try at("2026-11-18 09:00")).value)
                == "2026-11-19 21:00")
    }

    @Test("past its coverage a result is provisional; the last day of it is not")
    func coverage() throws {
        let calendar = try TestCalendar.calendar()
        let inside = calendar.adding(LimitAmount(1, .workingDay), to: try at("2026-12-30 09:00"))
        #expect(shown(inside.value) == "2026-12-31 17:30")
        #expect(!inside.isProvisional)
        let outside = calendar.adding(LimitAmount(2, .workingDay), to: try at("2026-12-30 09:00"))
        #expect(shown(outside.value) == "2027-01-01 17:30", "a holiday by law, but nobody has announced it here")
        #expect(outside.isProvisional)
        #expect(calendar.adding(LimitAmount(1, .workingHour), to: try at("2026-12-31 17:00")).isProvisional)
        #expect(!calendar.adding(LimitAmount(1, .workingHour), to: try at("2026-12-31 16:30")).isProvisional)
        #expect(!calendar.adding(LimitAmount(9, .calendarDay), to: try at("2026-12-31 17:00")).isProvisional)
        #expect(!calendar.adding(LimitAmount(99, .urgentHour), to: try at("2026-12-31 17:00")).isProvisional)
        #expect(
            calendar.elapsed(from: try at("2026-12-31 09:00"), to: try at("2027-01-04 09:00"), in: .workingDay)
                .isProvisional)
    }

    @Test("time that stood still is given back")
    func resuming() throws {
        let calendar = try TestCalendar.calendar()
        func due(_ due: String, _ unit: LimitUnit, _ pause: String, _ resumption: String) throws -> String {
            shown(
                calendar.resuming(due: try at(due), unit: unit, pause: try at(pause), resumption: try at(resumption))
                    .value)
        }
        // Three working days were left on Tuesday; taken up on Friday, they end on Wednesday.
        #expect(try due("2026-11-20 17:30", .workingDay, "2026-11-17 15:00", "2026-11-20 09:00") == "2026-11-25 17:30")
        #expect(try due("2026-11-20 17:30", .workingDay, "2026-11-17 09:00", "2026-11-17 16:00") == "2026-11-20 17:30")
        #expect(try due("2026-11-20 17:30", .workingDay, "2026-11-20 09:00", "2026-11-20 17:00") == "2026-11-20 17:30")
        #expect(try due("2026-11-20 17:30", .workingDay, "2026-11-20 09:00", "2026-11-20 17:40") == "2026-11-23 17:30")
        #expect(try due("2026-11-20 17:30", .workingDay, "2026-11-20 09:00", "2026-11-21 10:00") == "2026-11-23 17:30")
        #expect(try due("2026-11-20 18:00", .calendarDay, "2026-11-18 09:00", "2026-11-21 10:00") == "2026-11-23 18:00")
        #expect(try due("2026-11-18 15:54", .workingHour, "2026-11-18 10:54", "2026-11-18 17:00") == "2026-11-19 11:30")
        #expect(try due("2026-11-18 12:00", .urgentHour, "2026-11-18 10:00", "2026-11-19 03:00") == "2026-11-19 05:00")
        // Over before the pause: nothing to give back.
        #expect(try due("2026-11-16 17:30", .workingDay, "2026-11-17 15:00", "2026-11-20 09:00") == "2026-11-16 17:30")
    }

    @Test("the share that is left is counted in the time that the unit runs in")
    func share() throws {
        let calendar = try TestCalendar.calendar()
        func moment(_ start: String, _ due: String, _ unit: LimitUnit) throws -> String {
            shown(calendar.moment(leaving: 20, between: try at(start), and: try at(due), in: unit))
        }
        #expect(try moment("2026-11-18 08:00", "2026-11-18 18:00", .urgentHour) == "2026-11-18 16:00")
        // Five working days from Friday's close: 37.5 office hours; 7.5 of them are the last day.
        #expect(try moment("2026-11-13 17:30", "2026-11-20 17:30", .workingDay) == "2026-11-19 17:30")
        #expect(try moment("2026-11-18 08:30", "2026-11-18 14:30", .workingHour) == "2026-11-18 13:36")
    }

    @Test("office hours are read in their written form only")
    func officeHours() {
        #expect(OfficeHours("08:30-12:00,13:30–17:30") == .usual)
        #expect(OfficeHours.usual.description == "08:30-12:00,13:30-17:30")
        #expect(OfficeHours("00:00-24:00") != nil)
        for wrong in [
            "", "8:30-12:00", "08:30", "12:00-08:30", "08:30-12:00,11:00-13:00", "08:30-12:00,12:00-13:00",
            "08:60-12:00", "00:00-24:01", "08:30-12:00,", "+8:30-12:00",
        ] {
            #expect(OfficeHours(wrong) == nil, "\(wrong)")
        }
    }
}
