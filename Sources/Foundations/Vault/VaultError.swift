/// Why something sealed could not be opened. None of these is the person's fault.
public enum VaultError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Too short or not an envelope at all.
    case malformed
    /// Sealed with an algorithm that this process has no cipher for.
    case unknownAlgorithm(UInt8)
    /// Sealed with a key that is not in the key file.
    case unknownKey(UInt32)
    /// Changed since it was sealed, moved to another row or column, or sealed with another key of the same number.
    case authenticationFailed
    /// The record's key has been erased on purpose; its words are gone.
    case erased
    /// The cipher could not work at all (wrong key length, no memory).
    case cipherFailed(String)

    public var description: String {
        switch self {
        case .malformed: "the envelope is malformed"
        case .unknownAlgorithm(let byte): "the envelope names algorithm \(byte), which is unknown here"
        case .unknownKey(let id): "the envelope needs key \(id), which is not in the key file"
        case .authenticationFailed: "the envelope was changed, moved, or sealed with another key"
        case .erased: "the record's key has been erased"
        case .cipherFailed(let reason): "the cipher failed: \(reason)"
        }
    }
}
