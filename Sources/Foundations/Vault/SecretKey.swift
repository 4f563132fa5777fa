import Crypto

/// The bytes of a key. Prints nothing of itself.
public struct SecretKey: Sendable {
    let symmetric: SymmetricKey

    /// - Parameter bytes: 32 bytes for every use in this module.
    public init(bytes: [UInt8]) {
        self.symmetric = SymmetricKey(data: bytes)
    }

    init(_ symmetric: SymmetricKey) {
        self.symmetric = symmetric
    }

    /// A new random key of 256 bits from the system's cryptographic generator.
    static func random() -> SecretKey {
        SecretKey(SymmetricKey(size: .bits256))
    }

    /// For ciphers that are not part of swift-crypto.
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try symmetric.withUnsafeBytes(body)
    }

    /// HKDF-SHA256 (RFC 5869) of this key for one labelled purpose.
    func derived(for label: String) -> SecretKey {
        SecretKey(
            HKDF<SHA256>.deriveKey(inputKeyMaterial: symmetric, info: Array(label.utf8), outputByteCount: 32))
    }
}

extension SecretKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "SecretKey" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
