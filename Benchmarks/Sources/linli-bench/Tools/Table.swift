/// A small table for people, in Markdown.
struct Table: Sendable {
    let title: String
    let columns: [String]
    var rows: [[String]] = []

    init(_ title: String, _ columns: [String]) {
        self.title = title
        self.columns = columns
    }

    mutating func add(_ cells: String...) {
        rows.append(cells)
    }

    var text: String {
        let widths = columns.indices.map { index in
            ([columns] + rows).map { $0[index].count }.max() ?? 0
        }
        func line(_ cells: [String]) -> String {
            "| " + zip(cells, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: " | ")
                + " |"
        }
        let rule = "|" + widths.map { String(repeating: "-", count: $0 + 2) }.joined(separator: "|") + "|"
        return (["### \(title)", "", line(columns), rule] + rows.map(line)).joined(separator: "\n") + "\n"
    }
}

/// `12,345`.
func grouped(_ number: some BinaryInteger) -> String {
    var digits = Array(String(number))
    var place = digits.count - 3
    while place > (number < 0 ? 1 : 0) {
        digits.insert(",", at: place)
        place -= 3
    }
    return String(digits)
}

/// Milliseconds with two decimals, from microseconds.
func milliseconds(_ microseconds: some BinaryInteger) -> String {
    decimals(Double(microseconds) / 1000, 2)
}

func decimals(_ value: Double, _ places: Int) -> String {
    let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
    let scaled = Int((value * scale).rounded())
    guard places > 0 else { return grouped(scaled) }
    let rest = String(scaled.magnitude % UInt(scale))
    return (scaled < 0 ? "-" : "") + "\(scaled.magnitude / UInt(scale))."
        + String(repeating: "0", count: places - rest.count) + rest
}

func megabytes(_ bytes: Int) -> String { grouped(bytes / 1_000_000) }

extension Duration {
    var seconds: Double { self / .seconds(1) }
}
