import CVips
import Domain
import Foundation
import Module
import Web

/// Decodes photos and writes them anew, on two threads of its own.
///
/// What comes out holds pixels only: whatever was hidden in the file, before, behind or between them, is not in it.
final class PictureWorkshop: Sendable {
    /// Two new files beside the upload.
    struct Made: Sendable {
        let fullPath: String
        let smallPath: String
        let width: Int
        let height: Int
        let location: PhotoLocation?
    }

    /// Why there is no picture; the code of the violation behind `file.`.
    enum Refusal: String, Error {
        case notPicture = "not-a-picture"
        case tooManyPixels = "too-many-pixels"
        case broken
        case formatMissing = "format-missing"
    }

    private let limits: PictureLimits
    private let pool: BoundedPool

    /// Once in a process; libvips keeps global state.
    static let isStarted = linli_vips_start() == 0

    /// - Parameter waiting: pictures that may wait for each thread; a phone's photo takes some 200 ms.
    init(_ limits: PictureLimits, threads: Int = 2, waiting: Int = 64) {
        self.limits = limits
        self.pool = BoundedPool(name: "linli.pictures", threads: threads, waiting: waiting)
    }

    /// - Throws: `Refusal`; `file.busy` when too many wait already; `NoRoomForFiles`.
    func make(from path: String, type: FileType) async throws -> Made {
        try await onThread { [limits] in
            defer { linli_vips_leave_thread() }
            return try PictureWorkshop.make(path, type, limits)
        }
    }

    /// Runs what waits for a processor or a disk.
    /// - Throws: what `work` throws; `file.busy` when too many wait already.
    func onThread<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        do {
            return try await pool.run(work)
        } catch is BoundedPool.Full {
            throw RuleViolation(.tooMany, "file.busy")
        }
    }

    private static func make(_ path: String, _ type: FileType, _ limits: PictureLimits) throws -> Made {
        guard isStarted, let family = type.loader else { throw Refusal.notPicture }
        if type == .heic, linli_vips_reads_heif() == 0 { throw Refusal.formatMissing }
        defer { settle() }
        // The loader is the one of the format that the bytes announce, or there is none.
        guard let loader = linli_vips_loader(path), String(cString: loader).hasPrefix(family),
            let header = linli_vips_header(path)
        else { throw Refusal.broken }
        let width = Int(linli_vips_width(header))
        let height = Int(linli_vips_height(header))
        let location = PictureWorkshop.location(header)
        linli_vips_free(header)
        guard width > 0, height > 0 else { throw Refusal.broken }
        guard width <= limits.edge, height <= limits.edge, width * height <= limits.pixels else {
            throw Refusal.tooManyPixels
        }
        guard let full = linli_vips_picture(path, Int32(limits.fullEdge)) else { throw Refusal.broken }
        defer { linli_vips_free(full) }
        guard let small = linli_vips_smaller(full, Int32(limits.smallEdge)) else { throw Refusal.broken }
        defer { linli_vips_free(small) }
        let made = Made(
            fullPath: path + ".full", smallPath: path + ".small", width: Int(linli_vips_width(full)),
            height: Int(linli_vips_height(full)), location: location)
        // The pixels are in memory: what can fail now is the disk.
        guard linli_vips_save(full, made.fullPath, limits.fullQuality) == 0,
            linli_vips_save(small, made.smallPath, limits.smallQuality) == 0
        else {
            discard([made.fullPath, made.smallPath])
            throw NoRoomForFiles()
        }
        return made
    }

    private static func location(_ header: UnsafeMutablePointer<VipsImage>) -> PhotoLocation? {
        func text(_ name: String) -> String? {
            linli_vips_text(header, "exif-ifd3-\(name)").map { String(cString: $0) }
        }
        return PhotoLocation(
            latitude: text("GPSLatitude"), text("GPSLatitudeRef"), longitude: text("GPSLongitude"),
            text("GPSLongitudeRef"))
    }

    /// Empties the error texts, which are kept for the whole process.
    private static func settle() {
        var nothing: CChar = 0
        linli_vips_settle(&nothing, 1)
    }

    static func discard(_ paths: [String]) {
        for path in paths { _ = unlink(path) }
    }
}
