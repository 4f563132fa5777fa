/// A text in which what identifies a person by number is masked.
///
/// Found and replaced by `****`: citizen ids, phone numbers, bank cards, licence plates, e-mail addresses, and WeChat
/// and QQ numbers where a word introduces them; also in full-width or Chinese digits, with gaps and hyphens in
/// between. In doubt about a long number it is masked. Left readable: dates, times, amounts, house numbers, short
/// service numbers (12345), and names, which no rule can tell from words.
///
/// The time is linear in the length of the text.
public struct Redaction: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable, Codable {
        case citizenID = "citizen-id"
        case phone
        case bankCard = "bank-card"
        case plate
        case email
        /// A WeChat or QQ number.
        case messenger
        /// A number that is longer than a bank card's.
        case longNumber = "long-number"
    }

    /// What stands where something was masked.
    public static let mask = "****"

    public let text: String
    public let kinds: Set<Kind>

    public init(of text: String) {
        let scan = RedactionScan(text)
        let findings = (scan.emails() + scan.plates() + scan.messengers() + scan.numbers())
            .sorted { $0.range.lowerBound < $1.range.lowerBound }
        guard !findings.isEmpty else {
            self.text = text
            self.kinds = []
            return
        }
        let scalars = text.unicodeScalars
        var result = ""
        var position = 0
        var index = scalars.startIndex
        for finding in findings {
            // Where two overlap, both are hidden by the mask of the first.
            if finding.range.lowerBound >= position {
                let start = scalars.index(index, offsetBy: finding.range.lowerBound - position)
                result += text[index..<start]
                result += Redaction.mask
                index = start
                position = finding.range.lowerBound
            }
            if finding.range.upperBound > position {
                index = scalars.index(index, offsetBy: finding.range.upperBound - position)
                position = finding.range.upperBound
            }
        }
        result += text[index...]
        self.text = result
        self.kinds = Set(findings.map(\.kind))
    }
}

/// A text prepared for finding things in it.
struct RedactionScan {
    struct Finding {
        let range: Range<Int>
        let kind: Redaction.Kind
    }

    let scalars: [Unicode.Scalar]
    /// Each scalar's value as a digit; −1 for others.
    let digits: [Int8]

    init(_ text: String) {
        self.scalars = Array(text.unicodeScalars)
        self.digits = scalars.map(RedactionScan.digit)
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Int8 {
        switch scalar.value {
        case 0x30...0x39: Int8(scalar.value - 0x30)
        case 0xFF10...0xFF19: Int8(scalar.value - 0xFF10)
        // Chinese digits: ordinary, as they are read out on the phone, and as they stand on cheques.
        case 0x3007, 0x96F6, 0x25CB: 0
        case 0x4E00, 0x5E7A, 0x58F9: 1
        case 0x4E8C, 0x8D30: 2
        case 0x4E09, 0x53C1: 3
        case 0x56DB, 0x8086: 4
        case 0x4E94, 0x4F0D: 5
        case 0x516D, 0x9646: 6
        case 0x4E03, 0x67D2: 7
        case 0x516B, 0x634C: 8
        case 0x4E5D, 0x7396: 9
        default: -1
        }
    }

    /// The ASCII form in lower case of a letter or digit, also of a full-width one; `nil` for others.
    func plainASCII(at index: Int) -> UInt8? {
        let value = scalars[index].value
        let narrow = (0xFF01...0xFF5E).contains(value) ? value - 0xFEE0 : value
        switch narrow {
        case 0x30...0x39, 0x61...0x7A: return UInt8(narrow)
        case 0x41...0x5A: return UInt8(narrow + 0x20)
        default: return nil
        }
    }

    /// Whether the lower-case word stands at the index, in any width and case.
    func stands(_ word: [Unicode.Scalar], at index: Int) -> Bool {
        guard index >= 0, index + word.count <= scalars.count else { return false }
        for (offset, expected) in word.enumerated() {
            let at = index + offset
            if scalars[at] != expected, plainASCII(at: at).map({ Unicode.Scalar($0) }) != expected { return false }
        }
        return true
    }
}
