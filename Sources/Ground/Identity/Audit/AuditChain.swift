import Crypto
import Domain
public import Storage

/// A value of the chain: SHA-256 over the link before it, the number, and what is sealed.
public struct ChainLink: Hashable, Sendable, SQLConvertible, CustomStringConvertible {
    public let bytes: [UInt8]

    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// What stands before the first seal.
    static let genesis = ChainLink(bytes: [UInt8](repeating: 0, count: 32))

    public static var sqlType: SQLType { .bytes }
    public var sqlValue: SQLValue { .bytes(bytes) }

    public init?(sqlValue: SQLValue) {
        guard let bytes = [UInt8](sqlValue: sqlValue) else { return nil }
        self.bytes = bytes
    }

    /// In hexadecimal digits.
    public var description: String { bytes.map { padded($0) }.joined() }

    /// Reads the hexadecimal digits of 32 bytes.
    public init?(_ text: String) {
        guard text.utf8.count == 64 else { return nil }
        var bytes: [UInt8] = []
        var rest = Substring(text)
        while !rest.isEmpty {
            guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        self.bytes = bytes
    }

    private func padded(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
    }
}

/// One number of the chain: which row it seals, and the digest of what the row said then.
struct Seal: Hashable, Sendable {
    let number: Int64
    /// The table.
    let source: String
    let record: UUIDValue
    let digest: [UInt8]
    let link: ChainLink

    /// The next seal behind a link.
    init(number: Int64, after previous: ChainLink, source: String, record: UUIDValue, digest: [UInt8]) {
        self.init(
            number: number, source: source, record: record, digest: digest,
            link: Self.link(after: previous, number: number, source: source, record: record, digest: digest))
    }

    init(number: Int64, source: String, record: UUIDValue, digest: [UInt8], link: ChainLink) {
        self.number = number
        self.source = source
        self.record = record
        self.digest = digest
        self.link = link
    }

    static func digest(_ canonicalBytes: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: canonicalBytes))
    }

    /// What the link must be if everything before it is as it was.
    static func link(
        after previous: ChainLink, number: Int64, source: String, record: UUIDValue, digest: [UInt8]
    ) -> ChainLink {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(160)
        bytes.appendShort("linli/audit-link/v1")
        bytes.append(contentsOf: previous.bytes)
        bytes.appendNumber(number)
        bytes.appendShort(source)
        bytes.append(contentsOf: record.bytes)
        bytes.append(contentsOf: digest)
        return ChainLink(bytes: Array(SHA256.hash(data: bytes)))
    }
}
