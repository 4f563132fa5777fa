/// A typed identifier: `ID<Case>` and `ID<Account>` cannot be mixed up.
///
/// Identifiers are UUIDs of version 7 (RFC 9562 §5.7) made by the server: the first 48 bits are the
/// millisecond of making, so that neighbours in time are neighbours in an index.
public struct ID<Subject>: Hashable, Comparable, Sendable {
    public let uuid: UUIDValue

    public init(_ uuid: UUIDValue) {
        self.uuid = uuid
    }

    /// Reads the 36-character form, upper or lower case; `nil` for anything else.
    public init?(_ text: some StringProtocol) {
        guard let uuid = UUIDValue(text) else { return nil }
        self.uuid = uuid
    }

    public static func < (left: Self, right: Self) -> Bool {
        left.uuid < right.uuid
    }

    /// When it was made, on the clock of the server that made it.
    public var madeAt: Instant { uuid.madeAt }
}

extension ID: CustomStringConvertible {
    public var description: String { uuid.description }
}

extension ID: Codable {
    public init(from decoder: any Decoder) throws {
        self.init(try UUIDValue(from: decoder))
    }

    public func encode(to encoder: any Encoder) throws {
        try uuid.encode(to: encoder)
    }
}

/// 128 bits of a UUID, in network order.
public struct UUIDValue: Hashable, Comparable, Sendable {
    public let high: UInt64
    public let low: UInt64

    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Makes a version 7 UUID.
    /// - Parameters:
    ///   - instant: the moment of making; its millisecond fills the first 48 bits.
    ///   - random: 128 random bits, of which 74 are used.
    public init(version7At instant: Instant, random: (UInt64, UInt64)) {
        let milliseconds = UInt64(bitPattern: instant.milliseconds) & 0xFFFF_FFFF_FFFF
        self.high = milliseconds << 16 | 0x7000 | (random.0 & 0x0FFF)
        self.low = 0x8000_0000_0000_0000 | (random.1 & 0x3FFF_FFFF_FFFF_FFFF)
    }

    /// The first of all identifiers that can be made at that millisecond: bounds ranges of identifiers by time.
    public init(firstAt instant: Instant) {
        self.init(version7At: instant, random: (0, 0))
    }

    /// The millisecond that a version 7 UUID was made in.
    public var madeAt: Instant { Instant(milliseconds: Int64(high >> 16)) }

    /// Reads 16 bytes in network order; `nil` for any other count.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 16 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            if index < 8 { high = high << 8 | UInt64(byte) } else { low = low << 8 | UInt64(byte) }
        }
        self.init(high: high, low: low)
    }

    /// Reads the 36-character form, upper or lower case; `nil` for anything else.
    public init?(_ text: some StringProtocol) {
        var high: UInt64 = 0
        var low: UInt64 = 0
        var digits = 0
        var position = 0
        for byte in text.utf8 {
            defer { position += 1 }
            if position == 8 || position == 13 || position == 18 || position == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            let digit: UInt64
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = UInt64(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = UInt64(byte - UInt8(ascii: "a")) + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = UInt64(byte - UInt8(ascii: "A")) + 10
            default: return nil
            }
            if digits < 16 { high = high << 4 | digit } else { low = low << 4 | digit }
            digits += 1
        }
        guard position == 36, digits == 32 else { return nil }
        self.init(high: high, low: low)
    }

    /// The 16 bytes in network order.
    public var bytes: [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(16)
        for shift in stride(from: 56, through: 0, by: -8) {
            result.append(UInt8(truncatingIfNeeded: high >> UInt64(shift)))
        }
        for shift in stride(from: 56, through: 0, by: -8) {
            result.append(UInt8(truncatingIfNeeded: low >> UInt64(shift)))
        }
        return result
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension UUIDValue: CustomStringConvertible {
    /// The 36-character form in lower case.
    public var description: String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            var position = 0
            for index in 0..<16 {
                if index == 4 || index == 6 || index == 8 || index == 10 {
                    buffer[position] = UInt8(ascii: "-")
                    position += 1
                }
                let byte = UInt8(truncatingIfNeeded: (index < 8 ? high : low) >> UInt64(56 - index % 8 * 8))
                buffer[position] = UUIDValue.hexDigit(byte >> 4)
                buffer[position + 1] = UUIDValue.hexDigit(byte & 0xF)
                position += 2
            }
            return 36
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}

extension UUIDValue: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = UUIDValue(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a UUID")
        }
        self = value
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
