import Foundation

/// The name that an account signs in with, in its one form: compatibility-composed (full-width letters become plain
/// ones) and lower case, 2 to 40 of `a–z 0–9 . _ @ -`, beginning with a letter or digit.
public struct Login: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    public init?(_ typed: String) {
        let text = typed.precomposedStringWithCompatibilityMapping.lowercased()
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let bytes = Array(text.utf8)
        guard (2...40).contains(bytes.count), let first = bytes.first, Self.isLetterOrDigit(first),
            bytes.allSatisfy({ Self.isLetterOrDigit($0) || "._@-".utf8.contains($0) })
        else { return nil }
        self.text = text
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    public var description: String { text }
}
