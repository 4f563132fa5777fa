/// A cookie to set. Always `Path=/`, `HttpOnly` and `SameSite=Lax`; `Secure` by the server's configuration.
public struct Cookie: Sendable, Hashable {
    public let name: String
    public let value: String
    /// `nil` lasts until the browser closes; 0 removes the cookie.
    public let maxAgeSeconds: Int?

    public init(_ name: String, _ value: String, maxAgeSeconds: Int? = nil) {
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
        var text = "\(name)=\(value); Path=/; HttpOnly; SameSite=Lax"
        if let maxAgeSeconds { text += "; Max-Age=\(maxAgeSeconds)" }
        if secure { text += "; Secure" }
        return text
    }

    /// The cookies of a request; the first of a name counts.
    static func parse(_ headers: [String]) -> [String: String] {
        var cookies: [String: String] = [:]
        for header in headers {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2 else { continue }
                let name = parts[0].trimmingPrefix { $0 == " " }
                if cookies[String(name)] == nil { cookies[String(name)] = String(parts[1]) }
            }
        }
        return cookies
    }
}
