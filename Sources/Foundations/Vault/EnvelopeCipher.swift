import Crypto

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// An authenticated cipher that fills envelopes. The one shipped is AES-256-GCM; a cipher of the SM family
/// (GB/T 32907 SM4) implements the same protocol under its own algorithm number.
public protocol EnvelopeCipher: Sendable {
    /// The first byte of each envelope; never given to another algorithm.
    var algorithm: UInt8 { get }

    /// Encrypts under a fresh nonce and authenticates `context` with it.
    /// - Returns: everything that `open` needs besides key and context.
    func seal(_ plaintext: [UInt8], key: SecretKey, context: [UInt8]) throws(VaultError) -> [UInt8]

    /// - Throws: `VaultError.authenticationFailed` when text, context or key are not those of `seal`.
    func open(_ sealed: ArraySlice<UInt8>, key: SecretKey, context: [UInt8]) throws(VaultError) -> [UInt8]
}

/// AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce in front and a 128-bit tag behind.
///
/// Random nonces allow 2^32 envelopes under one key; keys that seal many rows only wrap record keys, and are
/// rotated long before.
public struct AESGCMCipher: EnvelopeCipher {
    public let algorithm: UInt8 = 1

    private static let nonceLength = 12
    private static let tagLength = 16

    public init() {}

    public func seal(_ plaintext: [UInt8], key: SecretKey, context: [UInt8]) throws(VaultError) -> [UInt8] {
        do {
            let box = try AES.GCM.seal(plaintext, using: key.symmetric, authenticating: context)
            guard let combined = box.combined else { throw VaultError.cipherFailed("no combined form") }
            return Array(combined)
        } catch let error as VaultError {
            throw error
        } catch {
            throw .cipherFailed("\(error)")
        }
    }

    public func open(_ sealed: ArraySlice<UInt8>, key: SecretKey, context: [UInt8]) throws(VaultError) -> [UInt8] {
        guard sealed.count >= Self.nonceLength + Self.tagLength else { throw .malformed }
        do {
            let box = try AES.GCM.SealedBox(combined: sealed)
            return Array(try AES.GCM.open(box, using: key.symmetric, authenticating: context))
        } catch {
            throw .authenticationFailed
        }
    }
}
