import Domain
import Foundation
import Testing

@Suite struct JSONWriterTests {
    private struct Street: Codable, Hashable {
        enum Kind: String, Codable { case old, new }
        struct House: Codable, Hashable {
            let number: Int
            let note: String?
        }

        let name: String
        let kind: Kind
        let length: Double
        let isOpen: Bool
        let mayor: String?
        let houses: [House]
        let rows: [[Int]]
        let counts: [String: Int]
    }

    @Test("members stand in the order of their type, and what is absent is left out")
    func order() throws {
        let street = Street(
            name: "长安街", kind: .old, length: 2.5, isOpen: true, mayor: nil,
            houses: [.init(number: 1, note: nil), .init(number: -2, note: "a")], rows: [[], [1, 2]], counts: [:])
        #expect(
            try JSONWriter.text(of: street)
                == """
                {"name":"长安街","kind":"old","length":2.5,"isOpen":true,\
                "houses":[{"number":1},{"number":-2,"note":"a"}],"rows":[[],[1,2]],"counts":{}}
                """)
    }

    @Test("strings are escaped as RFC 8259 asks, and nothing else in them is touched")
    func escapes() throws {
        let text = "\"\\/\u{8}\u{C}\n\r\t\u{0}\u{1F}\u{7F}\u{2028}é梯🏠"
        #expect(
            try JSONWriter.text(of: text)
                == "\"\\\"\\\\/\\u0008\\u000c\\n\\r\\t\\u0000\\u001f\u{7F}\u{2028}é梯🏠\"")
        #expect(try JSONDecoder().decode(String.self, from: Data(JSONWriter.bytes(of: text))) == text)
    }

    @Test("numbers are written as JSON knows them, and those that it does not know are refused")
    func numbers() throws {
        #expect(try JSONWriter.text(of: [1.0, -0.5, 1e300]) == "[1,-0.5,1e+300]")
        #expect(try JSONWriter.text(of: [Int.min, Int.max]) == "[\(Int.min),\(Int.max)]")
        #expect(throws: EncodingError.self) { try JSONWriter.bytes(of: [Double.infinity]) }
        #expect(throws: EncodingError.self) { try JSONWriter.bytes(of: Double.nan) }
    }

    @Test("containers made by hand are closed where the next one begins")
    func nested() throws {
        struct ByHand: Encodable {
            enum Key: String, CodingKey { case first, second, third, fourth }
            func encode(to encoder: any Encoder) throws {
                var members = encoder.container(keyedBy: Key.self)
                var first = members.nestedContainer(keyedBy: Key.self, forKey: .first)
                try first.encode(1, forKey: .first)
                var second = members.nestedUnkeyedContainer(forKey: .second)
                try second.encodeNil()
                var inner = second.nestedUnkeyedContainer()
                try inner.encode("x")
                try members.encodeNil(forKey: .third)
                try Nothing().encode(to: members.superEncoder(forKey: .fourth))
                var again = encoder.container(keyedBy: Key.self)
                try again.encode([Nothing()], forKey: .first)
            }
        }
        struct Nothing: Encodable {
            func encode(to encoder: any Encoder) throws { _ = encoder.container(keyedBy: ByHand.Key.self) }
        }
        struct Silent: Encodable {
            func encode(to encoder: any Encoder) throws {}
        }
        #expect(
            try JSONWriter.text(of: ByHand())
                == #"{"first":{"first":1},"second":[null,["x"]],"third":null,"fourth":{},"first":[{}]}"#)
        #expect(try JSONWriter.text(of: [Silent()]) == "[{}]")
    }

    @Test("what is written is what is read, for any text")
    func roundTrip() throws {
        var chance = SeededChance("texts for JSON")
        let pieces = [
            "a", "\"", "\\", "/", "\n", "\u{0}", "\u{1B}", "\u{7F}", "\u{85}", "电", "é", "🏠", "\u{2029}", "\u{FEFF}",
        ]
        for _ in 0..<300 {
            let texts = (0..<Int.random(in: 0...4, using: &chance)).map { _ in
                (0..<Int.random(in: 0...12, using: &chance)).map { _ in pieces.randomElement(using: &chance) ?? "" }
                    .joined()
            }
            let read = try JSONDecoder().decode([String].self, from: Data(try JSONWriter.bytes(of: texts)))
            #expect(read == texts, "seed \(chance.seed)")
        }
    }
}
