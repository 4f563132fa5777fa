import Crypto
import Domain
import Foundation
public import Storage

/// What a browser or client shows with each request: 32 random bytes in base64url. Leaves the server once.
public struct SessionToken: Sendable, CustomStringConvertible, CustomReflectable {
    /// 43 characters.
    public let text: String

    init(in world: World) {
        self.text = Data(world.randomBytes(32)).base64EncodedString().replacing("+", with: "-").replacing(
            "/", with: "_"
        )
        .replacing("=", with: "")
    }

    /// `nil` for anything that cannot be a token, which spares the database a question.
    init?(_ text: String) {
        guard text.utf8.count == 43, text.utf8.allSatisfy(Self.isBase64URL) else { return nil }
        self.text = text
    }

    private static func isBase64URL(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    var hash: TokenHash { TokenHash(rawValue: Array(SHA256.hash(data: Data(text.utf8)))) }

    public var description: String { "SessionToken" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// SHA-256 of a session token: all that is stored of it. The token is random, so it needs no salt.
public struct TokenHash: RawRepresentable, Hashable, Sendable, SQLConvertible {
    public let rawValue: [UInt8]

    public init(rawValue: [UInt8]) {
        self.rawValue = rawValue
    }
}

/// How long sessions last.
public struct SessionPolicy: Hashable, Sendable {
    /// Without a request it ends after so long.
    public var idleSeconds: Int64 = 12 * 3600
    /// It ends so long after signing in, however busy.
    public var absoluteSeconds: Int64 = 7 * 86_400
    /// Requests are noted at most this often, so that reading costs no write.
    public var touchSeconds: Int64 = 5 * 60

    public init() {}

    func expiry(createdAt: Instant, seenAt: Instant) -> Instant {
        min(seenAt.advanced(bySeconds: idleSeconds), createdAt.advanced(bySeconds: absoluteSeconds))
    }
}
