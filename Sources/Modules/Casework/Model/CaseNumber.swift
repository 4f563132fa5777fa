public import Domain

/// The official number of a case: `QH26-1118-026` is the 26th case filed in the street QH on 18 November 2026.
///
/// Running numbers count per street and day from 1, have three digits and grow when a day needs more.
public struct CaseNumber: Hashable, Sendable {
    /// Two to four capital letters.
    public let street: String
    public let day: LocalDay
    /// At least 1.
    public let running: Int

    /// `nil` unless the street has two to four letters A–Z, the day lies in the years 2000 to 2099 (the number shows
    /// two digits of the year), and the running number is 1 to 999,999.
    public init?(street: String, day: LocalDay, running: Int) {
        let letters = street.utf8
        guard (2...4).contains(letters.count), letters.allSatisfy((UInt8(ascii: "A")...UInt8(ascii: "Z")).contains),
            (2000...2099).contains(day.civil.year), (1...999_999).contains(running)
        else { return nil }
        self.street = street
        self.day = day
        self.running = running
    }

    /// Reads a number, also in small letters, in full-width characters, or with gaps for the hyphens; `nil` for
    /// anything that is no number.
    public init?(_ text: some StringProtocol) {
        var plain = ""
        for character in text.unicodeScalars {
            switch character.value {
            case 0x61...0x7A: plain.unicodeScalars.append(UnicodeScalar(UInt8(character.value - 0x20)))
            case 0xFF10...0xFF19, 0xFF21...0xFF3A:
                plain.unicodeScalars.append(UnicodeScalar(UInt8(character.value - 0xFEE0)))
            case 0xFF41...0xFF5A: plain.unicodeScalars.append(UnicodeScalar(UInt8(character.value - 0xFF00)))
            case 0x20, 0x3000, 0x2010...0x2015, 0x2212, 0xFF0D: plain += "-"
            default: plain.unicodeScalars.append(character)
            }
        }
        let parts = plain.split(separator: "-")
        guard parts.count == 3, parts.allSatisfy({ $0.utf8.allSatisfy { $0 < 0x80 } }) else { return nil }
        let street = parts[0].prefix { $0.isLetter }
        guard let year = CaseNumber.number(parts[0].dropFirst(street.count), digits: 2...2),
            let date = CaseNumber.number(parts[1], digits: 4...4),
            let running = CaseNumber.number(parts[2], digits: 3...6),
            let day = LocalDay(year: 2000 + year, month: date / 100, day: date % 100)
        else { return nil }
        self.init(street: String(street), day: day, running: running)
    }

    private static func number(_ text: Substring, digits: ClosedRange<Int>) -> Int? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
        else { return nil }
        return Int(text)
    }
}

extension CaseNumber: CustomStringConvertible {
    public var description: String {
        let (year, month, day) = day.civil
        return
            "\(street)\(padded(year % 100, to: 2))-\(padded(month, to: 2))\(padded(day, to: 2))-\(padded(running, to: 3))"
    }
}

extension CaseNumber: Comparable {
    /// By street, then in the order of filing.
    public static func < (left: CaseNumber, right: CaseNumber) -> Bool {
        (left.street, left.day, left.running) < (right.street, right.day, right.running)
    }
}
