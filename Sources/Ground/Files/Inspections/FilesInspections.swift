import Domain
import Foundation
import Module
import Storage

/// What must be true of files: looked at by `linli doctor`, most of all after a restore.
struct FilesInspections: Sendable {
    let files: Files

    var all: [Inspection] { [contents] }

    private static let part = 400

    private var contents: Inspection {
        Inspection("files.contents", "Every file has its contents on the disk, as long as its row says.") {
            [files] database, _ in
            try await Inspection.inParts(of: database) { after, tx in
                let page = try FileStore.page(after: after, limit: Self.part, tx)
                var outcome = Inspection.Outcome(seen: page.count)
                for file in page {
                    for content in [file.full, file.small].compactMap(\.self) {
                        guard let length = files.folder.length(of: content) else {
                            outcome.findings.append("file \(file.id): its content \(content.name) is not on the disk")
                            continue
                        }
                        if length != content.bytes {
                            outcome.findings.append(
                                "file \(file.id): its content \(content.name) has \(length) bytes, not \(content.bytes)"
                            )
                        }
                    }
                }
                return (outcome, page.count < Self.part ? nil : page.last?.id)
            }
        }
    }
}
