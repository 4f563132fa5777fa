import CVips
import Files
import Foundation

/// Files made by code, for tests: photos as phones send them, and what only looks like one.
public enum PictureSamples {
    // MARK: Photos

    /// A PNG of coloured stripes and noise that the seed decides.
    public static func png(width: Int, height: Int, seed: UInt64 = 1) -> [UInt8] {
        var state = seed
        var rows: [UInt8] = []
        rows.reserveCapacity(height * (width * 3 + 1))
        for y in 0..<height {
            rows.append(0)
            for x in 0..<width {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let noise = UInt8(truncatingIfNeeded: state >> 60)
                rows.append(UInt8(truncatingIfNeeded: x / 8 * 16) &+ noise)
                rows.append(UInt8(truncatingIfNeeded: y / 8 * 16) &+ noise)
                rows.append(UInt8(truncatingIfNeeded: Int(truncatingIfNeeded: seed) &* 40))
            }
        }
        return pngSignature + header(width: width, height: height) + chunk("IDAT", stored(rows)) + chunk("IEND", [])
    }

    /// A PNG whose header promises so many pixels, with next to nothing behind it.
    public static func bomb(width: Int = 50_000, height: Int = 50_000) -> [UInt8] {
        pngSignature + header(width: width, height: height) + chunk("IDAT", stored([0, 0, 0, 0])) + chunk("IEND", [])
    }

    /// A JPEG as a phone writes it.
    /// - Parameters:
    ///   - orientation: 1 to 8, as EXIF counts.
    ///   - location: degrees, minutes, seconds, north and east.
    public static func jpeg(
        width: Int, height: Int, seed: UInt64 = 1, orientation: UInt16? = nil,
        latitude: (UInt32, UInt32, UInt32)? = nil, longitude: (UInt32, UInt32, UInt32)? = nil
    ) throws -> [UInt8] {
        guard Files.readsPictures else { throw NoVips() }
        let place = FileManager.default.temporaryDirectory.path + "/linli-sample-\(UUID().uuidString)"
        defer { for name in [".png", ".jpg"] { try? FileManager.default.removeItem(atPath: place + name) } }
        try Data(png(width: width, height: height, seed: seed)).write(to: URL(filePath: place + ".png"))
        guard let picture = linli_vips_header(place + ".png") else { throw NoVips() }
        defer { linli_vips_free(picture) }
        guard linli_vips_save(picture, place + ".jpg", 90) == 0 else { throw NoVips() }
        let plain = [UInt8](try Data(contentsOf: URL(filePath: place + ".jpg")))
        guard orientation != nil || latitude != nil else { return plain }
        let exif = exif(orientation ?? 1, latitude, longitude)
        let length = exif.count + 2
        return Array(plain[..<2]) + [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)] + exif + plain[2...]
    }

    struct NoVips: Error {}

    /// One pixel, lossless.
    public static let webp: [UInt8] = Array(Data(base64Encoded: "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")!)

    // MARK: What is none

    /// A GIF whose frame is as large as GIF can say.
    public static let gif: [UInt8] =
        Array("GIF89a".utf8) + [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0x2C, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0x3B]

    public static let pdf = Array("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n".utf8)

    /// What hides behind a picture in a polyglot.
    public static let hidden = Array("<script>alert('linli-polyglot')</script>PK\u{3}\u{4}".utf8)

    // MARK: Writing

    private static let pngSignature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    private static func header(width: Int, height: Int) -> [UInt8] {
        chunk("IHDR", big(UInt32(width)) + big(UInt32(height)) + [8, 2, 0, 0, 0])
    }

    private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(type.utf8) + data
        return big(UInt32(data.count)) + body + big(crc(body))
    }

    private static func big(_ number: UInt32) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }

    /// zlib without compression (RFC 1950, RFC 1951 §3.2.4).
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = [0x78, 0x01]
        var start = 0
        repeat {
            let end = min(start + 65_535, bytes.count)
            let length = UInt16(end - start)
            out.append(end == bytes.count ? 1 : 0)
            for part in [length, ~length] { out += [UInt8(part & 0xFF), UInt8(part >> 8)] }
            out += bytes[start..<end]
            start = end
        } while start < bytes.count
        var a: UInt32 = 1
        var b: UInt32 = 0
        for byte in bytes {
            a = (a + UInt32(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return out + big(b << 16 | a)
    }

    private static let crcTable: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~UInt32(0)) { crcTable[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
    }

    /// An EXIF segment, big-endian: orientation, a maker's name, and GPS.
    private static func exif(
        _ orientation: UInt16, _ latitude: (UInt32, UInt32, UInt32)?, _ longitude: (UInt32, UInt32, UInt32)?
    ) -> [UInt8] {
        func short(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }
        func entry(_ tag: UInt16, _ type: UInt16, _ count: UInt32, _ value: [UInt8]) -> [UInt8] {
            short(tag) + short(type) + big(count) + value
        }
        let maker = Array("LINLIMAKER\0".utf8)
        // TIFF header 8, directory of 3 entries 2 + 36 + 4, then the maker's name.
        let makerAt: UInt32 = 50
        let gpsAt = makerAt + UInt32(maker.count) + 1
        var tiff: [UInt8] = Array("MM".utf8) + short(42) + big(8)
        tiff += short(3)
        tiff += entry(0x010F, 2, UInt32(maker.count), big(makerAt))
        tiff += entry(0x0112, 3, 1, short(orientation) + short(0))
        tiff += entry(0x8825, 4, 1, big(gpsAt))
        tiff += big(0) + maker + [0]
        guard let latitude, let longitude else { return Array("Exif\0\0".utf8) + tiff + short(0) + big(0) }
        let numbersAt = gpsAt + 2 + 4 * 12 + 4
        tiff += short(4)
        tiff += entry(1, 2, 2, [UInt8(ascii: "N"), 0, 0, 0])
        tiff += entry(2, 5, 3, big(numbersAt))
        tiff += entry(3, 2, 2, [UInt8(ascii: "E"), 0, 0, 0])
        tiff += entry(4, 5, 3, big(numbersAt + 24))
        tiff += big(0)
        for (degrees, minutes, seconds) in [latitude, longitude] {
            tiff += big(degrees) + big(1) + big(minutes) + big(1) + big(seconds * 100) + big(100)
        }
        return Array("Exif\0\0".utf8) + tiff
    }
}
