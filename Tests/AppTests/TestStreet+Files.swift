import Domain
import Foundation
import HTTPTypes
import PictureSamples
import Storage

@testable import App
@testable import Files
@testable import Web

/// A field of a form with files.
enum FormPart: Sendable {
    case text(String, String)
    case file(String, name: String, [UInt8])
}

extension TestStreet {
    /// Sends a form with files, as browsers do (with the token of the page) and as machines do (without).
    func upload(
        _ path: String, _ parts: [FormPart], as person: Person? = nil, once: String? = nil
    ) async throws -> Reply {
        let isPage = !path.hasPrefix("/api/")
        var all = isPage ? [FormPart.text("_csrf", formToken(of: person))] : []
        if isPage, let once { all.append(.text("_once", once)) }
        all += parts
        var body: [UInt8] = []
        for part in all {
            switch part {
            case .text(let name, let text):
                body += Array("--lInLi\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(text)\r\n".utf8)
            case .file(let name, let fileName, let content):
                let head =
                    "Content-Disposition: form-data; name=\"\(name)\"; filename=\"\(fileName)\"\r\nContent-Type: image/jpeg"
                body += Array("--lInLi\r\n\(head)\r\n\r\n".utf8) + content + [0x0D, 0x0A]
            }
        }
        body += Array("--lInLi--\r\n".utf8)
        return try await send(
            .post, path, as: person, proof: isPage ? .cookie : .bearer,
            headers: [.contentType: "multipart/form-data; boundary=lInLi"], body: body)
    }

    /// A photo of its own, for telling files apart.
    func photo(_ seed: UInt64 = 1) -> [UInt8] { PictureSamples.png(width: 48, height: 36, seed: seed) }

    func photo(_ field: String, _ seed: UInt64 = 1) -> FormPart { .file(field, name: "IMG_\(seed).jpg", photo(seed)) }

    /// The links to thumbnails on a page, as a browser reads them.
    func thumbnails(_ page: Reply) -> [String] {
        page.text.split(separator: "<img src=\"").dropFirst().map {
            String($0.prefix { $0 != "\"" }).replacing("&amp;", with: "&")
        }
    }

    /// How many files have rows.
    func fileCount() async throws -> Int {
        try await deployment.database.read { tx in try tx.first("SELECT count(*) AS n FROM file")?.get("n") ?? 0 }
    }

    /// Everything in the folder of files.
    var storedFiles: [URL] {
        let folder = URL(filePath: deployment.settings.filesFolder)
        guard let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
        else { return [] }
        return walk.compactMap { $0 as? URL }.filter { url in
            (try? url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
        }
    }
}
