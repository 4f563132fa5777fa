import Domain
import Foundation
import Testing

@testable import Web

@Suite("HTML values")
struct HTMLTests {
    private let payload = #"<script>alert("1")</script> & 'x' " onload="y"#
    private let escaped = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39; &quot; onload=&quot;y"

    @Test("text is escaped, in content and in attributes")
    func text() {
        #expect(("<p title=\"\(payload)\">\(payload)</p>" as HTML).string == "<p title=\"\(escaped)\">\(escaped)</p>")
        #expect(("<p>\(payload[...])</p>" as HTML).string == "<p>\(escaped)</p>")
        #expect(HTML(text: payload).string == escaped)
    }

    @Test("markup stays markup: one value, several, none, and what depends on a condition")
    func markup() {
        let item: HTML = "<li>\("<")</li>"
        let missing: HTML? = nil
        #expect(
            ("<ul>\(item)\([item, item])\(missing)</ul>" as HTML).string == "<ul>"
                + String(repeating: "<li>&lt;</li>", count: 3) + "</ul>")
        #expect(("<input\(" checked", if: true)\(" disabled", if: false)>" as HTML).string == "<input checked>")
        #expect((item + item).string == "<li>&lt;</li><li>&lt;</li>")
        #expect(("" as HTML).isEmpty)
        #expect(("x" as HTML).string == "x")
    }

    @Test("numbers are written as they are")
    func numbers() {
        #expect(("\(-3)|\(UInt64.max)" as HTML).string == "-3|18446744073709551615")
    }

    @Test("links are taken from routes and escaped for the attribute")
    func links() {
        let path: RoutePath = "/things/{name}"
        let url = path.url("a b/\"<", query: ["q": "1&2", "none": nil])
        #expect(("<a href=\"\(url)\">" as HTML).string == "<a href=\"/things/a%20b%2F%22%3C?q=1%262\">")
        let two = path.url("a", query: ["a": "1", "b": "2"])
        #expect(("<a href=\"\(two)\">" as HTML).string == "<a href=\"/things/a?a=1&amp;b=2\">")
    }

    @Test("a telephone link holds digits only, whatever stood there")
    func telephone() {
        #expect(("<a href=\"\(telephone: "javascript:alert(1)")\">" as HTML).string == "<a href=\"tel:1\">")
        #expect(
            ("<a href=\"\(telephone: "+86 (574) 8012-0345\"><script>")\">" as HTML).string
                == "<a href=\"tel:+8657480120345\">")
    }

    @Test("text that breaks off in the middle of a character cannot break the markup")
    func brokenText() {
        let broken = String(decoding: [0x61, 0xE7, 0x81], as: UTF8.self)
        #expect(("<p>\(broken)</p>" as HTML).string == "<p>a\u{FFFD}</p>")
    }

    @Test("a masked value shows its mask, however it is asked")
    func masked() throws {
        let phone = Masked<String>.phone("13812345678")
        let page: HTML = "<p>\(phone.mask)</p>"
        #expect(page.string == "<p>138****5678</p>")
        // `"\(phone)" as HTML` and JSONEncoder().encode(phone) do not compile; what does compile shows the mask.
        for text in [
            "\(phone)", String(describing: phone), String(reflecting: phone), "\([phone])",
            "\(Mirror(reflecting: phone).children.map { $0.value })",
        ] {
            #expect(!text.contains("1234567"), "\(text)")
        }
        #expect(("\("\(phone)")" as HTML).string == "138****5678")
        #expect(!((phone as Any) is any Encodable))
        var dumped = ""
        dump(phone, to: &dumped)
        #expect(!dumped.contains("1234567"))
    }
}
