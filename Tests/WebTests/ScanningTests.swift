import Testing

@testable import Web

@Suite struct ScanningTests {
    @Test("control characters are found by their bytes as they are by Unicode's tables")
    func controlCharacters() {
        for value in UInt32(0)...0x11FF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = "梯\(scalar)a"
            let isControl = scalar.properties.generalCategory == .control && !["\t", "\n", "\r"].contains(scalar)
            #expect(text.holdsControlCharacters == isControl, "U+\(String(value, radix: 16))")
        }
        #expect(!"电梯坏了，🏠\u{FEFF}\u{10FFFF}".holdsControlCharacters)
        #expect(!"".holdsControlCharacters)
    }

    @Test(
        "scalars are counted, not characters and not bytes", arguments: ["", "a", "电梯", "e\u{301}", "👨‍👩‍👧", "\u{10FFFF}x"])
    func counting(text: String) {
        #expect(text.scalarCount == text.unicodeScalars.count)
    }
}
