extension RedactionScan {
    /// E-mail addresses: RFC 5321's lengths, the usual characters.
    func emails() -> [Finding] {
        var findings: [Finding] = []
        for index in scalars.indices where scalars[index] == "@" || scalars[index].value == 0xFF20 {
            var start = index
            while start > 0, index - start < 64, isLocalPart(start - 1) { start -= 1 }
            var end = index + 1
            var lastDot: Int?
            while end < scalars.count, end - index <= 255, isDomain(end) {
                if scalars[end] == "." { lastDot = end }
                end += 1
            }
            while end > index + 1, scalars[end - 1] == "." || scalars[end - 1] == "-" { end -= 1 }
            guard start < index, let lastDot, lastDot > index + 1, end - lastDot > 2 else { continue }
            findings.append(Finding(range: start..<end, kind: .email))
        }
        return findings
    }

    private func isLocalPart(_ index: Int) -> Bool {
        if plainASCII(at: index) != nil { return true }
        switch scalars[index] {
        case ".", "_", "%", "+", "-": return true
        default: return false
        }
    }

    private func isDomain(_ index: Int) -> Bool {
        plainASCII(at: index) != nil || scalars[index] == "." || scalars[index] == "-"
    }

    /// Licence plates: the province's sign, a letter, five characters or six (new energy), GA 36.
    func plates() -> [Finding] {
        var findings: [Finding] = []
        // A letter after an ideograph is rare, so that it is asked for first.
        for index in scalars.indices.dropLast() where scalars[index].value >= 0x4E00 {
            guard plainASCII(at: index + 1).map(isLetter) == true, Self.provinces.contains(scalars[index].value),
                let end = endOfPlate(from: index)
            else { continue }
            findings.append(Finding(range: index..<end, kind: .plate))
        }
        return findings
    }

    /// - Parameter start: the province's sign; a letter follows.
    private func endOfPlate(from start: Int) -> Int? {
        var position = start + 2
        if position < scalars.count, isPlateSeparator(scalars[position].value) { position += 1 }
        let body = position
        var figures = 0
        while position < scalars.count, position - body < 7, let character = plainASCII(at: position) {
            if !isLetter(character) { figures += 1 }
            position += 1
        }
        guard figures > 0 else { return nil }
        if position - body == 4, position < scalars.count, Self.plateEndings.contains(scalars[position].value) {
            return position + 1
        }
        return (5...6).contains(position - body) ? position : nil
    }

    private func isLetter(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "a") }

    private func isPlateSeparator(_ value: UInt32) -> Bool {
        switch value {
        case 0x20, 0x2D, 0x2E, 0xB7, 0x2022, 0x2027, 0x22C5, 0x30FB, 0x3000: true
        default: false
        }
    }

    /// WeChat and QQ numbers that a word introduces.
    func messengers() -> [Finding] {
        var findings: [Finding] = []
        for index in scalars.indices where beginsMessengerWord(scalars[index].value) {
            let isMessenger = Self.wechat.first { stands($0, at: index) }
            let isQQ = isMessenger == nil ? Self.qq.first { stands($0, at: index) } : nil
            guard let word = isMessenger ?? isQQ else { continue }
            // A Latin introducer inside a longer word introduces nothing.
            if index > 0, plainASCII(at: index) != nil, plainASCII(at: index - 1) != nil { continue }
            let start = skippingFiller(from: index + word.count)
            var end = start
            while end < scalars.count, end - start <= 20, isMessengerCharacter(end, figuresOnly: isQQ != nil) {
                end += 1
            }
            let allowed = isQQ != nil ? 5...12 : 6...20
            guard allowed.contains(end - start) else { continue }
            findings.append(Finding(range: start..<end, kind: .messenger))
        }
        return findings
    }

    /// The first characters of the words below, in both widths and cases.
    private func beginsMessengerWord(_ value: UInt32) -> Bool {
        switch value {
        case 0x5FAE, 0x8587, 0x6263: true
        case 0x51, 0x56, 0x57, 0x71, 0x76, 0x77: true
        case 0xFF31, 0xFF36, 0xFF37, 0xFF51, 0xFF56, 0xFF57: true
        default: false
        }
    }

    private func isMessengerCharacter(_ index: Int, figuresOnly: Bool) -> Bool {
        guard let character = plainASCII(at: index) else {
            return !figuresOnly && (scalars[index] == "_" || scalars[index] == "-")
        }
        return !figuresOnly || !isLetter(character)
    }

    /// Past the words and signs that may stand between an introduction and its number, at most eight.
    private func skippingFiller(from start: Int) -> Int {
        var position = start
        while position < scalars.count, position - start < 8, Self.filler.contains(scalars[position].value) {
            position += 1
        }
        return position
    }

    /// Whether one of the words for a phone ends at most six characters before the index, nothing but words between.
    func isIntroducedAsPhone(_ index: Int) -> Bool {
        var position = index
        while position > 0, index - position < 6, digits[position - 1] < 0 {
            if Self.phone.contains(where: { stands($0, at: position - $0.count) }) { return true }
            position -= 1
        }
        return Self.phone.contains { stands($0, at: position - $0.count) }
    }

    // The words are written by code point: texts in Chinese belong into the catalogues, and these are not texts but
    // characters to look for.

    /// The 31 signs of the provinces, from Beijing to Xinjiang.
    private static let provinces: Set<UInt32> = [
        0x4EAC, 0x6D25, 0x5180, 0x664B, 0x8499, 0x8FBD, 0x5409, 0x9ED1, 0x6CAA, 0x82CF, 0x6D59, 0x7696, 0x95FD,
        0x8D63, 0x9C81, 0x8C6B, 0x9102, 0x6E58, 0x7CA4, 0x6842, 0x743C, 0x6E1D, 0x5DDD, 0x8D35, 0x4E91, 0x85CF,
        0x9655, 0x7518, 0x9752, 0x5B81, 0x65B0,
    ]

    /// Learner, police, trailer, Hong Kong, Macao, trial, oversize, consulate.
    private static let plateEndings: Set<UInt32> = [0x5B66, 0x8B66, 0x6302, 0x6E2F, 0x6FB3, 0x8BD5, 0x8D85, 0x9886]

    /// weixin in two spellings, and as people write it in Latin letters.
    private static let wechat: [[Unicode.Scalar]] = ["\u{5FAE}\u{4FE1}", "\u{8587}\u{4FE1}", "wechat", "weixin", "vx"]
        .map { Array($0.unicodeScalars) }

    /// QQ, and koukou as people write it in characters.
    private static let qq: [[Unicode.Scalar]] = ["qq", "\u{6263}\u{6263}"].map { Array($0.unicodeScalars) }

    /// dianhua, shouji, zuoji, lianxi fangshi, tel, phone.
    private static let phone: [[Unicode.Scalar]] = [
        "\u{7535}\u{8BDD}", "\u{624B}\u{673A}", "\u{5EA7}\u{673A}", "\u{8054}\u{7CFB}\u{65B9}\u{5F0F}", "tel", "phone",
    ].map { Array($0.unicodeScalars) }

    /// hao, ma, shi, wei, qun, zhang (two spellings), tong, jia; colons, brackets, commas, spaces.
    private static let filler: Set<UInt32> = [
        0x53F7, 0x7801, 0x662F, 0x4E3A, 0x7FA4, 0x8D26, 0x5E10, 0x540C, 0x52A0, 0x3A, 0xFF1A, 0x28, 0x29, 0xFF08,
        0xFF09, 0x2C, 0xFF0C, 0x20, 0xA0, 0x3000, 0x22, 0x201C,
    ]
}
