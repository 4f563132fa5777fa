import Crypto
public import Foundation
import HTTPTypes

/// Scripts, styles and pictures, read into memory once: some 100 KB that every page needs.
/// Names carry a version, so that browsers may keep them for ever.
public struct StaticFiles: Sendable {
    struct File: Sendable {
        let bytes: [UInt8]
        let gzipped: [UInt8]?
        let type: String
        let isVersioned: Bool
        /// Weak: packed and unpacked bytes share it.
        let entityTag: String
    }

    private let files: [String: File]
    private let versioned: [String: String]

    /// No files at all: pages work without them.
    public static let none = StaticFiles(files: [:], versioned: [:])

    private init(files: [String: File], versioned: [String: String]) {
        self.files = files
        self.versioned = versioned
    }

    /// Reads `folder` with its built and vendor parts. `build/manifest.json` maps names to versioned names; files
    /// outside `build` are served under their own names and checked again by the browser.
    /// - Throws: when the manifest is there but broken. A missing folder gives no files.
    public init(folder: URL) throws {
        var files: [String: File] = [:]
        let build = folder.appending(path: "build")
        for place in [folder, folder.appending(path: "vendor"), build] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
            for name in names
            where StaticFiles.types[(name as NSString).pathExtension] != nil && name != "manifest.json" {
                let url = place.appending(path: name)
                guard let data = FileManager.default.contents(atPath: url.path) else { continue }
                let gzip = FileManager.default.contents(atPath: url.path + ".gz")
                let digest = SHA256.hash(data: data).prefix(8).map { StaticFiles.padded(hexadecimal: $0) }.joined()
                files[name] = File(
                    bytes: Array(data), gzipped: gzip.map(Array.init),
                    type: StaticFiles.types[(name as NSString).pathExtension] ?? "application/octet-stream",
                    isVersioned: place == build, entityTag: "W/\"\(digest)\"")
            }
        }
        var versioned: [String: String] = [:]
        let manifest = build.appending(path: "manifest.json")
        if FileManager.default.fileExists(atPath: manifest.path) {
            versioned = try JSONDecoder().decode([String: String].self, from: Data(contentsOf: manifest))
        }
        self.files = files
        self.versioned = versioned.filter { files[$0.value] != nil }
    }

    private static func padded(hexadecimal byte: UInt8) -> String {
        byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16)
    }

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
        "png": "image/png", "ico": "image/x-icon", "webmanifest": "application/manifest+json",
    ]

    /// The name to link to: the versioned one where there is one.
    public func versionedName(_ name: String) -> String {
        versioned[name] ?? name
    }

    public func has(_ name: String) -> Bool {
        files[versionedName(name)] != nil
    }

    /// One built stylesheet, or the two sources while nothing has been built.
    var stylesheets: [String] {
        versioned["linli.css"].map { [$0] } ?? ["tokens.css", "linli.css"]
    }

    func file(_ name: String) -> File? {
        files[name]
    }
}
