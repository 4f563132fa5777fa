import Crypto

/// A signature of this deployment (Ed25519, RFC 8032), for others to check with the public key.
public struct KeyedSignature: Hashable, Sendable {
    /// The number of the master key that the signing key comes from.
    public let keyID: UInt32
    /// 64 bytes.
    public let bytes: [UInt8]
}

extension KeyRing {
    /// Signs with the active key.
    public func sign(_ message: [UInt8]) throws(VaultError) -> KeyedSignature {
        do {
            return KeyedSignature(
                keyID: keys[0].id, bytes: Array(try keys[0].signingKey.signature(for: message)))
        } catch {
            throw .cipherFailed("\(error)")
        }
    }

    /// The public keys, 32 bytes each, by the number of their master key. They are no secret: whoever holds one can
    /// check signatures and make none.
    public func publicKeys() throws(VaultError) -> [UInt32: [UInt8]] {
        var all: [UInt32: [UInt8]] = [:]
        for key in keys {
            do {
                all[key.id] = Array(try key.signingKey.publicKey.rawRepresentation)
            } catch {
                throw .cipherFailed("\(error)")
            }
        }
        return all
    }
}

extension KeyRing.Derived {
    fileprivate var signingKey: Curve25519.Signing.PrivateKey {
        get throws { try Curve25519.Signing.PrivateKey(rawRepresentation: signing.withBytes { Array($0) }) }
    }
}
