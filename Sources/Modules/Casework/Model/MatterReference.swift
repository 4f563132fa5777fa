/// Names one entry of one catalogue: standard, kind and code.
///
/// Numberings of several standards live side by side, and a component and a matter may bear the same code,
/// so that only the three together name an entry. Written `gbt47678.5-2026/matter/01001`.
public struct MatterReference: Hashable, Sendable {
    /// The catalogue's standard, such as `gbt47678.5-2026`.
    public let standard: String
    public let kind: MatterKind
    /// The entry's code in that catalogue.
    public let code: String

    public init(standard: String, kind: MatterKind, code: String) {
        self.standard = standard
        self.kind = kind
        self.code = code
    }

    /// Codes differ where standards seldom do, so that the code alone spreads well.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(code)
    }

    /// Reads the written form; `nil` for anything else. Says nothing about whether there is such an entry.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, !parts[2].isEmpty, let kind = MatterKind(rawValue: String(parts[1]))
        else { return nil }
        self.init(standard: String(parts[0]), kind: kind, code: String(parts[2]))
    }
}

extension MatterReference: CustomStringConvertible {
    public var description: String { "\(standard)/\(kind.rawValue)/\(code)" }
}

/// What sort of thing a catalogue lists.
public enum MatterKind: String, Code {
    /// A thing that stands in the street (部件): manhole cover, lamp.
    case component
    /// Something that happens (事项).
    case matter
    /// What a citizen asks for (诉求).
    case demand

    public static let family = "casework.matter.kind"
}
