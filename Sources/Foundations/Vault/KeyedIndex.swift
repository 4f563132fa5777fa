public import Crypto

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

    /// The key of form tokens (CSRF). After a rotation, forms that were open have to be loaded again.
    public var formKey: SymmetricKey { keys[0].token.symmetric }

    /// The zero byte keeps `("ab", "c")` and `("a", "bc")` apart.
    private func message(_ kind: String, _ text: String) -> [UInt8] {
        Array(kind.utf8) + [0] + Array(text.utf8)
    }
}
