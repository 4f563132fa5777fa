import Foundation

/// What wrk sends: bodies and tokens, one a line.
struct IntakeFiles {
    let bodies: String
    let tokens: String

    private static let count = 4000

    /// - Parameters:
    ///   - area: the id that the reports name.
    init(folder: String, area: String, tokens: [String]) throws {
        var texts = ReportTexts(seed: 20_261_122)
        var lines = ""
        var characters = 0
        for number in 0..<Self.count {
            let text = texts.next()
            characters += text.unicodeScalars.count
            lines +=
                Self.body(text, place: texts.place(), phone: number % 2 == 0 ? texts.phone() : nil, area: area) + "\n"
        }
        bodies = "\(folder)/bodies.jsonl"
        self.tokens = "\(folder)/tokens.txt"
        try lines.write(toFile: bodies, atomically: true, encoding: .utf8)
        try (tokens.joined(separator: "\n") + "\n").write(toFile: self.tokens, atomically: true, encoding: .utf8)
    }

    /// A report that a seat enters for a caller.
    static func body(_ text: String, place: String, phone: String?, area: String) -> String {
        let contact = phone.map { ",\"phone\":\"\($0)\"" } ?? ""
        return "{\"area\":\"\(area)\",\"channel\":\"hotline\",\"place\":\"\(place)\",\"text\":\"\(text)\"\(contact)}"
    }
}
