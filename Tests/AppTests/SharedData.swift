import Foundation

/// Files that stand beside the project and are never part of it: `LINLI_SHARED`, or `../shared` beside the package.
enum SharedData {
    struct Absent: Error, CustomStringConvertible {
        let description: String
    }

    static func bytes(of name: String, from file: String = #filePath) throws -> [UInt8] {
        let folder =
            ProcessInfo.processInfo.environment["LINLI_SHARED"].map { URL(filePath: $0, directoryHint: .isDirectory) }
            ?? URL(filePath: file).appending(path: "../../../../shared").standardizedFileURL
        let url = folder.appending(path: "data/\(name)")
        do {
            return Array(try Data(contentsOf: url))
        } catch {
            throw Absent(
                description:
                    "\(url.path) cannot be read. Put the shared folder there, or set LINLI_SHARED to it. (\(error))")
        }
    }
}
