public import Storage

/// The levels of the area tree, from the top: 区、街道、社区、网格.
public enum AreaLevel: String, CaseIterable, Codable, Sendable, SQLConvertible {
    case district
    case street
    case community
    case grid

    /// Digits of a code of this level.
    public var codeLength: Int {
        switch self {
        case .district: 6
        case .street: 9
        case .community: 12
        case .grid: 15
        }
    }

    /// The level above; `nil` for the district.
    public var above: AreaLevel? {
        switch self {
        case .district: nil
        case .street: .district
        case .community: .street
        case .grid: .community
        }
    }
}
