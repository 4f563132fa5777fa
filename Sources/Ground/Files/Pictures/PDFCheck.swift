import Foundation

/// Whether a PDF came in as a whole. It is not looked into: nobody's browser opens it on our pages.
enum PDFCheck {
    /// ISO 32000-1 §7.5.5: `%%EOF` stands on the last line; writers let some bytes follow.
    static func isWhole(_ path: String) throws -> Bool {
        let file = try FileHandle(forReadingFrom: URL(filePath: path))
        defer { file.closeFile() }
        let length = try file.seekToEnd()
        try file.seek(toOffset: length > 1024 ? length - 1024 : 0)
        return (try file.readToEnd() ?? Data()).range(of: Data("%%EOF".utf8)) != nil
    }
}
