public import Domain

/// The code by which a sender follows a report: twelve digits, the last of them a check digit.
///
/// Eleven digits come from chance, the first of them not zero, so that 9 × 10¹⁰ codes exist and a spreadsheet keeps
/// them whole. The check digit follows Damm (H. M. Damm, "Total anti-symmetrische Quasigruppen", Marburg 2004): it
/// finds every single wrong digit and every exchange of two neighbours.
public struct TrackingCode: Hashable, Sendable {
    /// The twelve digits without gaps, as they are stored.
    public let digits: String

    /// Makes a code from chance.
    /// - Parameter random: 64 random bits, cryptographically strong in production: the code is a key to the report.
    public init(random: UInt64) {
        // 2⁶⁴ is 2 × 10⁸ times the number of codes, so that the remainder prefers none noticeably.
        let body = String(10_000_000_000 + random % 90_000_000_000)
        self.digits = body + String(TrackingCode.checkDigit(of: body.utf8.map { Int($0 - UInt8(ascii: "0")) }))
    }

    /// Reads a code that a person typed: gaps, hyphens and full-width digits are taken as meant.
    /// - Throws: a violation of the field `code`: `tracking-code.length` when there are not twelve digits,
    ///   `tracking-code.characters` for anything else between them, `tracking-code.mistyped` for a wrong check digit.
    public init(typed text: some StringProtocol) throws(RuleViolation) {
        var values: [Int] = []
        for character in text.unicodeScalars {
            switch character.value {
            case 0x30...0x39: values.append(Int(character.value - 0x30))
            case 0xFF10...0xFF19: values.append(Int(character.value - 0xFF10))
            // Gaps and the hyphens that keyboards, word processors and input methods put in.
            case 0x09, 0x0A, 0x0D, 0x20, 0xA0, 0x2007, 0x202F, 0x3000, 0x2D, 0x2010...0x2015, 0x2212, 0xFF0D: continue
            default: throw RuleViolation(.invalid, "tracking-code.characters", field: "code")
            }
            guard values.count <= 12 else { break }
        }
        guard values.count == 12 else {
            throw RuleViolation(.invalid, "tracking-code.length", field: "code")
        }
        guard values[0] != 0, TrackingCode.remainder(of: values) == 0 else {
            throw RuleViolation(.invalid, "tracking-code.mistyped", field: "code")
        }
        self.digits = values.map(String.init).joined()
    }

    /// Reads the stored form; `nil` for anything that is no code.
    public init?(digits: String) {
        let values = digits.utf8.map { Int($0) - 0x30 }
        guard values.count == 12, values.allSatisfy((0...9).contains), values[0] != 0,
            TrackingCode.remainder(of: values) == 0
        else { return nil }
        self.digits = digits
    }

    /// The digit that makes the remainder zero; the table's diagonal is zero, so that it is the remainder itself.
    static func checkDigit(of values: [Int]) -> Int {
        remainder(of: values)
    }

    private static func remainder(of values: [Int]) -> Int {
        values.reduce(0) { dammTable[$0][$1] }
    }

    /// A totally anti-symmetric quasigroup of order ten with a zero diagonal, from Damm's thesis.
    private static let dammTable = [
        [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
        [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
        [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
        [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
        [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
        [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
        [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
        [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
        [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
        [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
    ]
}

extension TrackingCode: CustomStringConvertible {
    /// Groups of four: `4821 0936 7754`.
    public var description: String {
        let characters = Array(digits)
        return [characters[0..<4], characters[4..<8], characters[8..<12]].map { String($0) }.joined(separator: " ")
    }
}
