import Domain
import Testing

@testable import Casework

@Suite("Limits")
struct LimitRuleTests {
    private let calendar: WorkCalendar

    init() throws {
        calendar = WorkCalendar(table: try ShippedTimes.load().workdays, zone: .china)
    }

    private func at(_ text: String) throws -> Instant {
        try #require(Instant(iso8601: text.replacing(" ", with: "T") + ":00", defaultZone: .china))
    }

    private func act(_ text: String) throws -> Act { act(try at(text)) }

    private func act(_ moment: Instant) -> Act {
        Act(at: moment, account: nil, organisation: nil) {
            UUIDValue(high: UInt64(moment.milliseconds), low: UInt64.random(in: 0...UInt64.max))
        }
    }

    private func limit(
        _ count: Int = 3, _ unit: LimitUnit = .workingDay, from start: String = "2026-11-18 10:00",
        notAfter latest: String? = nil
    ) throws -> Limit {
        Limit.beginning(
            LimitOrder(stage: .handle, subject: .task(Sample.id(400)), caseID: Sample.caseID),
            term: .amount(LimitAmount(count, unit)),
            notAfter: try latest.map(at), generation: 1, id: Sample.id(900), at: try at(start), calendar: calendar)
    }

    @Test("ends by the calendar, but not after the promise, unless that has passed")
    func beginning() throws {
        #expect(try limit().dueAt == at("2026-11-23 17:30"))
        #expect(try limit(notAfter: "2026-11-20 18:00").dueAt == at("2026-11-20 18:00"))
        #expect(try limit(notAfter: "2026-11-20 18:00").amount == nil)
        #expect(try limit(notAfter: "2026-12-20 18:00").dueAt == at("2026-11-23 17:30"))
        #expect(try limit(notAfter: "2026-11-17 18:00").dueAt == at("2026-11-23 17:30"))
        // 28.5 office hours from Wednesday 10:00 to Monday's close, a fifth of them is left on Monday at 10:18.
        #expect(try limit().warnAt == at("2026-11-23 10:18"))
    }

    @Test("warns and misses once each, with the time at which it became true")
    func watched() throws {
        let fresh = try limit()
        #expect(try fresh.watched(by: act("2026-11-23 10:17")).steps.isEmpty)
        let warned = try fresh.watched(by: act("2026-11-23 12:00"))
        #expect(warned.steps.map(\.action) == ["warn"])
        #expect(warned.steps.map(\.at) == [fresh.warnAt])
        #expect(try warned.limit.watched(by: act("2026-11-23 17:29")).steps.isEmpty)
        #expect(warned.limit.nextLook == fresh.dueAt)
        let missed = try warned.limit.watched(by: act("2026-12-01 08:00"))
        #expect(missed.steps.map(\.action) == ["miss"])
        #expect(missed.limit.missedAt == fresh.dueAt)
        #expect(missed.limit.nextLook == nil)
        #expect(try missed.limit.watched(by: act("2026-12-02 08:00")).steps.isEmpty)
        // Off over both: both, in order.
        let both = try fresh.watched(by: act("2026-12-01 08:00"))
        #expect(both.steps.map(\.action) == ["warn", "miss"])
        #expect(both.steps.map(\.at) == [fresh.warnAt, fresh.dueAt])
        #expect(try LimitStanding.machine.fold(both.steps) == .missed)
        // The end itself is not in time.
        #expect(try fresh.watched(by: act("2026-11-23 17:30")).limit.missedAt == fresh.dueAt)
        #expect(
            try fresh.finished(at: at("2026-11-19 10:00"), calendar: calendar).watched(by: act("2026-12-01 08:00"))
                .steps.isEmpty)
        #expect(
            try fresh.cancelled(at: at("2026-11-19 10:00"), calendar: calendar).watched(by: act("2026-12-01 08:00"))
                .steps.isEmpty)
    }

    @Test("a clock that stands still misses nothing, and runs on with what was left")
    func pauses() throws {
        let paused = try limit().paused(at: at("2026-11-19 09:00"))
        #expect(try paused.watched(by: act("2026-12-31 09:00")).steps.isEmpty)
        #expect(paused.nextLook == nil)
        let resumed = try paused.resumed(by: act("2026-11-27 09:00"), calendar: calendar)
        // Two working days were left.
        #expect(resumed.limit.dueAt == (try at("2026-12-01 17:30")))
        #expect(resumed.limit.generation == 2)
        #expect(resumed.step?.action == "move")
        #expect(resumed.step?.detail.reason == "pause")
        // Again: the second pause is counted from the end that the first one gave.
        let twice = try resumed.limit.paused(at: at("2026-11-30 09:00")).resumed(
            by: act("2026-12-02 09:00"), calendar: calendar)
        #expect(twice.limit.dueAt == (try at("2026-12-03 17:30")))
        // Computed from scratch it is the same: the end is a function of what is kept.
        var again = twice.limit
        again.reckon(by: calendar)
        #expect(again == twice.limit)
        // A limit that was over is not stopped.
        #expect(try limit().paused(at: at("2026-11-24 09:00")).pausedAt == nil)
    }

    @Test("a warning is withdrawn by more time; a miss is not")
    func extended() throws {
        let warned = try limit().watched(by: act("2026-11-23 12:00")).limit
        let more = try warned.extended(to: at("2026-11-30 17:30"), by: act("2026-11-23 13:00"), calendar: calendar)
        #expect(more.limit.warnedAt == nil)
        #expect(more.limit.standing == .running)
        #expect(more.limit.dueAt == (try at("2026-11-30 17:30")))
        let missed = try limit().watched(by: act("2026-11-24 12:00")).limit
        let late = try missed.extended(to: at("2026-11-30 17:30"), by: act("2026-11-24 13:00"), calendar: calendar)
        #expect(late.limit.missedAt == missed.missedAt)
        #expect(late.limit.standing == .missed)
    }

    @Test("another table moves a provisional end, but never into the past")
    func recalculated() throws {
        let provisional = try limit(5, from: "2026-12-28 10:00")
        #expect(provisional.isProvisional)
        #expect(provisional.dueAt == (try at("2027-01-04 17:30")))
        let holiday = try #require(LocalDay("2027-01-01"))
        let table = calendar.table.continued(
            from: holiday, until: try #require(LocalDay("2027-12-31")), by: [holiday: false], version: "cn-2004-2027")
        let next = WorkCalendar(table: table, zone: .china)
        let moved = try provisional.recalculated(.holidays, by: act("2026-12-29 10:00"), calendar: next)
        #expect(moved.limit.dueAt == (try at("2027-01-05 17:30")))
        #expect(!moved.limit.isProvisional)
        #expect(moved.limit.tableVersion == "cn-2004-2027")
        #expect(moved.step?.detail.reason == "holidays")
        // A Saturday that is worked would end it on the second of January; by then it is the fourth.
        let worked = calendar.table.continued(
            from: holiday, until: try #require(LocalDay("2027-12-31")),
            by: [try #require(LocalDay("2027-01-02")): true], version: "b")
        let kept = try provisional.recalculated(
            .holidays, by: act("2027-01-04 10:00"), calendar: WorkCalendar(table: worked, zone: .china))
        #expect(kept.limit.dueAt == provisional.dueAt)
        #expect(kept.step == nil)
        #expect(!kept.limit.isProvisional)
    }

    @Test(
        "random lives: steps fold to the standing, a miss stands iff the end passed while it ran, ends follow from what is kept"
    )
    func randomLives() throws {
        var chance = SeededChance("lives of limits")
        for round in 0..<300 {
            let unit = try #require(LimitUnit.allCases.randomElement(using: &chance))
            var now = try at("2026-10-12 08:00").advanced(bySeconds: Int64.random(in: 0...1_000_000, using: &chance))
            var limit = Limit.beginning(
                LimitOrder(stage: .handle, subject: .task(Sample.id(400)), caseID: Sample.caseID),
                term: .amount(LimitAmount(Int.random(in: 1...6, using: &chance), unit)), generation: 1,
                id: Sample.id(900), at: now, calendar: calendar)
            var steps: [Step] = []
            var ran: Int64 = 0
            var stood: Int64 = 0
            for _ in 0..<12 {
                let pause = Int64.random(in: 1...90_000, using: &chance)
                if limit.pausedAt == nil { ran += pause } else { stood += pause }
                now = now.advanced(bySeconds: pause)
                // As in the product, what the clock says is noted before anything is done.
                let seen = try limit.watched(by: act(now))
                limit = seen.limit
                steps += seen.steps
                let note: Comment = "round \(round), seed \(chance.seed)"
                #expect((limit.missedAt != nil) == steps.contains { $0.action == "miss" }, note)
                if limit.isRunning { #expect((limit.missedAt != nil) == (limit.dueAt <= now), note) }
                switch Int.random(in: 0...3, using: &chance) {
                case 0: limit = limit.paused(at: now)
                case 1:
                    let resumed = try limit.resumed(by: act(now), calendar: calendar)
                    limit = resumed.limit
                    steps += [resumed.step].compactMap(\.self)
                default: break
                }
                var again = limit
                again.reckon(by: calendar)
                #expect(again.dueAt == limit.dueAt, note)
                #expect(steps.filter { $0.action == "miss" }.count <= 1, note)
                if !steps.isEmpty { #expect(try LimitStanding.machine.fold(steps) == limit.standing, note) }
                #expect(steps.count == limit.version, note)
                let paused = limit.pauses.reduce(0) { $0 + $1.to.milliseconds(since: $1.from) }
                let open = limit.pausedAt.map { now.milliseconds(since: $0) } ?? 0
                #expect(paused + open == stood * 1000, "running and standing are all the time there is; \(round)")
                #expect(now.milliseconds(since: limit.beganAt) == (ran + stood) * 1000, note)
            }
        }
    }
}

@Suite("The book of limits")
struct LimitBookTests {
    @Test("a matter, its class, its kind, its catalogue, everything: the nearest that says something holds")
    func nearest() throws {
        let lamp = MatterReference(standard: "gbt47678.5-2026", kind: .matter, code: "01037")
        let names = LimitBook.names(of: lamp, in: Sample.catalogues)
        #expect(
            names == [
                "gbt47678.5-2026/matter/01037", "gbt47678.5-2026/matter/01", "gbt47678.5-2026/matter",
                "gbt47678.5-2026",
                "*",
            ])
        let book = try ShippedTimes.load().limits
        let plan = book.plan(names)
        #expect(plan.matterClass == .facility)
        #expect(plan.amounts[.whole] == LimitAmount(7, .workingDay))
        #expect(plan.amounts[.accept] == LimitAmount(4, .workingHour))
        let imported = [
            LimitRule(
                matter: "gbt47678.5-2026/matter/01", matterClass: .service, stage: .whole,
                amount: LimitAmount(48, .urgentHour)),
            LimitRule(matter: "*", matterClass: .approval, stage: .sign, amount: LimitAmount(1, .workingHour)),
        ]
        let own = book.plan(names, imported: imported)
        #expect(own.amounts[.whole] == LimitAmount(48, .urgentHour))
        #expect(
            own.amounts[.sign] == LimitAmount(2, .workingHour),
            "what is shipped for the class is nearer than everything")
        #expect(own.matterClass == .service)
        #expect(LimitBook.names(of: nil, in: Sample.catalogues) == ["*"])
    }

    @Test("every matter of every catalogue has a limit for every stage")
    func complete() throws {
        let book = try ShippedTimes.load().limits
        for directory in Sample.catalogues.directories {
            for kind in [MatterKind.component, .matter] {
                for group in directory.classes(of: kind) {
                    for entry in directory.entries(of: kind, inClass: group.reference.code) {
                        let plan = book.plan(LimitBook.names(of: entry.reference, in: Sample.catalogues))
                        #expect(Set(plan.amounts.keys) == Set(LimitStage.allCases), "\(entry.reference)")
                    }
                }
            }
        }
    }

    @Test("a file of limits is refused with each mistake and its line")
    func mistakes() {
        let file = LimitFile(
            """
            matter,class,stage,amount,unit
            *,service,whole,10,working-day
            *,service,whole,11,working-day
            nonsense,service,whole,1,working-day
            *,approval,sign,1,working-hour
            *,service,handle,0,working-day
            *,service,handle,2.5,day
            known,service,accept,1,working-hour
            """
        ) { $0 == "*" || $0 == "known" }
        #expect(
            file.errors.map { "\($0.line) \($0.column ?? "") \($0.violation.code)" } == [
                "3 stage times.import.twice", "4 matter matter.unknown", "5 class times.import.class-differs",
                "6 amount times.import.amount", "6 class times.import.class-differs", "7 unit times.import.code",
                "7 amount times.import.amount", "7 stage times.import.twice", "8 stage times.import.stage-everything",
            ])
    }

    @Test("files of holidays and office hours are refused with each mistake and its line")
    func others() {
        let holidays = HolidayFile(
            "date,type\n2027-01-01,holiday\n2027-02-30,holiday\n2027-02-01,off\n2027-01-01,workday\n")
        #expect(
            holidays.errors.map { "\($0.line) \($0.violation.code)" } == [
                "3 times.import.date", "4 times.import.day-type", "5 times.import.twice",
            ])
        #expect(HolidayFile("day,type\n").errors.map(\.violation.code) == ["times.import.column-missing"])
        #expect(HolidayFile("date,type\n").errors.map(\.violation.code) == ["times.import.empty"])
        let hours = OfficeHoursFile("organisation,hours\nlamps,\"08:30-12:00,13:30-17:30\"\nlamps,9-5\n")
        #expect(hours.errors.map { "\($0.line) \($0.violation.code)" } == ["3 times.import.hours"])
        #expect(hours.lines.map(\.hours) == [.usual])
    }
}
