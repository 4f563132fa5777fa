/// A citizen's identity number (GB 11643-1999): division, birthday, serial number, check character.
///
/// Never printed in clear: what may be shown is ``mask``.
public struct CitizenID: Hashable, Sendable {
    public enum Sex: String, Hashable, Sendable, Codable {
        case female
        case male
    }

    /// The eighteen characters, the last may be a capital X. Personal: goes into envelopes only.
    public let number: String
    /// The county that the number was given in; it may no longer exist.
    public let division: String
    public let birthday: LocalDay
    public let sex: Sex

    /// Reads a number that a person typed: gaps, hyphens, full-width characters and a small x are taken as meant; the
    /// fifteen digits of before 1999 become eighteen.
    /// - Parameters:
    ///   - today: nobody is born later.
    ///   - field: the input field that violations name.
    /// - Throws: `citizen-id.length`, `.characters`, `.division`, `.birthday`, `.mistyped` (wrong check character).
    public init(typed text: some StringProtocol, today: LocalDay, field: String? = nil) throws(RuleViolation) {
        var characters = try CitizenID.plain(text, field: field)
        guard characters.count == 15 || characters.count == 18 else {
            throw RuleViolation(.invalid, "citizen-id.length", field: field)
        }
        guard characters.dropLast(characters.count == 18 ? 1 : 0).allSatisfy({ $0 < 10 }) else {
            throw RuleViolation(.invalid, "citizen-id.characters", field: field)
        }
        if characters.count == 15 {
            // The short form left the century out; its bearers were born in the twentieth.
            characters.insert(contentsOf: [1, 9], at: 6)
            characters.append(CitizenID.checkCharacter(of: characters))
        }
        guard DivisionCode.provinces.contains(characters[0] * 10 + characters[1]) else {
            throw RuleViolation(.invalid, "citizen-id.division", field: field)
        }
        let date = characters[6..<14].reduce(0) { $0 * 10 + $1 }
        guard let birthday = LocalDay(year: date / 10_000, month: date / 100 % 100, day: date % 100),
            birthday <= today, date >= 18_800_101
        else { throw RuleViolation(.invalid, "citizen-id.birthday", field: field) }
        guard CitizenID.checkCharacter(of: Array(characters[..<17])) == characters[17] else {
            throw RuleViolation(.invalid, "citizen-id.mistyped", field: field)
        }
        self.number = characters.map { $0 == 10 ? "X" : String($0) }.joined()
        self.division = String(number.prefix(6))
        self.birthday = birthday
        self.sex = characters[16].isMultiple(of: 2) ? .female : .male
    }

    /// `3302**********1234`.
    public var mask: String {
        number.prefix(4) + String(repeating: "*", count: 10) + number.suffix(4)
    }

    /// The number as a value that cannot be printed by accident.
    public var masked: Masked<String> { Masked(number, mask: mask) }

    /// Full years on that day.
    public func age(on day: LocalDay) -> Int {
        let (born, now) = (birthday.civil, day.civil)
        return now.year - born.year - ((now.month, now.day) < (born.month, born.day) ? 1 : 0)
    }

    /// The digits' values, 10 for X.
    private static func plain(_ text: some StringProtocol, field: String?) throws(RuleViolation) -> [Int] {
        var result: [Int] = []
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x30...0x39: result.append(Int(scalar.value - 0x30))
            case 0xFF10...0xFF19: result.append(Int(scalar.value - 0xFF10))
            case 0x58, 0x78, 0xFF38, 0xFF58: result.append(10)
            case 0x09, 0x20, 0xA0, 0x3000, 0x2D, 0x2010...0x2015, 0xFF0D: continue
            default: throw RuleViolation(.invalid, "citizen-id.characters", field: field)
            }
            guard result.count <= 18 else { throw RuleViolation(.invalid, "citizen-id.length", field: field) }
        }
        return result
    }

    /// ISO 7064 MOD 11-2 over seventeen digits; 10 stands for X.
    static func checkCharacter(of digits: [Int]) -> Int {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
        return (12 - sum % 11) % 11
    }
}

extension CitizenID: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { mask }
    public var debugDescription: String { mask }
    public var customMirror: Mirror { Mirror(self, children: ["mask": mask]) }
}
