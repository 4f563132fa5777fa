/// An enumeration whose raw values are stored in tables, stand in JSON, and name texts in the catalogues.
///
/// Raw values are lower-case words joined by hyphens and never change once landed.
public protocol Code: RawRepresentable<String>, CaseIterable, Hashable, Sendable, Codable {
    /// The part of the catalogue key before the raw value, such as `casework.task.state`.
    static var family: String { get }
}

extension Code {
    /// The catalogue key of the shown name, such as `casework.task.state.offered`.
    public var key: String { "\(Self.family).\(rawValue)" }
}
