import Domain
import Foundation
import Testing

/// Secrets made by chance, written as people write them, planted in texts as people write them.
@Suite("Redaction of planted secrets")
struct RedactionPropertyTests {
    @Test("no six digits in a row of a planted secret are left")
    func nothingIsLeft() {
        var chance = SeededChance("planted secrets")
        for round in 0..<4000 {
            let secret = Secret.allCases.randomElement(using: &chance) ?? .mobile
            let digits = secret.digits(using: &chance)
            let written = secret.writing(digits, using: &chance)
            let before = Self.before.randomElement(using: &chance) ?? ""
            let after = Self.after.randomElement(using: &chance) ?? ""
            let redaction = Redaction(of: before + written + after)
            let left = Self.plainDigits(redaction.text)
            let around = Self.plainDigits(before + "|" + after)
            let plain = Array(digits.filter { $0 != "X" })
            for start in 0...(plain.count - 6) {
                let six = String(plain[start..<start + 6])
                // By chance they may stand beside the secret as well, in a date.
                guard left.contains(six), !around.contains(six) else { continue }
                Issue.record("round \(round): \(before)\(written)\(after) → \(redaction.text), seed \(chance.seed)")
            }
            #expect(!redaction.kinds.isEmpty, "\(written), seed \(chance.seed)")
        }
    }

    private enum Secret: CaseIterable {
        case citizenID, shortCitizenID, mobile, landline, card

        func digits(using chance: inout SeededChance) -> String {
            func random(_ count: Int) -> String {
                (0..<count).map { _ in String(Int.random(in: 0...9, using: &chance)) }.joined()
            }
            func two(_ range: ClosedRange<Int>) -> String { padded(Int.random(in: range, using: &chance), to: 2) }
            switch self {
            case .citizenID:
                let year = String(Int.random(in: 1920...2025, using: &chance))
                let last = Int.random(in: 0...10, using: &chance)
                return "33" + random(4) + year + two(1...12) + two(1...28) + random(3)
                    + (last == 10 ? "X" : String(last))
            case .shortCitizenID: return "33" + random(4) + two(20...99) + two(1...12) + two(1...28) + random(3)
            case .mobile: return "1" + String(Int.random(in: 3...9, using: &chance)) + random(9)
            case .landline: return "0" + String(Int.random(in: 311...999, using: &chance)) + "8" + random(7)
            case .card:
                let body = "62" + random(Int.random(in: 13...16, using: &chance))
                return body + RedactionPropertyTests.luhnDigit(after: body)
            }
        }

        /// With gaps where people put them, in one of the scripts.
        func writing(_ digits: String, using chance: inout SeededChance) -> String {
            let groupings: [[Int]] =
                switch self {
                case .citizenID: [[18], [6, 8, 4], [6, 4, 4, 4], [3, 3, 4, 4, 4], [6, 12], [4, 4, 4, 4, 2]]
                case .shortCitizenID: [[15], [6, 6, 3], [6, 9]]
                case .mobile: [[11], [3, 4, 4], [3, 8], [4, 4, 3], [3, 3, 5], [7, 4], [5, 6], [2, 3, 3, 3]]
                case .landline: [[12], [4, 8], [4, 4, 4], [4, 3, 5]]
                case .card: [[19], [4, 4, 4, 4, 4], [6, 13], [4, 4, 11]]
                }
            let gap = ["", " ", "-", "－", "  ", ".", "·", "　", " - "].randomElement(using: &chance) ?? ""
            var rest = Substring(digits)
            var parts: [String] = []
            for size in groupings.randomElement(using: &chance) ?? [] where !rest.isEmpty {
                parts.append(String(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            if !rest.isEmpty { parts.append(String(rest)) }
            let text = parts.joined(separator: gap)
            switch Int.random(in: 0..<6, using: &chance) {
            case 0: return String(text.map { RedactionPropertyTests.fullWidth[$0] ?? $0 })
            case 1: return String(text.map { RedactionPropertyTests.chinese[$0] ?? $0 })
            case 2: return text.lowercased()
            default: return text
            }
        }
    }

    private static let fullWidth = Dictionary(uniqueKeysWithValues: zip("0123456789X", "０１２３４５６７８９Ｘ"))
    private static let chinese = Dictionary(uniqueKeysWithValues: zip("0123456789", "〇一二三四五六七八九"))
    private static let values: [Character: Character] = Dictionary(
        uniqueKeysWithValues: fullWidth.map { ($1, $0) } + chinese.map { ($1, $0) } + "0123456789".map { ($0, $0) })

    /// The digits of a text in their order, without anything between them.
    private static func plainDigits(_ text: String) -> String {
        String(text.compactMap { values[$0] })
    }

    private static func luhnDigit(after body: String) -> String {
        let sum = body.reversed().enumerated().reduce(0) { sum, next in
            let value = (next.element.wholeNumberValue ?? 0) * (next.offset.isMultiple(of: 2) ? 2 : 1)
            return sum + (value > 9 ? value - 9 : value)
        }
        return String((10 - sum % 10) % 10)
    }

    private static let before = [
        "", "我的电话是", "身份证号：", "请联系", "2020年1月6日，本人", "3幢502的住户，电话 ", "您好！卡号(", "No.", "TEL:", "住A3区8号,",
        "第一，", "共2人：", "\n", "张先生(", "价格1200元。", "附：", "微信同号",
    ]
    private static let after = [
        "", "，谢谢", "。", "（张先生）", "\n2020-01-06", "，3幢", ")", " 请回电", "、", "转8001", "/", "号", "元整",
    ]
}
