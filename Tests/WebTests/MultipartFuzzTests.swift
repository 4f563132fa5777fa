import Testing

@testable import Web

/// Chance that can be had again: the seed is in every failure message.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

@Suite("Random multipart bodies")
struct MultipartFuzzTests {
    private static let limits = MultipartParser.Limits(totalBytes: 600, partBytes: 120, parts: 5, headerBytes: 160)
    private static let contentType = "multipart/form-data; boundary=x-B"

    private enum Outcome: Equatable {
        case events([MultipartParser.Event])
        /// With what was seen before.
        case refused
    }

    @Test(
        "cut anywhere, a valid body gives the same parts as in one piece",
        arguments: [UInt64.random(in: 0...UInt64.max)])
    func splits(seed: UInt64) {
        print("MultipartFuzzTests.splits seed: \(seed)")
        var numbers = SeededNumbers(seed: seed)
        for round in 0..<6_000 {
            let (body, expected) = validBody(&numbers)
            let whole = run(body, &numbers, inPieces: false)
            #expect(whole == .events(expected), "seed \(seed), round \(round)")
            let pieces = run(body, &numbers, inPieces: true)
            #expect(pieces == whole, "seed \(seed), round \(round)")
            if pieces != whole { return }
        }
    }

    @Test(
        "damaged bodies never crash, never exceed a limit and say the same however they are cut",
        arguments: [UInt64.random(in: 0...UInt64.max)])
    func mutations(seed: UInt64) {
        print("MultipartFuzzTests.mutations seed: \(seed)")
        var numbers = SeededNumbers(seed: seed)
        var refused = 0
        for round in 0..<15_000 {
            var body = validBody(&numbers).body
            for _ in 0..<Int.random(in: 1...4, using: &numbers) { damage(&body, &numbers) }
            let whole = run(body, &numbers, inPieces: false)
            let pieces = run(body, &numbers, inPieces: true)
            #expect(whole == pieces, "seed \(seed), round \(round)")
            if whole != pieces { return }
            if whole == .refused { refused += 1 }
            if case .events(let events) = whole { #expect(isWithinLimits(events), "seed \(seed), round \(round)") }
        }
        // Both outcomes are met, or the test has lost its sense.
        #expect(refused > 1_000 && refused < 14_990, "seed \(seed)")
    }

    private func run(_ body: [UInt8], _ numbers: inout SeededNumbers, inPieces: Bool) -> Outcome {
        guard
            var parser = MultipartParser(contentType: MultipartFuzzTests.contentType, limits: MultipartFuzzTests.limits)
        else {
            return .refused
        }
        var events: [MultipartParser.Event] = []
        var rest = body[...]
        do {
            while !rest.isEmpty {
                let size = inPieces ? Int.random(in: 1...max(1, min(rest.count, 40)), using: &numbers) : rest.count
                events += try parser.receive(rest.prefix(size))
                rest = rest.dropFirst(size)
            }
            try parser.finish()
        } catch {
            return .refused
        }
        return .events(joined(events))
    }

    private func isWithinLimits(_ events: [MultipartParser.Event]) -> Bool {
        var parts = 0
        for event in events {
            switch event {
            case .part: parts += 1
            case .bytes(let bytes): if bytes.count > MultipartFuzzTests.limits.partBytes { return false }
            case .endOfPart, .end: break
            }
        }
        return parts <= MultipartFuzzTests.limits.parts
    }

    private func validBody(_ numbers: inout SeededNumbers) -> (body: [UInt8], events: [MultipartParser.Event]) {
        var body: [UInt8] = []
        var events: [MultipartParser.Event] = []
        for _ in 0..<Int.random(in: 0...3, using: &numbers) {
            let name = "n\(Int.random(in: 0...3, using: &numbers))"
            let fileName: String? = Bool.random(using: &numbers) ? "f.txt" : nil
            let file = fileName.map { "; filename=\"\($0)\"" } ?? ""
            let content = content(&numbers)
            body += Array(
                "\(body.isEmpty ? "" : "\r\n")--x-B\r\nContent-Disposition: form-data; name=\"\(name)\"\(file)\r\n\r\n"
                    .utf8)
            body += content
            events.append(.part(MultipartPart(name: name, fileName: fileName)))
            if !content.isEmpty { events.append(.bytes(content)) }
            events.append(.endOfPart)
        }
        body += Array("\(body.isEmpty ? "" : "\r\n")--x-B--\r\n".utf8)
        return (body, events + [.end])
    }

    /// Made of the pieces that a parser stumbles over, without a whole boundary.
    private func content(_ numbers: inout SeededNumbers) -> [UInt8] {
        let pieces = ["\r", "\n", "\r\n", "-", "--", "\r\n--", "\r\n--x-", "--x", "B", "a", "\u{0}", "灯", "\r\n--x-\r"]
        var content: [UInt8] = []
        for _ in 0..<Int.random(in: 0...8, using: &numbers) {
            content += Array((pieces.randomElement(using: &numbers) ?? "").utf8)
        }
        let text = String(decoding: content, as: UTF8.self)
        return text.utf8.count <= 100 && !("\r\n" + text).contains(bytes: "\r\n--x-B") ? content : []
    }

    private func damage(_ body: inout [UInt8], _ numbers: inout SeededNumbers) {
        guard !body.isEmpty else { return }
        let place = Int.random(in: 0..<body.count, using: &numbers)
        switch Int.random(in: 0..<6, using: &numbers) {
        case 0: body[place] = UInt8.random(in: 0...255, using: &numbers)
        case 1: body.remove(at: place)
        case 2: body.insert(contentsOf: "\r\n--x-B".utf8, at: place)
        case 3:
            body.insert(
                contentsOf: [UInt8](repeating: 0x0D, count: Int.random(in: 1...200, using: &numbers)), at: place)
        case 4: body.removeLast(body.count - place)
        default: body.append(contentsOf: body[place...])
        }
    }
}

extension String {
    /// By bytes, since CRLF is one character.
    fileprivate func contains(bytes: String) -> Bool {
        let all = Array(utf8)
        let sought = Array(bytes.utf8)
        guard all.count >= sought.count else { return false }
        return (0...(all.count - sought.count)).contains { all[$0..<($0 + sought.count)].elementsEqual(sought) }
    }
}
