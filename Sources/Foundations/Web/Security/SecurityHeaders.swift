import HTTPTypes

extension HTTPFields {
    /// What every answer carries: own sources only, no framing, no guessing of types, no leaking of addresses.
    mutating func addSecurity() {
        self[HTTPField.Name("Content-Security-Policy")!] =
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        self[HTTPField.Name("X-Content-Type-Options")!] = "nosniff"
        self[HTTPField.Name("Referrer-Policy")!] = "same-origin"
        self[HTTPField.Name("Permissions-Policy")!] = "camera=(self), geolocation=(self), microphone=(self), interest-cohort=()"
        self[HTTPField.Name("Cross-Origin-Opener-Policy")!] = "same-origin"
        self[HTTPField.Name("Cross-Origin-Resource-Policy")!] = "same-origin"
        self[HTTPField.Name("X-Frame-Options")!] = "DENY"
    }
}
