import Crypto
public import Domain
import Storage

/// Where the audit chain ends: the number and link of its last seal, signed. Whoever keeps a head outside can prove
/// later that nothing before it was changed, removed or put in.
public struct AuditHead: Hashable, Sendable {
    /// The number of the last seal; the first is 1.
    public let number: Int64
    public let link: ChainLink
    /// When it was signed.
    public let at: Instant
    /// The number of the master key that the signing key comes from.
    public let keyID: Int64
    /// Ed25519 over `message`.
    public let signature: [UInt8]

    public init(number: Int64, link: ChainLink, at: Instant, keyID: Int64, signature: [UInt8]) {
        self.number = number
        self.link = link
        self.at = at
        self.keyID = keyID
        self.signature = signature
    }

    /// The bytes that are signed.
    static func message(number: Int64, link: ChainLink, at: Instant) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendShort("linli/audit-head/v1")
        bytes.appendNumber(number)
        bytes.append(contentsOf: link.bytes)
        bytes.appendNumber(at.milliseconds)
        return bytes
    }

    /// Whether one of these keys has signed it.
    public func isSigned(by publicKeys: [UInt32: [UInt8]]) -> Bool {
        guard let number = UInt32(exactly: keyID), let bytes = publicKeys[number],
            let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)
        else { return false }
        return key.isValidSignature(signature, for: Self.message(number: self.number, link: link, at: at))
    }
}

/// Signs heads. The keys come from outside: this module has none.
public struct HeadSigner: Sendable {
    public struct Signature: Sendable {
        public let keyID: UInt32
        public let bytes: [UInt8]

        public init(keyID: UInt32, bytes: [UInt8]) {
            self.keyID = keyID
            self.bytes = bytes
        }
    }

    /// 32 bytes each, by the number of the master key.
    public let publicKeys: [UInt32: [UInt8]]
    private let sign: @Sendable ([UInt8]) throws -> Signature

    public init(publicKeys: [UInt32: [UInt8]], sign: @escaping @Sendable ([UInt8]) throws -> Signature) {
        self.publicKeys = publicKeys
        self.sign = sign
    }

    func head(number: Int64, link: ChainLink, at: Instant) throws -> AuditHead {
        let signature = try sign(AuditHead.message(number: number, link: link, at: at))
        return AuditHead(
            number: number, link: link, at: at, keyID: Int64(signature.keyID), signature: signature.bytes)
    }
}
