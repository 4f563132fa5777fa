/// The code of a division: 6 digits for a district (GB/T 2260), 3 more for a street and 3 more for a community
/// (GB/T 10114), 3 more for a grid as the community numbers it.
public struct AreaCode: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let digits: String
    public let level: AreaLevel

    /// `nil` unless the text is 6, 9, 12 or 15 ASCII digits.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let level = AreaLevel.allCases.first(where: { $0.codeLength == text.utf8.count })
        else { return nil }
        self.digits = String(text)
        self.level = level
    }

    /// The division that this one is part of by its digits; `nil` for a district.
    public var parent: AreaCode? {
        level.above.flatMap { AreaCode(digits.prefix($0.codeLength)) }
    }

    /// `330299/001/002/005/`: the digits level by level, each with a slash behind it, so that one area's path is a
    /// prefix of another's only if it contains it.
    public var path: String {
        var path = ""
        var start = digits.startIndex
        for level in AreaLevel.allCases where level.codeLength <= digits.utf8.count {
            let end = digits.index(digits.startIndex, offsetBy: level.codeLength)
            path += digits[start..<end] + "/"
            start = end
        }
        return path
    }

    public static func < (left: AreaCode, right: AreaCode) -> Bool {
        left.digits < right.digits
    }

    public var description: String { digits }
}
