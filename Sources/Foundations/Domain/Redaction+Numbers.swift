extension RedactionScan {
    /// Digits that follow one another without a gap.
    private struct Group {
        let range: Range<Int>
        var count: Int { range.count }
    }

    /// Citizen ids, phone numbers, bank cards and other long numbers.
    func numbers() -> [Finding] {
        var findings: [Finding] = []
        var run: [Group] = []
        var position = 0
        while position < digits.count {
            guard digits[position] >= 0 else {
                position += 1
                continue
            }
            var end = position
            while end < digits.count, digits[end] >= 0 { end += 1 }
            if let last = run.last, !isGap(last.range.upperBound, position) {
                find(in: run, &findings)
                run.removeAll(keepingCapacity: true)
            }
            appendGroups(in: position..<end, to: &run)
            position = end
        }
        find(in: run, &findings)
        return findings
    }

    /// - Parameter run: groups with at most three separators between one and the next.
    private func find(in run: [Group], _ findings: inout [Finding]) {
        // House numbers, years and amounts end here: the shortest number that counts has seven digits.
        guard run.reduce(0, { $0 + $1.count }) >= 7 else { return }
        var first = 0
        while first < run.count {
            if let (last, finding) = longestNumber(from: first, in: run) {
                findings.append(finding)
                first = last + 1
            } else {
                first += 1
            }
        }
    }

    /// The number that begins with this group and takes in as many groups as fit.
    private func longestNumber(from first: Int, in run: [Group]) -> (last: Int, finding: Finding)? {
        var result: (Int, Finding)?
        var values: [Int8] = []
        var sizes: [Int] = []
        for last in first..<run.count {
            let group = run[last]
            // No number with gaps is longer than a bank card's.
            if last > first, values.count + group.count > 19 { break }
            values.append(contentsOf: digits[group.range])
            sizes.append(group.count)
            var end = group.range.upperBound
            let hasLetter = values.count == 17 && end < scalars.count && isCheckLetter(scalars[end].value)
            let start = run[first].range.lowerBound
            let kind =
                last == first || sizes.allSatisfy { $0 == 1 }
                ? kindOfUnbroken(values, hasLetter: hasLetter, at: start)
                : kindOfBroken(values, sizes: sizes, hasLetter: hasLetter, at: start)
            guard let kind else { continue }
            if hasLetter { end += 1 }
            result = (last, Finding(range: start..<end, kind: kind))
        }
        return result
    }

    /// A number without gaps. From 13 digits on everything is masked: nothing that long is an amount or a date.
    private func kindOfUnbroken(_ values: [Int8], hasLetter: Bool, at start: Int) -> Redaction.Kind? {
        switch values.count {
        case 7, 8:
            return !isDate(values[...]) && isIntroducedAsPhone(start) ? .phone : nil
        case 10, 11, 12:
            return isMobile(values[...]) || (values[0] == 0 && values[1] != 0) ? .phone : nil
        case 13 where values.starts(with: [8, 6]) && isMobile(values.dropFirst(2)),
            15 where values.starts(with: [0, 0, 8, 6]) && isMobile(values.dropFirst(4)):
            return .phone
        case 13...19: return isCitizenID(values, hasLetter: hasLetter) ? .citizenID : .bankCard
        case 20...: return .longNumber
        default: return nil
        }
    }

    /// A number with gaps: only well-known shapes, since house numbers, dates and amounts stand side by side too.
    private func kindOfBroken(_ values: [Int8], sizes: [Int], hasLetter: Bool, at start: Int) -> Redaction.Kind? {
        if isMobileInGroups(values, sizes) || isLandline(values, sizes) { return .phone }
        if (7...8).contains(values.count), sizes.count == 2, sizes.allSatisfy({ $0 >= 3 }), isIntroducedAsPhone(start) {
            return .phone
        }
        if isCitizenID(values, hasLetter: hasLetter) { return .citizenID }
        guard (13...19).contains(values.count), (3...9).contains(values[0]) else { return nil }
        let inFours = sizes.dropLast().allSatisfy { $0 == 4 } && (sizes.last ?? 5) <= 4
        return inFours || (values.count >= 16 && isLuhn(values)) ? .bankCard : nil
    }

    /// 13x to 19x and eight more digits.
    private func isMobile(_ values: ArraySlice<Int8>) -> Bool {
        guard values.count == 11, let first = values.first else { return false }
        return first == 1 && values[values.startIndex + 1] >= 3
    }

    private func isMobileInGroups(_ values: [Int8], _ sizes: [Int]) -> Bool {
        // With the country's code in a group of its own.
        if sizes[0] == 2 && values.starts(with: [8, 6]) || sizes[0] == 4 && values.starts(with: [0, 0, 8, 6]) {
            return isMobile(values.dropFirst(sizes[0]))
        }
        guard isMobile(values[...]) else { return false }
        return sizes.allSatisfy { $0 >= 3 } || sizes == [2, 3, 3, 3] || sizes == [1, 3, 3, 4]
    }

    /// An area code of three or four digits and seven or eight more, perhaps with the country's code before.
    private func isLandline(_ values: [Int8], _ sizes: [Int]) -> Bool {
        if sizes.count > 2, sizes[0] == 2, values.starts(with: [8, 6]) {
            // +86 574 8765 4321: the area code loses its zero.
            return (2...4).contains(sizes[1]) && sizes.dropFirst(2).allSatisfy { $0 >= 3 }
                && (7...8).contains(values.count - sizes[0] - sizes[1])
        }
        guard values[0] == 0, values[1] != 0, (3...4).contains(sizes[0]) else { return false }
        return sizes.dropFirst().allSatisfy { $0 >= 3 } && (7...8).contains(values.count - sizes[0])
    }

    /// Whether the digits have the shape of a citizen id: a birth date in its place. The check digit may be wrong,
    /// for people mistype it, and it is a person's number all the same.
    private func isCitizenID(_ values: [Int8], hasLetter: Bool) -> Bool {
        switch values.count {
        case 18: return isDate(values[6..<14])
        case 17: return hasLetter && isDate(values[6..<14])
        case 15: return (1...8).contains(values[0]) && isDate([1, 9] + values[6..<12])
        default: return false
        }
    }

    /// Year 1880 to 2099, month, day.
    private func isDate(_ values: ArraySlice<Int8>) -> Bool {
        guard values.count == 8 else { return false }
        let number = values.reduce(0) { $0 * 10 + Int($1) }
        return (1880...2099).contains(number / 10_000) && (1...12).contains(number / 100 % 100)
            && (1...31).contains(number % 100)
    }

    /// ISO/IEC 7812-1: the check digit of card numbers.
    private func isLuhn(_ values: [Int8]) -> Bool {
        var sum = 0
        for (offset, value) in values.reversed().enumerated() {
            let doubled = Int(value) * (offset.isMultiple(of: 2) ? 1 : 2)
            sum += doubled > 9 ? doubled - 9 : doubled
        }
        return sum.isMultiple(of: 10)
    }

    /// X in any case and width, and the signs that people put for it.
    private func isCheckLetter(_ value: UInt32) -> Bool {
        switch value {
        case 0x58, 0x78, 0xFF38, 0xFF58, 0xD7, 0x2A: true
        default: false
        }
    }

    /// Appends one group, unless digits of two scripts meet and do not make one number together: in "the first
    /// 138…" the Chinese digit stands right before the number.
    private func appendGroups(in range: Range<Int>, to run: inout [Group]) {
        var pieces: [Group] = []
        var start = range.lowerBound
        for index in range.dropFirst() where isChinese(index) != isChinese(index - 1) {
            pieces.append(Group(range: start..<index))
            start = index
        }
        guard !pieces.isEmpty else { return run.append(Group(range: range)) }
        pieces.append(Group(range: start..<range.upperBound))
        let standsAlone = pieces.contains { $0.count >= 11 }
        if !standsAlone, range.count >= 13 || isMobile(digits[range]) {
            run.append(Group(range: range))
        } else {
            run.append(contentsOf: pieces)
        }
    }

    private func isChinese(_ index: Int) -> Bool {
        (0x100..<0xFF00).contains(scalars[index].value)
    }

    private func isGap(_ start: Int, _ end: Int) -> Bool {
        guard end - start <= 3 else { return false }
        var index = start
        while index < end {
            guard isSeparator(scalars[index].value) else { return false }
            index += 1
        }
        return true
    }

    /// Spaces, hyphens, dots, brackets, plus signs; no line ends, commas or colons.
    private func isSeparator(_ value: UInt32) -> Bool {
        switch value {
        case 0x20, 0x28, 0x29, 0x2B, 0x2D, 0x2E, 0xA0, 0xB7, 0x2000...0x200D, 0x2010...0x2015, 0x2022, 0x202F, 0x2060,
            0x2212, 0x3000, 0x30FB, 0xFE63, 0xFEFF, 0xFF08, 0xFF09, 0xFF0B, 0xFF0D, 0xFF0E:
            true
        default: false
        }
    }
}
