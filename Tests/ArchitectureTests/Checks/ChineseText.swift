/// What a person reads stands in the catalogues; demo data and data files may hold Chinese, Swift sources may not.
enum ChineseText {
    /// Places where Chinese is data of the field and not a text for the person, each with its reason.
    static let exceptions: [String: String] = [:]

    static func check(_ tree: SourceTree) -> [Finding] {
        tree.swift.filter { !$0.path.contains("Demo") && exceptions[$0.path] == nil }.flatMap { file in
            file.literals.filter { $0.text.unicodeScalars.contains(where: isChinese) }.map {
                Finding(
                    path: file.path, line: $0.line,
                    message: "Chinese text “\($0.text.prefix(20))” belongs into the catalogues")
            }
        }
    }

    /// CJK ideographs, their punctuation and full-width forms.
    private static func isChinese(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3000...0x303F, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xFF00...0xFFEF, 0x20000...0x3134F: true
        default: false
        }
    }
}
