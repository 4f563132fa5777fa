public import Domain

/// The key of one record, in the clear and in memory only. It seals the record's own values.
public struct RecordKey: Sendable {
    let key: SecretKey
    let ciphers: Ciphers

    public func seal(
        _ plaintext: [UInt8], table: String, column: String, id: UUIDValue
    ) throws(VaultError) -> Envelope {
        try ciphers.seal(
            plaintext, keyID: Envelope.recordKeyID, key: key,
            context: Envelope.context(table: table, column: column, id: id))
    }

    /// Seals a text in UTF-8.
    public func seal(_ text: String, table: String, column: String, id: UUIDValue) throws(VaultError) -> Envelope {
        try seal(Array(text.utf8), table: table, column: column, id: id)
    }

    public func open(
        _ envelope: Envelope, table: String, column: String, id: UUIDValue
    ) throws(VaultError) -> [UInt8] {
        let parts = try envelope.parts()
        guard parts.keyID == Envelope.recordKeyID else { throw .malformed }
        return try ciphers.open(
            parts, key: key, context: Envelope.context(table: table, column: column, id: id))
    }

    /// Opens a text sealed from a `String`.
    public func openText(
        _ envelope: Envelope, table: String, column: String, id: UUIDValue
    ) throws(VaultError) -> String {
        String(decoding: try open(envelope, table: table, column: column, id: id), as: UTF8.self)
    }
}

/// A record's key, wrapped by the deployment's key: what a column keeps. Setting the column to NULL erases the
/// record's words for good, also from backups made before, as soon as those lose the column too.
public struct SealedRecordKey: Hashable, Sendable {
    public let envelope: Envelope

    public init(bytes: [UInt8]) {
        self.envelope = Envelope(bytes: bytes)
    }

    init(_ envelope: Envelope) {
        self.envelope = envelope
    }

    public var bytes: [UInt8] { envelope.bytes }
}

extension KeyRing {
    /// Makes a random key for one record and wraps it for the column that keeps it.
    public func makeRecordKey(
        table: String, column: String, id: UUIDValue
    ) throws(VaultError) -> (key: RecordKey, sealed: SealedRecordKey) {
        let key = SecretKey.random()
        let sealed = try seal(key.withBytes { Array($0) }, table: table, column: column, id: id)
        return (RecordKey(key: key, ciphers: ciphers), SealedRecordKey(sealed))
    }

    /// Unwraps a record's key.
    /// - Parameter sealed: what the column holds; `nil` once it has been erased.
    /// - Throws: `VaultError.erased` for `nil`.
    public func openRecordKey(
        _ sealed: SealedRecordKey?, table: String, column: String, id: UUIDValue
    ) throws(VaultError) -> RecordKey {
        guard let sealed else { throw .erased }
        let bytes = try open(sealed.envelope, table: table, column: column, id: id)
        guard bytes.count == 32 else { throw .malformed }
        return RecordKey(key: SecretKey(bytes: bytes), ciphers: ciphers)
    }

    /// Wraps a record's key anew under the active key, after a rotation. The record's values stay as they are.
    /// - Returns: `nil` when it is under the active key already.
    public func rewrapped(
        _ sealed: SealedRecordKey, table: String, column: String, id: UUIDValue
    ) throws(VaultError) -> SealedRecordKey? {
        guard try sealed.envelope.parts().keyID != activeKeyID else { return nil }
        let bytes = try open(sealed.envelope, table: table, column: column, id: id)
        return SealedRecordKey(try seal(bytes, table: table, column: column, id: id))
    }
}
