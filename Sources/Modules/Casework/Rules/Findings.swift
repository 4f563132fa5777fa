import Domain

/// Collects what is wrong with an input, so that a form shows all of it at once.
struct Findings {
    private(set) var all: [RuleViolation] = []

    mutating func add(_ violation: RuleViolation) {
        all.append(violation)
    }

    mutating func require(_ condition: Bool, or violation: @autoclosure () -> RuleViolation) {
        if !condition { all.append(violation()) }
    }

    /// Cleans and redacts a text; finds `input.too-long`.
    mutating func text(_ raw: String?, field: String, limit: Int) -> String? {
        guard let raw else { return nil }
        let clean = cleaned(raw)
        // Counting characters means looking at all of them; a text of fewer bytes has fewer characters.
        if clean.utf8.count > limit, clean.count > limit {
            add(
                RuleViolation(
                    .invalid, "input.too-long", field: field,
                    arguments: ["max": String(limit), "count": String(clean.count)]))
            return nil
        }
        return clean.isEmpty ? nil : Redaction(of: clean).text
    }

    /// Cleans and redacts a text that must be there; finds `input.missing` and `input.too-long`.
    mutating func requiredText(_ raw: String?, field: String, limit: Int) -> String {
        let before = all.count
        let text = text(raw, field: field, limit: limit)
        if text == nil, all.count == before { add(RuleViolation(.invalid, "input.missing", field: field)) }
        return text ?? ""
    }

    /// Throws what was found.
    func settle() throws(RuleViolations) {
        if !all.isEmpty { throw RuleViolations(all) }
    }
}

/// The most characters that a field takes. Characters as people count them.
public enum TextLimit {
    public static let title = 100
    public static let reportText = 10_000
    public static let place = 200
    public static let note = 2000
    public static let publicText = 2000
    public static let groundReference = 500
}

/// Takes off what no person typed: control characters (PostgreSQL refuses NUL in text), marks that turn the direction
/// of writing and so hide what stands there, spaces around. Line ends become line feeds.
func cleaned(_ text: String) -> String {
    let scalars = text.unicodeScalars
    // Nearly every text is clean, and then nothing is copied but what stands between the spaces.
    let clean = scalars.contains(where: isUntyped) ? withoutUntyped(scalars) : scalars
    let isSpace: (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }
    guard let first = clean.firstIndex(where: { !isSpace($0) }), let last = clean.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(clean[first...last])
}

private func isUntyped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case 0x00...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
}

private func withoutUntyped(_ text: String.UnicodeScalarView) -> String.UnicodeScalarView {
    var clean = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in text {
        defer { afterReturn = scalar == "\r" }
        if scalar == "\r" {
            clean.append("\n")
        } else if !(scalar == "\n" && afterReturn), !isUntyped(scalar) {
            clean.append(scalar)
        }
    }
    return clean
}

/// Runs a machine's rule where several violations may be thrown.
func only<Result>(_ body: () throws(RuleViolation) -> Result) throws(RuleViolations) -> Result {
    do { return try body() } catch { throw RuleViolations([error]) }
}
