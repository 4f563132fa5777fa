/// A division's code: six digits for province, city and county (GB/T 2260), three more for the street, three more
/// for the community (GB/T 10114 and the statistical division codes).
public struct DivisionCode: Hashable, Sendable {
    /// How deep the division lies.
    public enum Level: Int, Hashable, Sendable, Comparable, CaseIterable {
        case province = 1
        case city
        case county
        case street
        case community

        public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    /// Six, nine or twelve digits.
    public let digits: String

    /// - Throws: `division-code.invalid` unless the text has six, nine or twelve digits, begins with the number of a
    ///   province, and has no county or street without a city, no community without a street.
    public init(_ text: some StringProtocol) throws(RuleViolation) {
        let values = text.utf8.map { Int($0) - 0x30 }
        guard [6, 9, 12].contains(values.count), values.allSatisfy((0...9).contains),
            DivisionCode.provinces.contains(values[0] * 10 + values[1]),
            DivisionCode.isWithoutHoles(values)
        else { throw RuleViolation(.invalid, "division-code.invalid") }
        self.digits = String(text)
    }

    private init(unchecked digits: String) {
        self.digits = digits
    }

    public var level: Level {
        if significant.count == 12 { return .community }
        if significant.count == 9 { return .street }
        if significant.count == 6 { return .county }
        return significant.count == 4 ? .city : .province
    }

    /// The division above; `nil` for a province.
    public var parent: DivisionCode? {
        switch level {
        case .province: nil
        case .city: DivisionCode(unchecked: digits.prefix(2) + "0000")
        case .county: DivisionCode(unchecked: digits.prefix(4) + "00")
        case .street: DivisionCode(unchecked: String(digits.prefix(6)))
        case .community: DivisionCode(unchecked: String(digits.prefix(9)))
        }
    }

    /// Whether the other division is this one or lies in it.
    public func contains(_ other: DivisionCode) -> Bool {
        other.significant.hasPrefix(significant)
    }

    /// The digits without the zeros that only fill.
    private var significant: Substring {
        for (length, unit) in [(12, 3), (9, 3), (6, 2), (4, 2)] where digits.utf8.count >= length {
            let part = digits.prefix(length)
            if part.suffix(unit).contains(where: { $0 != "0" }) { return part }
        }
        return digits.prefix(2)
    }

    /// A county may be missing above a street: Dongguan and a few other cities have none.
    private static func isWithoutHoles(_ values: [Int]) -> Bool {
        let isSet = values.map { $0 != 0 }
        let hasCity = isSet[2] || isSet[3]
        let hasStreet = values.count > 6 && isSet[6..<9].contains(true)
        let hasCommunity = values.count > 9 && isSet[9..<12].contains(true)
        let hasMoreThanProvince = isSet[4..<6].contains(true) || hasStreet || hasCommunity
        return (hasCity || !hasMoreThanProvince) && (hasStreet || !hasCommunity)
    }

    /// The first two digits, GB/T 2260: regions 1 to 6, Taiwan, Hong Kong and Macao.
    static let provinces: Set<Int> = Set(
        Array(11...15) + Array(21...23) + Array(31...37) + Array(41...46) + Array(50...54) + Array(61...65)
            + [71, 81, 82, 83])
}

extension DivisionCode: CustomStringConvertible {
    public var description: String { digits }
}
