import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Equality search over sealed values: HMAC-SHA256 of the normalised value, so that equal values have equal
/// indexes and the index alone gives nothing away without the key.
public struct KeyedIndex: Hashable, Sendable {
    /// 32 bytes, for a column of bytes.
    public let bytes: [UInt8]
}

extension KeyRing {
    /// The index to store beside a sealed value.
    /// - Parameters:
    ///   - normalised: the value in the one form that all its spellings share (`PhoneNumber.normalised`).
    ///   - kind: what sort of value it is; equal texts of different kinds have different indexes.
    public func index(of normalised: String, kind: String) -> KeyedIndex {
        index(of: normalised, kind: kind, key: keys[0].index)
    }

    /// The indexes to search for, newest key first: rows written before a rotation carry an older one.
    public func indexes(of normalised: String, kind: String) -> [KeyedIndex] {
        keys.map { index(of: normalised, kind: kind, key: $0.index) }
    }

    private func index(of normalised: String, kind: String, key: SecretKey) -> KeyedIndex {
        KeyedIndex(bytes: Array(HMAC<SHA256>.authenticationCode(for: message(kind, normalised), using: key.symmetric)))
    }

    /// An authentication code of 32 bytes for something handed out and asked back: a form token, a link in a message.
    public func tokenCode(for text: String, purpose: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: message(purpose, text), using: keys[0].token.symmetric))
    }

    /// Whether the code was made by this deployment for this text and purpose, under any of its keys.
    /// Takes the same time for each wrong code.
    public func isValid(tokenCode code: [UInt8], for text: String, purpose: String) -> Bool {
        let message = message(purpose, text)
        var valid = false
        for key in keys where HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: message, using: key.token.symmetric) {
            valid = true
        }
        return valid
    }

    /// The zero byte keeps `("ab", "c")` and `("a", "bc")` apart.
    private func message(_ kind: String, _ text: String) -> [UInt8] {
        Array(kind.utf8) + [0] + Array(text.utf8)
    }
}
