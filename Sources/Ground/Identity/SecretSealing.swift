public import Domain

/// Seals secrets of accounts for the database. The keys come from outside: this module has none.
public struct SecretSealing: Sendable {
    /// Nobody has passed keys in.
    public struct Missing: Error, Sendable {}

    let seal: @Sendable ([UInt8], AccountID) throws -> [UInt8]
    let open: @Sendable ([UInt8], AccountID) throws -> [UInt8]

    /// - Parameters:
    ///   - seal: what `open` opens for the same account and for no other.
    public init(
        seal: @escaping @Sendable ([UInt8], AccountID) throws -> [UInt8],
        open: @escaping @Sendable ([UInt8], AccountID) throws -> [UInt8]
    ) {
        self.seal = seal
        self.open = open
    }

    /// For commands and tests that seal nothing: whoever tries is told.
    public static let missing = SecretSealing(seal: { _, _ in throw Missing() }, open: { _, _ in throw Missing() })
}

/// Who must have a second factor.
public enum SecondFactorPolicy: String, CaseIterable, Sendable {
    /// Whoever wants one.
    case optional
    /// The three administrators: until they have one, their rights as administrators rest.
    case administrators
}
