/// A personal value that must not be printed in clear: neither `HTML` nor JSON takes it.
///
/// The masked form is fixed when the value is made; the clear value leaves only through `disclosed()`,
/// which a command calls after it has written the audit entry.
public struct Masked<Value: Sendable>: Sendable {
    private let value: Value
    /// What may be shown: `张*三`, `138****5678`.
    public let mask: String

    public init(_ value: Value, mask: String) {
        self.value = value
        self.mask = mask
    }

    public func disclosed() -> Value { value }
}

extension Masked: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { mask }
    public var debugDescription: String { mask }
    public var customMirror: Mirror { Mirror(self, children: ["mask": mask]) }
}

extension Masked where Value == String {
    /// `138****5678`: the first three digits and the last four, and always four hidden ones at least; numbers of less
    /// than eight digits keep the last two.
    public static func phone(_ number: String) -> Masked {
        guard number.count >= 8 else { return Masked(number, mask: "****" + number.suffix(2)) }
        let shown = min(3, number.count - 8)
        let hidden = number.count - shown - 4
        return Masked(number, mask: number.prefix(shown) + String(repeating: "*", count: hidden) + number.suffix(4))
    }

    /// `张*` and `张*三`: the first character, and the last of three or more.
    public static func name(_ name: String) -> Masked {
        guard name.count > 1, let first = name.first, let last = name.last else { return Masked(name, mask: "*") }
        guard name.count > 2 else { return Masked(name, mask: "\(first)*") }
        return Masked(name, mask: "\(first)\(String(repeating: "*", count: name.count - 2))\(last)")
    }
}
