import CArgon2
import Storage

/// How dear one password check is.
public struct Argon2Parameters: Hashable, Sendable {
    /// KiB of memory a check takes.
    public let memory: UInt32
    /// Passes over that memory.
    public let passes: UInt32
    public let lanes: UInt32

    public init(memory: UInt32, passes: UInt32, lanes: UInt32) {
        self.memory = memory
        self.passes = passes
        self.lanes = lanes
    }

    /// OWASP Password Storage Cheat Sheet: argon2id with m = 19 MiB, t = 2, p = 1.
    public static let standard = Argon2Parameters(memory: 19_456, passes: 2, lanes: 1)
}

/// An argon2id hash in PHC form: `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`.
struct PasswordHash: RawRepresentable, Hashable, Sendable, SQLConvertible {
    let rawValue: String

    init(rawValue: String) {
        self.rawValue = rawValue
    }

    static let saltLength = 16
    static let hashLength = 32

    /// Hashes; takes tens of milliseconds on purpose, so it belongs on the pool.
    init(_ password: Password, _ parameters: Argon2Parameters, salt: [UInt8]) throws(PasswordHashingFailed) {
        let length = argon2_encodedlen(
            parameters.passes, parameters.memory, parameters.lanes, UInt32(salt.count), UInt32(Self.hashLength),
            Argon2_id)
        var encoded = [CChar](repeating: 0, count: length)
        let code = argon2id_hash_encoded(
            parameters.passes, parameters.memory, parameters.lanes, password.bytes, password.bytes.count, salt,
            salt.count, Self.hashLength, &encoded, length)
        guard code == ARGON2_OK.rawValue else { throw PasswordHashingFailed(code: code) }
        self.rawValue = String(decoding: encoded.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Compares in constant time.
    func matches(_ password: Password) throws(PasswordHashingFailed) -> Bool {
        switch argon2id_verify(rawValue, password.bytes, password.bytes.count) {
        case ARGON2_OK.rawValue: return true
        case ARGON2_VERIFY_MISMATCH.rawValue: return false
        case let code: throw PasswordHashingFailed(code: code)
        }
    }

    /// Whether it was made with these parameters, and not with older ones.
    func wasMade(with parameters: Argon2Parameters) -> Bool {
        rawValue.hasPrefix(
            "$argon2id$v=19$m=\(parameters.memory),t=\(parameters.passes),p=\(parameters.lanes)$")
    }
}

/// libargon2 could not hash: no memory, or a damaged hash in the database.
struct PasswordHashingFailed: Error, CustomStringConvertible {
    let code: Int32

    var description: String { "argon2: \(String(cString: argon2_error_message(code)))" }
}
