/// A moment, in whole milliseconds since 1970-01-01T00:00:00Z (leap seconds not counted).
public struct Instant: Hashable, Comparable, Sendable, Codable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    public init(from decoder: any Decoder) throws {
        self.init(milliseconds: try decoder.singleValueContainer().decode(Int64.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }

    public static func < (left: Self, right: Self) -> Bool {
        left.milliseconds < right.milliseconds
    }

    public func advanced(bySeconds seconds: Int64) -> Instant {
        Instant(milliseconds: milliseconds + seconds * 1000)
    }

    public func advanced(byMilliseconds amount: Int64) -> Instant {
        Instant(milliseconds: milliseconds + amount)
    }

    /// Milliseconds from `other` to this moment; negative when this moment is the earlier one.
    public func milliseconds(since other: Instant) -> Int64 {
        milliseconds - other.milliseconds
    }
}

/// A fixed distance from UTC. China has kept one zone without daylight saving since 1991.
public struct ZoneOffset: Hashable, Sendable {
    public let minutes: Int

    public init(minutes: Int) {
        self.minutes = minutes
    }

    /// UTC+08:00.
    public static let china = ZoneOffset(minutes: 480)
}

/// A day of the calendar without a time, in the proleptic Gregorian calendar.
public struct LocalDay: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    public let number: Int

    public init(number: Int) {
        self.number = number
    }

    /// The day with these numbers; `nil` when there is no such day (30 February).
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        let number = LocalDay.daysFromCivil(year: year, month: month, day: day)
        let candidate = LocalDay(number: number)
        guard candidate.civil == (year, month, day) else { return nil }
        self = candidate
    }

    /// The day that `instant` falls on at that distance from UTC.
    public init(of instant: Instant, at zone: ZoneOffset) {
        let minutes = (instant.milliseconds + Int64(zone.minutes) * 60_000).flooredDivision(by: 86_400_000)
        self.number = Int(minutes)
    }

    /// Reads `YYYY-MM-DD`.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        // `Int` alone would take a sign for a digit.
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            text.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    public var civil: (year: Int, month: Int, day: Int) {
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
        let z = number + 719_468
        let era = z.flooredDivision(by: 146_097)
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthIndex = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
        let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// 1 for Monday to 7 for Sunday (ISO 8601).
    public var weekday: Int {
        (number + 3).flooredRemainder(by: 7) + 1
    }

    /// Midnight at the beginning of the day.
    public func start(at zone: ZoneOffset) -> Instant {
        Instant(milliseconds: Int64(number) * 86_400_000 - Int64(zone.minutes) * 60_000)
    }

    public static func < (left: Self, right: Self) -> Bool {
        left.number < right.number
    }

    private static func daysFromCivil(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted.flooredDivision(by: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}

extension LocalDay: CustomStringConvertible {
    /// `YYYY-MM-DD`.
    public var description: String {
        let (year, month, day) = civil
        return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
    }
}

/// A moment as the clock on the wall shows it.
public struct LocalTime: Hashable, Sendable {
    public let day: LocalDay
    /// Milliseconds since the beginning of the day.
    public let millisecondOfDay: Int

    public init(of instant: Instant, at zone: ZoneOffset) {
        self.day = LocalDay(of: instant, at: zone)
        self.millisecondOfDay = Int(instant.milliseconds(since: day.start(at: zone)))
    }

    public var hour: Int { millisecondOfDay / 3_600_000 }
    public var minute: Int { millisecondOfDay / 60_000 % 60 }
    public var second: Int { millisecondOfDay / 1000 % 60 }
}

extension Instant {
    /// ISO 8601 with the zone's offset and whole seconds: `2026-11-18T10:24:00+08:00`.
    public func iso8601(at zone: ZoneOffset) -> String {
        let time = LocalTime(of: self, at: zone)
        let offset = abs(zone.minutes)
        let sign = zone.minutes < 0 ? "-" : "+"
        return "\(time.day)T\(padded(time.hour, to: 2)):\(padded(time.minute, to: 2)):\(padded(time.second, to: 2))"
            + "\(sign)\(padded(offset / 60, to: 2)):\(padded(offset % 60, to: 2))"
    }

    /// Reads `YYYY-MM-DDThh:mm:ss` with an optional fraction and an optional `Z` or `±hh:mm`;
    /// a text without an offset is read at `zone`.
    public init?(iso8601 text: some StringProtocol, defaultZone zone: ZoneOffset) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 19, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let day = LocalDay(String(decoding: bytes[0..<10], as: UTF8.self)),
            let hour = Instant.number(bytes[11..<13]), hour < 24,
            let minute = Instant.number(bytes[14..<16]), minute < 60,
            let second = Instant.number(bytes[17..<19]), second < 60
        else { return nil }
        var rest = bytes[19...]
        var fraction = 0
        if rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst().prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard !digits.isEmpty else { return nil }
            let three = (Array(digits) + [UInt8](repeating: UInt8(ascii: "0"), count: 3)).prefix(3)
            fraction = Instant.number(three) ?? 0
            rest = rest.dropFirst(1 + digits.count)
        }
        var offset = zone
        if rest.elementsEqual("Z".utf8) {
            offset = ZoneOffset(minutes: 0)
        } else if rest.count == 6, let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            rest[rest.startIndex + 3] == UInt8(ascii: ":"),
            let hours = Instant.number(rest.dropFirst().prefix(2)), hours < 24,
            let minutes = Instant.number(rest.suffix(2)), minutes < 60
        {
            offset = ZoneOffset(minutes: (hours * 60 + minutes) * (sign == UInt8(ascii: "-") ? -1 : 1))
        } else if !rest.isEmpty {
            return nil
        }
        let seconds = Int64(hour * 3600 + minute * 60 + second)
        self = day.start(at: offset).advanced(byMilliseconds: seconds * 1000 + Int64(fraction))
    }

    private static func number(_ digits: some Collection<UInt8>) -> Int? {
        var result = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            result = result * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return result
    }
}

/// Writes a number with leading zeros.
public func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return digits.count >= width ? digits : String(repeating: "0", count: width - digits.count) + digits
}

extension BinaryInteger {
    /// Division rounding towards minus infinity.
    public func flooredDivision(by divisor: Self) -> Self {
        let quotient = self / divisor
        return self % divisor != 0 && (self < 0) != (divisor < 0) ? quotient - 1 : quotient
    }

    /// The remainder with the divisor's sign.
    public func flooredRemainder(by divisor: Self) -> Self {
        self - flooredDivision(by: divisor) * divisor
    }
}
