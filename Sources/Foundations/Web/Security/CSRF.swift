public import Crypto
import Foundation

/// Tokens that prove that a form came from a page of this server: an HMAC over what the browser's cookie is bound to.
public struct CSRF: Sendable {
    private let key: SymmetricKey

    public init(key: SymmetricKey) {
        self.key = key
    }

    func token(binding: [UInt8]) -> String {
        Data(HMAC<SHA256>.authenticationCode(for: binding, using: key)).prefix(18).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_")
    }

    /// Compares in constant time.
    func accepts(_ token: String, binding: [UInt8]) -> Bool {
        let expected = Array(self.token(binding: binding).utf8)
        let given = Array(token.utf8)
        guard expected.count == given.count else { return false }
        var difference: UInt8 = 0
        for index in expected.indices { difference |= expected[index] ^ given[index] }
        return difference == 0
    }
}
