import Testing

@testable import Web

@Suite("JSON bodies")
struct JSONValueTests {
    private func reads(_ text: String) -> Bool {
        do {
            _ = try JSONValue(parsing: Array(text.utf8))
            return true
        } catch {
            return false
        }
    }

    @Test("documents deeper than any endpoint asks for are refused before they are read")
    func depth() {
        let deep = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
        #expect(reads(deep(JSONValue.maximumDepth)))
        #expect(!reads(deep(JSONValue.maximumDepth + 1)))
        #expect(!reads(String(repeating: "[", count: 65_536)))
        #expect(!reads(String(repeating: "{\"a\":", count: 13_000)))
        #expect(reads("{\"a\":\"\(String(repeating: "[", count: 1000))\\\"[[\"}"))
        #expect(!reads(String(repeating: "]", count: 40) + String(repeating: "[", count: 65_000)))
    }

    @Test(
        "what is not JSON in UTF-8 is refused",
        arguments: [
            "", " ", "{", "}", "{\"a\":}", "nul", "{'a':1}", "[1] [2]", "\"\\ud800\"", "\u{FEFF}{}x", "01", "+1", "NaN",
            "-", "1.", ".5", "1e", "1e400", "[1,]", "[,1]", "{\"a\":1,}", "{a:1}", "{\"a\" 1}", "tru", "truex", "\"a",
            "\"\\x\"",
            "\"\\u12g4\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"a\nb\"", "{\"a\":1,\"a\":2}",
        ])
    func broken(text: String) {
        #expect(!reads(text))
    }

    @Test("bytes that are not UTF-8, and other encodings of JSON")
    func encodings() {
        #expect(throws: RequestRefused.self) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
        #expect(throws: RequestRefused.self) { try JSONValue(parsing: [0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00]) }
    }

    @Test("each kind of value")
    func kinds() throws {
        guard
            case .object(let object) = try JSONValue(
                parsing: Array(#"{"n":null,"b":true,"i":-5,"d":1.5,"s":"灯","a":[1]}"#.utf8))
        else { throw RequestRefused.badJSON }
        guard case .null? = object["n"], case .bool(true)? = object["b"], case .integer(-5)? = object["i"],
            case .number(1.5)? = object["d"], case .string("灯")? = object["s"], case .array? = object["a"]
        else { throw RequestRefused.badJSON }
    }

    @Test("strings keep what they say, escaped or not")
    func strings() throws {
        guard case .string(let text) = try JSONValue(parsing: Array(#" "灯\n\"\/\\ \u706f\ud83d\ude00 é\t" "#.utf8))
        else {
            throw RequestRefused.badJSON
        }
        #expect(text == "灯\n\"/\\ 灯😀 é\t")
    }

    @Test("numbers are whole where they can be")
    func numbers() throws {
        let all = try JSONValue(parsing: Array("[0, -0, 9223372036854775807, 9223372036854775808, 1e3, -2.5E-1]".utf8))
        guard case .array(let values) = all, case .integer(0) = values[0], case .integer(0) = values[1],
            case .integer(.max) = values[2], case .number(9_223_372_036_854_775_808) = values[3],
            case .number(1000) = values[4], case .number(-0.25) = values[5]
        else { throw RequestRefused.badJSON }
    }
}
