import Testing

@testable import Web

@Suite("Paths and links")
struct RoutePathTests {
    @Test("places are filled in order, encoded, and read back the same")
    func filling() throws {
        let path: RoutePath = "/a/{one}/b/{two}"
        #expect(path.parameterNames == ["one", "two"])
        let url = path.url("灯 1/2", 7)
        #expect(url.text == "/a/%E7%81%AF%201%2F2/b/7")
        #expect(percentDecoded(url.text.split(separator: "/")[1], plusIsSpace: false) == "灯 1/2")
    }

    @Test("absent query values are left out and names are encoded too")
    func query() {
        let path: RoutePath = "/search"
        #expect(path.url(query: ["q": "a=b&c", "n": nil, "页": "2"]).text == "/search?q=a%3Db%26c&%E9%A1%B5=2")
        #expect(path.url().at("top").text == "/search#top")
    }

    @Test("an empty first place does not make an address of another host")
    func emptyPlace() {
        let path: RoutePath = "/{a}/b"
        #expect(path.url("").text == "/b")
    }

    @Test("the router's pattern names places by position, so that two names for one place are one branch")
    func routerPattern() {
        #expect(("/cases/{id}" as RoutePath).routerPattern == "/cases/{2}")
        #expect(("/cases/{case}/tasks/{task}" as RoutePath).routerPattern == "/cases/{2}/tasks/{4}")
    }

    @Test("matching a request's path")
    func matching() {
        let path: RoutePath = "/cases/{id}/tasks"
        #expect(path.matches("/cases/1/tasks"))
        #expect(!path.matches("/cases//tasks"))
        #expect(!path.matches("/cases/1"))
        #expect(!path.matches("/cases/1/tasks/"))
        #expect(("/" as RoutePath).matches("/"))
    }

    @Test(
        "a way back stays on this server",
        arguments: [
            ("/", true), ("/work?x=1#y", true), ("/a//b", true), ("", false), ("work", false), ("//host", false),
            ("///host", false),
            ("/\\host", false), ("/a\\b", false), ("http://host/", false), ("javascript:alert(1)", false),
            (" /work", false),
            ("/work\r\nSet-Cookie: a=b", false), ("/wo rk", false), ("/\thost", false), ("/灯", false),
            ("/\u{7F}", false),
            ("/" + String(repeating: "a", count: 1023), true), ("/" + String(repeating: "a", count: 1024), false),
        ])
    func sameSite(text: String, isTaken: Bool) {
        #expect((URLPath(sameSite: text) != nil) == isTaken)
    }

    @Test(
        "percent signs are decoded strictly",
        arguments: [
            ("a%20b+c", "a b c"), ("%e7%81%AF", "灯"), ("%2", nil), ("%", nil), ("%zz", nil), ("%+1", nil), ("%-1", nil),
            ("%ff", nil), ("%E7%81", nil), ("%00", "\u{0}"), ("%ED%A0%80", nil), ("%C0%80", nil),
        ] as [(String, String?)])
    func decoding(text: String, expected: String?) {
        #expect(percentDecoded(text, plusIsSpace: true) == expected)
    }

    @Test("what was encoded is decoded to itself", arguments: ["", "abc", "a+b c", "灯&=?#/%", "\u{0}\n\"<>", "👨‍👩‍👧"])
    func roundTrip(text: String) {
        #expect(percentDecoded(percentEncoded(text), plusIsSpace: true) == text)
    }
}
