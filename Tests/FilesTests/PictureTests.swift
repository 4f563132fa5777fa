import Domain
import Foundation
import PictureSamples
import Storage
import StorageTestSupport
import Testing

@testable import Files

@Suite("What is made of a photo")
struct PictureTests {
    private func holds(_ bytes: [UInt8], _ text: String) -> Bool {
        Data(bytes).range(of: Data(text.utf8)) != nil
    }

    @Test("a photo is kept upright as JPEG in two sizes, with nothing but pixels")
    func photo() async throws {
        try await withFiles { house async throws in
            let source = try PictureSamples.jpeg(
                width: 2816, height: 704, orientation: 6, latitude: (30, 15, 23), longitude: (120, 9, 18))
            #expect(holds(source, "Exif") && holds(source, "LINLIMAKER"))
            let kept = try await house.prepare(source)
            #expect(kept.file.kind == .photo)
            #expect(kept.file.width == 640 && kept.file.height == 2560)
            #expect(kept.location == nil && kept.name == nil)
            let small = try #require(kept.file.small)
            for content in [kept.file.full, small] {
                let bytes = try house.bytes(content)
                #expect(bytes.count == content.bytes)
                #expect(bytes.starts(with: [0xFF, 0xD8, 0xFF]))
                #expect(!holds(bytes, "Exif") && !holds(bytes, "LINLIMAKER") && !holds(bytes, "http"))
            }
            #expect(small.bytes < 40_000)
            #expect(house.incoming.isEmpty)
        }
    }

    @Test("the place is kept only when the sender has agreed, and then sealed", arguments: Engine.tested)
    func location(engine: Engine) async throws {
        try await withFiles(engine) { house async throws in
            let source = try PictureSamples.jpeg(
                width: 64, height: 48, latitude: (30, 15, 23), longitude: (120, 9, 18))
            #expect(try await house.prepare(source).location == nil)
            let kept = try await house.prepare(source, keepsLocation: true)
            let sealed = try #require(kept.location)
            #expect(!holds(sealed, "30.2563"))
            try await house.files.keepWaiting([kept])
            let location = try await house.database.read { tx in try house.files.location(of: kept.file.id, tx) }
            #expect(location == PhotoLocation(latitude: 30.25639, longitude: 120.155))
        }
    }

    @Test("PNG and WebP are taken and become JPEG; a small picture stays as small as it is")
    func formats() async throws {
        try await withFiles { house async throws in
            let png = try await house.prepare(PictureSamples.png(width: 40, height: 30))
            #expect(png.file.width == 40 && png.file.height == 30)
            let webp = try await house.prepare(PictureSamples.webp)
            #expect(webp.file.width == 1 && webp.file.height == 1)
        }
    }

    @Test("a header that promises too many pixels is refused before anything is decoded")
    func bomb() async throws {
        try await withFiles { house async throws in
            let began = ContinuousClock.now
            #expect(try await house.refusal(PictureSamples.bomb()) == "file.too-many-pixels")
            #expect(try await house.refusal(PictureSamples.bomb(width: 60_000, height: 2)) == "file.too-many-pixels")
            // Decoding them would take minutes and gigabytes, on any machine.
            #expect(ContinuousClock.now - began < .seconds(60))
            // Few pixels promised, fewer there.
            #expect(try await house.refusal(PictureSamples.bomb(width: 800, height: 600)) == "file.broken")
        }
    }

    @Test("what is no picture is refused, whatever it is called")
    func notPictures() async throws {
        try await withFiles { house async throws in
            for content in [PictureSamples.gif, Array("<svg onload=x>".utf8), [0], Array("BM....".utf8)] {
                #expect(try await house.refusal(content) == "file.not-a-picture")
            }
            #expect(try await house.refusal(PictureSamples.pdf) == "file.not-a-picture")
            #expect(try await house.refusal([0xFF, 0xD8, 0xFF, 0xE0, 0, 16]) == "file.broken")
            #expect(house.contents.isEmpty)
        }
    }

    @Test("a photo that did not come in whole is told apart and not kept")
    func truncated() async throws {
        try await withFiles { house async throws in
            let whole = try PictureSamples.jpeg(width: 600, height: 400)
            for share in [10, 50, 90] {
                let part = Array(whole.prefix(whole.count * share / 100))
                #expect(try await house.refusal(part) == "file.broken", "\(share) %")
            }
            #expect(house.contents.isEmpty && house.incoming.isEmpty)
        }
    }

    @Test("what hides behind the pixels of a polyglot is not kept")
    func polyglot() async throws {
        try await withFiles { house async throws in
            let source = try PictureSamples.jpeg(width: 80, height: 60) + PictureSamples.hidden
            let kept = try await house.prepare(source)
            #expect(!holds(try house.bytes(kept.file.full), "script"))
            #expect(!holds(try house.bytes(kept.file.full), "PK"))
        }
    }

    @Test("a PDF is kept as it came, with its name sealed; half a one is refused")
    func document() async throws {
        try await withFiles { house async throws in
            let kept = try await house.prepare(PictureSamples.pdf, taking: [.photo, .document])
            #expect(kept.file.kind == .document && kept.file.small == nil)
            #expect(try house.bytes(kept.file.full) == PictureSamples.pdf)
            #expect(kept.name.map { !holds($0, "IMG_1") } == true)
            let half = Array(PictureSamples.pdf.dropLast(8))
            #expect(try await house.refusal(half, taking: [.document]) == "file.broken")
            #expect(try await house.refusal(PictureSamples.webp, taking: [.document]) == "file.unknown-format")
        }
    }

    @Test("of several files each that is wrong is named, and none is kept")
    func several() async throws {
        try await withFiles { house async throws in
            let uploads = [
                try house.upload(try PictureSamples.jpeg(width: 50, height: 50), number: 1),
                try house.upload(PictureSamples.gif, number: 2), try house.upload(PictureSamples.bomb(), number: 3),
            ]
            let error = await #expect(throws: RuleViolations.self) {
                try await house.files.prepare(uploads, for: "photos", taking: [.photo], by: .anonymous)
            }
            #expect(error?.all.map(\.code) == ["file.not-a-picture", "file.too-many-pixels"])
            #expect(error?.all.map { $0.arguments["number"] } == ["2", "3"])
            #expect(house.contents.isEmpty)
        }
    }

    @Test("mutated pictures are taken or refused, and nothing is left behind")
    func fuzz() async throws {
        let seed = UInt64(truncatingIfNeeded: ContinuousClock.now.hashValue)
        print("pictures fuzzed with seed \(seed)")
        var chance = SeededChance(seed: seed)
        let originals = [
            try PictureSamples.jpeg(width: 90, height: 70, orientation: 3), PictureSamples.png(width: 33, height: 20),
            PictureSamples.webp,
        ]
        try await withFiles { house async throws in
            var taken = 0
            for round in 0..<240 {
                var bytes = originals[round % originals.count]
                for _ in 0..<Int.random(in: 1...8, using: &chance) {
                    switch Int.random(in: 0..<4, using: &chance) {
                    case 0:
                        bytes[Int.random(in: 0..<bytes.count, using: &chance)] = .random(in: 0...255, using: &chance)
                    case 1: bytes.removeLast(Int.random(in: 0..<max(1, bytes.count / 4), using: &chance))
                    case 2:
                        let at = Int.random(in: 0...bytes.count, using: &chance)
                        bytes.insert(contentsOf: [UInt8](repeating: 0xFF, count: 5), at: at)
                    default:
                        let at = Int.random(in: 0..<bytes.count, using: &chance)
                        bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &chance)
                    }
                    if bytes.isEmpty { bytes = [0] }
                }
                // Slowly, as people send photos: so many in a quarter of an hour are enough.
                house.clock.advance(seconds: 5)
                if try await house.refusal(bytes) == nil { taken += 1 }
            }
            #expect(taken < 240, "seed \(seed)")
            #expect(house.incoming.isEmpty, "seed \(seed)")
        }
    }
}

@Suite("Telling formats by their first bytes")
struct FileTypeTests {
    @Test("each format by its own bytes, and nothing by its name")
    func sniffing() throws {
        #expect(FileType(head: try PictureSamples.jpeg(width: 8, height: 8)) == .jpeg)
        #expect(FileType(head: PictureSamples.png(width: 8, height: 8)) == .png)
        #expect(FileType(head: PictureSamples.webp) == .webp)
        #expect(FileType(head: PictureSamples.pdf) == .pdf)
        #expect(FileType(head: [0, 0, 0, 24] + Array("ftypheic".utf8)) == .heic)
        #expect(FileType(head: [0, 0, 0, 24] + Array("ftypisom".utf8)) == nil)
        #expect(FileType(head: PictureSamples.gif) == nil)
        #expect(FileType(head: Array(" %PDF-1.4".utf8)) == nil)
        #expect(FileType(head: [UInt8]()) == nil)
    }

    @Test("every beginning of a head is told or not, without a crash")
    func prefixes() throws {
        for sample in [try PictureSamples.jpeg(width: 8, height: 8), PictureSamples.webp, PictureSamples.pdf] {
            let whole = FileType(head: sample)
            for length in 0..<FileType.headBytes {
                let type = FileType(head: sample.prefix(length))
                #expect(type == nil || type == whole)
            }
        }
    }

    @Test("degrees, minutes and seconds are read; nonsense is no place")
    func locations() {
        let place = PhotoLocation(
            latitude: "30/1 15/1 2345/100 (30, 15, 23.45, Rational)", "S (S, ASCII)", longitude: "120/1 9/1 18/1",
            "E (E, ASCII)")
        #expect(place == PhotoLocation(latitude: -30.25651, longitude: 120.155))
        #expect(PhotoLocation(latitude: "30/0 1/1 1/1", "N", longitude: "1/1 1/1 1/1", "E") == nil)
        #expect(PhotoLocation(latitude: "300/1 1/1 1/1", "N", longitude: "1/1 1/1 1/1", "E") == nil)
        #expect(PhotoLocation(latitude: "0/1 0/1 0/1", "N", longitude: "0/1 0/1 0/1", "E") == nil)
        #expect(PhotoLocation(latitude: nil, nil, longitude: nil, nil) == nil)
        #expect(PhotoLocation(text: place?.text ?? "") == place)
    }
}
