import HTTPTypes

extension HTTPFields {
    /// What every answer carries, unless it has a stricter one of its own: own sources only, no framing, no guessing of types, no leaking of addresses.
    /// - Parameter overTLS: the server is reached by TLS only; browsers may remember that for a year.
    mutating func addSecurity(overTLS: Bool) {
        for (name, value) in SecurityHeaders.all where self[name] == nil { self[name] = value }
        if overTLS, let name = SecurityHeaders.transport { self[name] = "max-age=31536000" }
    }
}

private enum SecurityHeaders {
    static let all: [(HTTPField.Name, String)] = [
        (
            "Content-Security-Policy",
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        ),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(self), geolocation=(self), microphone=(self)"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
    ].compactMap { name, value in HTTPField.Name(name).map { ($0, value) } }

    static let transport = HTTPField.Name("Strict-Transport-Security")
}
