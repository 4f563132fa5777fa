/// An organisation's unified social credit code (GB 32100-2015): registering authority, kind, division, organisation
/// code, check character.
public struct CreditCode: Hashable, Sendable {
    /// Eighteen digits and capitals.
    public let code: String

    /// Reads a code that a person typed: gaps, hyphens, full-width characters and small letters are taken as meant.
    /// - Parameter field: the input field that violations name.
    /// - Throws: `credit-code.length`, `.characters`, `.mistyped` (wrong check character).
    public init(typed text: some StringProtocol, field: String? = nil) throws(RuleViolation) {
        var values: [Int] = []
        for scalar in text.unicodeScalars {
            let narrow = (0xFF01...0xFF5E).contains(scalar.value) ? scalar.value - 0xFEE0 : scalar.value
            switch narrow {
            case 0x09, 0x20, 0xA0, 0x3000, 0x2D, 0x2010...0x2015: continue
            default: break
            }
            let capital = (0x61...0x7A).contains(narrow) ? narrow - 0x20 : narrow
            guard let value = CreditCode.alphabet.firstIndex(where: { UInt32($0) == capital }) else {
                throw RuleViolation(.invalid, "credit-code.characters", field: field)
            }
            values.append(value)
            guard values.count <= 18 else { throw RuleViolation(.invalid, "credit-code.length", field: field) }
        }
        guard values.count == 18 else { throw RuleViolation(.invalid, "credit-code.length", field: field) }
        guard values[2..<8].allSatisfy({ $0 < 10 }) else {
            throw RuleViolation(.invalid, "credit-code.characters", field: field)
        }
        guard CreditCode.checkValue(of: values[..<17]) == values[17] else {
            throw RuleViolation(.invalid, "credit-code.mistyped", field: field)
        }
        self.code = String(decoding: values.map { CreditCode.alphabet[$0] }, as: UTF8.self)
    }

    /// The county that the organisation was registered in.
    public var division: String { String(code.dropFirst(2).prefix(6)) }
    /// The organisation code (GB 11714) inside.
    public var organisationCode: String { String(code.dropFirst(8).prefix(9)) }

    /// Digits and capitals without I, O, S, V, Z, which look like others.
    private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)

    /// ISO 7064 MOD 31-3 as GB 32100 writes it: the weights are the powers of three.
    private static func checkValue(of values: ArraySlice<Int>) -> Int {
        var weight = 1
        var sum = 0
        for value in values {
            sum += value * weight
            weight = weight * 3 % 31
        }
        return (31 - sum % 31) % 31
    }
}

extension CreditCode: CustomStringConvertible {
    public var description: String { code }
}
