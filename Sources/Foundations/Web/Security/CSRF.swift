public import Crypto
import Foundation

/// Tokens that prove that a form came from a page of this server: an HMAC over what the browser's cookie is bound to.
public struct CSRF: Sendable {
    private let key: SymmetricKey

    public init(key: SymmetricKey) {
        self.key = key
    }

    /// What a token is bound to: a session, or the cookie of somebody who has not signed in. The two can never be equal,
    /// so nobody can put a session's binding into the cookie to get tokens for it.
    enum Binding: Sendable, Hashable {
        case session([UInt8])
        case visitor(String)

        /// `nil` when there is nothing to bind to.
        init?(session: Session?, visitorCookie: String?) {
            if let session {
                guard !session.binding.isEmpty else { return nil }
                self = .session(session.binding)
            } else {
                guard let visitorCookie, (16...64).contains(visitorCookie.utf8.count) else { return nil }
                self = .visitor(visitorCookie)
            }
        }

        fileprivate var bytes: [UInt8] {
            switch self {
            case .session(let bytes): Array("session:".utf8) + bytes
            case .visitor(let cookie): Array("visitor:".utf8) + Array(cookie.utf8)
            }
        }
    }

    func token(_ binding: Binding) -> String {
        Data(HMAC<SHA256>.authenticationCode(for: binding.bytes, using: key)).prefix(18).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_")
    }

    /// Compares in constant time.
    func accepts(_ token: String, _ binding: Binding) -> Bool {
        let expected = Array(self.token(binding).utf8)
        let given = Array(token.utf8)
        guard expected.count == given.count else { return false }
        var difference: UInt8 = 0
        for index in expected.indices { difference |= expected[index] ^ given[index] }
        return difference == 0
    }
}
