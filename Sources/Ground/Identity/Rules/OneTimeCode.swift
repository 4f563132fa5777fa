import Crypto
import Domain
import Foundation

/// The secret of a second factor, and the codes that an app makes of it and of the time: RFC 6238 with what all apps
/// understand, HMAC-SHA-1, six digits, thirty seconds.
struct OneTimeSecret: Sendable, CustomStringConvertible, CustomReflectable {
    /// 20 bytes, the length of the hash (RFC 4226 §4).
    let bytes: [UInt8]

    static let length = 20
    static let stepSeconds: Int64 = 30
    /// Codes of the step before and of the next one are taken too: clocks differ, and people type slowly.
    static let tolerance: Int64 = 1

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    init(in world: World) {
        self.bytes = world.randomBytes(Self.length)
    }

    static func step(at now: Instant) -> Int64 { now.milliseconds / 1000 / stepSeconds }

    /// The six digits of a step.
    func code(at step: Int64) -> String {
        let counter = withUnsafeBytes(of: UInt64(bitPattern: step).bigEndian) { Array($0) }
        let code = HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: bytes))
        let hash = Array(code)
        let offset = Int(hash[19] & 0xF)
        let number = hash[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let digits = String(number % 1_000_000)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// The step whose code this is.
    /// - Parameter last: the last step whose code was used: a code works once.
    func step(of typed: String, at now: Instant, after last: Int64) -> Int64? {
        let typed = typed.filter { !$0.isWhitespace }
        guard typed.utf8.count == 6 else { return nil }
        let present = Self.step(at: now)
        return (present - Self.tolerance...present + Self.tolerance).first { step in
            step > last && Self.areEqual(code(at: step), typed)
        }
    }

    /// In constant time.
    private static func areEqual(_ left: String, _ right: String) -> Bool {
        zip(left.utf8, right.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// RFC 4648 base 32 without padding, as people type it into an app.
    var base32: String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var text = ""
        var (buffer, bits) = (UInt32(0), UInt32(0))
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[Int(buffer >> bits & 31)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(buffer << (5 - bits) & 31)]) }
        return text
    }

    /// What an app reads from a QR code or a link (the Key Uri Format of Google Authenticator).
    func address(issuer: String, login: Login) -> String {
        let allowed = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: "-._~"))
        let issuer = issuer.addingPercentEncoding(withAllowedCharacters: allowed) ?? "Linli"
        let name = login.text.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
        return "otpauth://totp/\(issuer):\(name)?secret=\(base32)&issuer=\(issuer)&algorithm=SHA1&digits=6&period=30"
    }

    var description: String { "OneTimeSecret" }
    var customMirror: Mirror { Mirror(self, children: []) }
}

/// A code on paper for the day when the phone is gone: 80 random bits, used once. Only its hash is kept; it is random,
/// so that it needs no salt and no slow hash.
struct RecoveryCode: Hashable, Sendable {
    /// Four groups of four: `k3f7-…`.
    let text: String

    static let count = 10

    init(in world: World) {
        // Without letters that look like digits.
        let alphabet = Array("abcdefghijkmnpqrstuvwxyz23456789")
        let characters = world.randomBytes(16).map { alphabet[Int($0 & 31)] }
        text = stride(from: 0, to: 16, by: 4).map { String(characters[$0..<$0 + 4]) }.joined(separator: "-")
    }

    /// The hash of what somebody typed; `nil` for what cannot be one.
    static func hash(of typed: String) -> [UInt8]? {
        let text = typed.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        guard text.utf8.count == 16 else { return nil }
        return Array(SHA256.hash(data: Data(text.utf8)))
    }

    var hash: [UInt8] { Self.hash(of: text) ?? [] }
}
