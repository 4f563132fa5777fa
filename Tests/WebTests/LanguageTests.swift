import Testing

@testable import Web

@Suite("The language of an answer")
struct LanguageTests {
    @Test(
        "the browser's strongest wish counts, whatever its place in the header",
        arguments: [
            (nil, Language.chinese), ("", .chinese), ("en", .english), ("en-GB,en;q=0.9,zh;q=0.1", .english),
            ("en;q=0.1, zh-CN;q=0.9", .chinese), ("fr, de", .chinese), ("zh-TW", .chinese), ("EN-us", .english),
            ("en;q=0", .chinese), ("en;q=0, *", .chinese), ("fr;q=1, en;q=0.3", .english), ("en;q=broken", .chinese),
            (";;;,,,", .chinese), ("english", .chinese),
        ] as [(String?, Language)])
    func acceptLanguage(header: String?, expected: Language) {
        #expect(Language(accepting: header) == expected)
    }
}
