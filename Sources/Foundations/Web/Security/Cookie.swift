/// A cookie to set. Always `Path=/`, `HttpOnly` and `SameSite=Lax`; `Secure` by the server's configuration.
///
/// Any text may be a value: what RFC 6265 does not allow in one (control characters, spaces, `;`, `,`, quotes) and the
/// percent sign travel as `%XX`, so that a value can neither end the cookie nor the header.
public struct Cookie: Sendable, Hashable {
    public let name: String
    public let value: String
    /// `nil` lasts until the browser closes; 0 removes the cookie.
    public let maxAgeSeconds: Int?

    /// - Precondition: the name is made of letters, digits, `-` and `_`.
    public init(_ name: String, _ value: String, maxAgeSeconds: Int? = nil) {
        precondition(
            !name.isEmpty
                && name.utf8.allSatisfy { Cookie.isPlain($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") },
            "not the name of a cookie: \(name)")
        self.name = name
        self.value = value
        self.maxAgeSeconds = maxAgeSeconds
    }

    public static func removing(_ name: String) -> Cookie { Cookie(name, "", maxAgeSeconds: 0) }

    public static let session = "linli_session"
    public static let visitor = "linli_visitor"
    public static let language = "linli_lang"
    public static let theme = "linli_theme"
    public static let elder = "linli_elder"

    func header(secure: Bool) -> String {
        var text = "\(name)=\(percentEncoded(value, keeping: Cookie.mayStandInValue)); Path=/; HttpOnly; SameSite=Lax"
        if let maxAgeSeconds { text += "; Max-Age=\(maxAgeSeconds)" }
        if secure { text += "; Secure" }
        return text
    }

    /// The cookies of a request; the first of a name counts, and broken ones are left out.
    static func parse(_ headers: [String]) -> [String: String] {
        var cookies: [String: String] = [:]
        for header in headers {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2 else { continue }
                let name = trimmed(parts[0])
                guard !name.isEmpty, cookies[name] == nil,
                    let value = percentDecoded(trimmed(parts[1]), plusIsSpace: false)
                else { continue }
                cookies[name] = value
            }
        }
        return cookies
    }

    private static func trimmed(_ text: Substring) -> String {
        let isSpace = { (character: Character) in character == " " || character == "\t" }
        guard let first = text.firstIndex(where: { !isSpace($0) }), let last = text.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(text[first...last])
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    /// RFC 6265 §4.1.1, `cookie-octet`.
    private static func mayStandInValue(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21, 0x23...0x2B, 0x2D...0x3A, 0x3C...0x5B, 0x5D...0x7E: true
        default: false
        }
    }
}
