import Testing

@testable import Web

@Suite("Cookies")
struct CookieTests {
    @Test("the first of a name counts; broken ones are left out")
    func parsing() {
        #expect(Cookie.parse(["a=1; b=2;a=3", "c=4"]) == ["a": "1", "b": "2", "c": "4"])
        #expect(Cookie.parse(["  a = 1 ;; =x; b; c=; d=e=f"]) == ["a": "1", "c": "", "d": "e=f"])
        #expect(Cookie.parse(["a=%ff; b=%4"]) == [:])
        #expect(Cookie.parse([]) == [:])
    }

    @Test("the attributes")
    func attributes() {
        #expect(Cookie("a", "1").header(secure: false) == "a=1; Path=/; HttpOnly; SameSite=Lax")
        #expect(
            Cookie("a", "1", maxAgeSeconds: 60).header(secure: true)
                == "a=1; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure")
        #expect(Cookie.removing("a").header(secure: false) == "a=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
    }

    @Test(
        "a value can end neither the cookie nor the header, and comes back as it was",
        arguments: [
            "x; Domain=evil.example", "x\r\nSet-Cookie: y=z", "\u{0}", "a,b \"c\" \\", "100%", "灯", "plain-_.~!",
        ])
    func values(value: String) {
        let header = Cookie("a", value).header(secure: false)
        #expect(header.utf8.allSatisfy { $0 > 0x1F && $0 < 0x7F })
        #expect(header.split(separator: ";").count == 4)
        #expect(Cookie.parse([String(header.split(separator: ";")[0])]) == ["a": value])
    }
}
