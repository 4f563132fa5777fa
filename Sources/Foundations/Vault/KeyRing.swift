public import Domain

/// One secret of the key file. All keys in use are derived from it, each for one purpose.
public struct MasterKey: Sendable {
    /// 1 and up; written into each envelope. The highest number is the active one.
    public let id: UInt32
    let secret: SecretKey

    public init(id: UInt32, secret: SecretKey) {
        self.id = id
        self.secret = secret
    }
}

/// All keys of this deployment: the newest seals, every one opens.
///
/// From each master key four are derived by HKDF: one that encrypts, one for keyed indexes, one for tokens, one that
/// signs, so that what one of them gives away says nothing about the others.
public struct KeyRing: Sendable {
    struct Derived: Sendable {
        let id: UInt32
        let encryption: SecretKey
        let index: SecretKey
        let token: SecretKey
        let signing: SecretKey

        init(_ master: MasterKey) {
            self.id = master.id
            self.encryption = master.secret.derived(for: "linli/encryption/v1")
            self.index = master.secret.derived(for: "linli/index/v1")
            self.token = master.secret.derived(for: "linli/token/v1")
            self.signing = master.secret.derived(for: "linli/signature/v1")
        }
    }

    /// Newest first.
    let keys: [Derived]
    let ciphers: Ciphers

    /// - Parameters:
    ///   - first: the keys in any order; the highest number becomes the active one.
    ///   - ciphers: the first one seals; all open.
    /// - Returns: `nil` without keys, with a number twice, with number 0 (it is reserved), or without ciphers.
    public init?(_ masters: [MasterKey], ciphers: [any EnvelopeCipher] = [AESGCMCipher()]) {
        guard !masters.isEmpty, Set(masters.map(\.id)).count == masters.count,
            !masters.contains(where: { $0.id == Envelope.recordKeyID }), let ciphers = Ciphers(ciphers)
        else { return nil }
        self.keys = masters.sorted { $0.id > $1.id }.map(Derived.init)
        self.ciphers = ciphers
    }

    /// A ring with one new random key, for tests and for the first run.
    public static func fresh() -> KeyRing {
        KeyRing(keys: [Derived(MasterKey(id: 1, secret: .random()))], ciphers: .standard)
    }

    private init(keys: [Derived], ciphers: Ciphers) {
        self.keys = keys
        self.ciphers = ciphers
    }

    /// The number of the key that seals.
    public var activeKeyID: UInt32 { keys[0].id }

    /// Seals a value for one column of one row, directly under the active key.
    public func seal(
        _ plaintext: [UInt8], table: String, column: String, id: UUIDValue
    ) throws(VaultError) -> Envelope {
        try ciphers.seal(
            plaintext, keyID: keys[0].id, key: keys[0].encryption,
            context: Envelope.context(table: table, column: column, id: id))
    }

    /// Seals a text in UTF-8.
    public func seal(_ text: String, table: String, column: String, id: UUIDValue) throws(VaultError) -> Envelope {
        try seal(Array(text.utf8), table: table, column: column, id: id)
    }

    /// Opens what `seal` made for the same table, column and row, under whichever key it was sealed.
    public func open(
        _ envelope: Envelope, table: String, column: String, id: UUIDValue
    ) throws(VaultError) -> [UInt8] {
        let parts = try envelope.parts()
        guard let key = keys.first(where: { $0.id == parts.keyID }) else { throw .unknownKey(parts.keyID) }
        return try ciphers.open(
            parts, key: key.encryption, context: Envelope.context(table: table, column: column, id: id))
    }

    /// Opens a text sealed from a `String`.
    public func openText(
        _ envelope: Envelope, table: String, column: String, id: UUIDValue
    ) throws(VaultError) -> String {
        String(decoding: try open(envelope, table: table, column: column, id: id), as: UTF8.self)
    }
}

/// The ciphers at hand: one seals, the algorithm byte chooses which one opens.
struct Ciphers: Sendable {
    private let sealing: any EnvelopeCipher
    private let byAlgorithm: [UInt8: any EnvelopeCipher]

    static let standard = Ciphers(sealing: AESGCMCipher(), byAlgorithm: [1: AESGCMCipher()])

    private init(sealing: any EnvelopeCipher, byAlgorithm: [UInt8: any EnvelopeCipher]) {
        self.sealing = sealing
        self.byAlgorithm = byAlgorithm
    }

    init?(_ ciphers: [any EnvelopeCipher]) {
        guard let first = ciphers.first, Set(ciphers.map(\.algorithm)).count == ciphers.count else { return nil }
        self.init(sealing: first, byAlgorithm: Dictionary(uniqueKeysWithValues: ciphers.map { ($0.algorithm, $0) }))
    }

    func seal(
        _ plaintext: [UInt8], keyID: UInt32, key: SecretKey, context: [UInt8]
    ) throws(VaultError) -> Envelope {
        let body = try sealing.seal(plaintext, key: key, context: context)
        return Envelope(algorithm: sealing.algorithm, keyID: keyID, body: body)
    }

    func open(_ parts: Envelope.Parts, key: SecretKey, context: [UInt8]) throws(VaultError) -> [UInt8] {
        guard let cipher = byAlgorithm[parts.algorithm] else { throw .unknownAlgorithm(parts.algorithm) }
        return try cipher.open(parts.body, key: key, context: context)
    }
}
