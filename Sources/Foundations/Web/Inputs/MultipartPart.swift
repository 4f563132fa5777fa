/// The head of one part of a form.
struct MultipartPart: Hashable, Sendable {
    /// The field's name; never empty.
    let name: String
    /// What the sender calls the file: the part behind the last slash or backslash, without invisible characters, at most
    /// 255 characters. For showing only: it says nothing true about the content and is never a path.
    /// `nil` for a text field; empty when a browser sends a file field in which nothing was chosen.
    let fileName: String?
    /// As the sender claims, in lower case and without parameters.
    let contentType: String?

    init(name: String, fileName: String? = nil, contentType: String? = nil) {
        self.name = name
        self.fileName = fileName
        self.contentType = contentType
    }

    /// Reads the header lines of a part (without their line ends).
    ///
    /// Refused: no `Content-Disposition: form-data` with a name, the same header twice, folded lines, names with control
    /// characters, an encoding other than the bytes themselves (RFC 7578 §4.7), and `filename*` (RFC 7578 §4.2 forbids
    /// it; taking it would leave open which of two names counts).
    init(lines: [ArraySlice<UInt8>]) throws(MultipartRefusal) {
        var headers: [String: ArraySlice<UInt8>] = [:]
        for line in lines {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
                line[..<colon].allSatisfy(isTokenCharacter)
            else { throw .malformed("a header line without a name") }
            let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            guard headers.updateValue(line[(colon + 1)...], forKey: name) == nil else {
                throw .malformed("\(name) stands twice")
            }
        }
        guard let disposition = headers["content-disposition"].flatMap({ HeaderValue($0) }),
            disposition.value == "form-data",
            let name = disposition.parameters["name"].map(MultipartPart.withQuotes), !name.isEmpty,
            name.utf8.count <= 200,
            name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
        else { throw .malformed("no form-data with a name") }
        guard disposition.parameters["filename*"] == nil else { throw .malformed("filename* is not allowed in forms") }
        if let encoding = headers["content-transfer-encoding"] {
            let text = HeaderValue(encoding)?.value ?? ""
            guard ["binary", "7bit", "8bit"].contains(text) else { throw .malformed("content-transfer-encoding") }
        }
        self.name = name
        self.fileName = disposition.parameters["filename"].map { MultipartPart.shown(MultipartPart.withQuotes($0)) }
        self.contentType = headers["content-type"].flatMap { HeaderValue($0)?.value }
    }

    /// Browsers write a quote as `%22` (WHATWG HTML, multipart/form-data encoding algorithm).
    private static func withQuotes(_ text: String) -> String {
        text.replacing("%22", with: "\"")
    }

    private static func shown(_ fileName: String) -> String {
        let last = fileName.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }.last ?? ""
        let visible = last.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
            default: true
            }
        }
        return String(String.UnicodeScalarView(visible.prefix(255)))
    }
}

/// Why a multipart body was not taken.
enum MultipartRefusal: Error, Hashable, Sendable {
    /// The body, or one part of it, is larger than allowed.
    case tooLarge
    case tooManyParts
    /// The headers of one part are larger than allowed.
    case headersTooLarge
    /// It does not keep to RFC 2046 and RFC 7578; in a few words, for the log.
    case malformed(String)
    /// It ended before the last boundary.
    case unfinished
}
