import Foundation

/// Prints each table as soon as it is there and keeps all of them in one file.
final class Results {
    private let path: String
    private var text = ""

    /// - Parameter folder: where the file of this run goes; made when missing.
    init(folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let stamp = ISO8601DateFormatter().string(from: Date()).replacingOccurrences(of: ":", with: "")
        path = "\(folder)/\(stamp).md"
    }

    func add(_ table: Table) throws {
        try add(table.text)
    }

    func add(_ paragraph: String) throws {
        print(paragraph)
        fflush(nil)
        text += paragraph + "\n"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
}
