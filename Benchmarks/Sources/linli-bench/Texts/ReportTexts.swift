/// Made-up reports with the lengths of real ones: log-normal with a median of 250 and a mean of 397 characters, cut to
/// 20…3,700. One in six names a telephone, a citizen id or a licence plate, so that redaction has something to find.
struct ReportTexts {
    private var chance: SeededChance

    init(seed: UInt64) {
        chance = SeededChance(seed: seed)
    }

    mutating func next() -> String {
        let wanted = min(3700, max(20, Int(250 * exponential(0.962 * chance.normal()))))
        var text = sentence()
        while text.unicodeScalars.count < wanted { text += sentence() }
        var cut = String(String.UnicodeScalarView(text.unicodeScalars.prefix(wanted)))
        if wanted > 60, chance.happens(1.0 / 6) { cut += contact() }
        return cut
    }

    mutating func place() -> String {
        "\(pick(Words.roads))\(Int.random(in: 1...399, using: &chance))号\(pick(Words.spots))"
    }

    /// A mobile number of a range that is in use.
    mutating func phone() -> String {
        "1\(["38", "39", "57", "86", "99"].randomElement(using: &chance) ?? "38")\(digits(8))"
    }

    private mutating func sentence() -> String {
        switch Int.random(in: 0..<4, using: &chance) {
        case 0:
            "\(pick(Words.times))，\(place())\(pick(Words.things))\(pick(Words.troubles))，\(pick(Words.effects))。"
        case 1:
            "\(pick(Words.people))反映\(pick(Words.things))\(pick(Words.troubles))，\(filler(6...14))，\(pick(Words.wishes))。"
        case 2:
            "\(filler(8...20))，\(pick(Words.things))\(pick(Words.troubles))已有\(Int.random(in: 2...90, using: &chance))天。"
        default: "\(pick(Words.wishes))，\(filler(5...16))，\(pick(Words.effects))。"
        }
    }

    private mutating func contact() -> String {
        switch Int.random(in: 0..<3, using: &chance) {
        case 0: "联系电话\(phone())。"
        case 1:
            "身份证330299\(Int.random(in: 1940...2005, using: &chance))0\(Int.random(in: 1...9, using: &chance))1\(digits(5))。"
        default: "车牌浙Z\(digits(5))。"
        }
    }

    /// Characters in no order that means anything: the search index meets as many pairs as in real texts.
    private mutating func filler(_ length: ClosedRange<Int>) -> String {
        String((0..<Int.random(in: length, using: &chance)).map { _ in pick(Words.characters) })
    }

    private mutating func digits(_ count: Int) -> String {
        String((0..<count).map { _ in Character(String(Int.random(in: 0...9, using: &chance))) })
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &chance)]
    }
}
