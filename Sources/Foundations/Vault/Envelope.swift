import Domain

/// A sealed value as it stands in a column.
///
/// | bytes | meaning |
/// |---|---|
/// | 1 | algorithm (`EnvelopeCipher.algorithm`) |
/// | 4 | number of the master key, big-endian; 0 = the record's own key |
/// | rest | what the cipher made: nonce, ciphertext and tag |
public struct Envelope: Hashable, Sendable {
    public let bytes: [UInt8]

    /// Takes what a column holds; whether it can be opened is seen when it is opened.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    static let headerLength = 5
    /// The key number of envelopes that are sealed with a record's own key.
    static let recordKeyID: UInt32 = 0

    init(algorithm: UInt8, keyID: UInt32, body: [UInt8]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Envelope.headerLength + body.count)
        bytes.append(algorithm)
        for shift in stride(from: 24, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: keyID >> UInt32(shift)))
        }
        bytes.append(contentsOf: body)
        self.bytes = bytes
    }

    struct Parts {
        let algorithm: UInt8
        let keyID: UInt32
        let body: ArraySlice<UInt8>
    }

    func parts() throws(VaultError) -> Parts {
        guard bytes.count > Envelope.headerLength else { throw .malformed }
        let keyID = bytes[1..<5].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return Parts(algorithm: bytes[0], keyID: keyID, body: bytes[Envelope.headerLength...])
    }

    /// The authenticated context: an envelope cannot be moved to another row, column or table.
    static func context(table: String, column: String, id: UUIDValue) -> [UInt8] {
        Array("\(table)/\(column)/\(id)".utf8)
    }
}
