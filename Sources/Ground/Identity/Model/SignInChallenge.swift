import Crypto
import Domain
import Foundation

/// The proof that somebody has just given the right password, while the code is asked for. Sealed for the account, good
/// for five minutes and for this password only; nothing of it is kept.
struct SignInChallenge: Sendable {
    let account: AccountID
    private let expiresAt: Instant
    /// Of the password's hash.
    private let digest: [UInt8]
    private let sealed: [UInt8]

    static let seconds: Int64 = 300

    init(of credentials: AccountStore.Credentials, _ services: IdentityServices) throws {
        account = credentials.account.id
        expiresAt = services.world.now().advanced(bySeconds: Self.seconds)
        digest = Self.digest(credentials)
        let number = withUnsafeBytes(of: expiresAt.milliseconds.bigEndian) { Array($0) }
        sealed = try services.secrets.seal(number + digest, account)
    }

    /// `nil` for what is no challenge, was changed, or is over.
    init?(_ text: String, at now: Instant, _ services: IdentityServices) {
        let parts = text.split(separator: ".")
        guard parts.count == 2, let account = AccountID(parts[0]), let data = Data(base64Encoded: String(parts[1])),
            let content = try? services.secrets.open(Array(data), account), content.count == 8 + SHA256.byteCount
        else { return nil }
        let milliseconds = content.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        self.account = account
        expiresAt = Instant(milliseconds: Int64(bitPattern: milliseconds))
        digest = Array(content.dropFirst(8))
        sealed = Array(data)
        guard now < expiresAt else { return nil }
    }

    var text: String { "\(account).\(Data(sealed).base64EncodedString())" }

    func fits(_ credentials: AccountStore.Credentials) -> Bool {
        credentials.account.id == account && digest == Self.digest(credentials)
    }

    private static func digest(_ credentials: AccountStore.Credentials) -> [UInt8] {
        Array(SHA256.hash(data: Data(credentials.hash.rawValue.utf8)))
    }
}
