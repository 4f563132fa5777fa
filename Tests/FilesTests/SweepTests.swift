import Domain
import Foundation
import PictureSamples
import Storage
import StorageTestSupport
import Testing
import Web

@testable import Files

@Suite("Removing what nobody needs")
struct SweepTests {
    private let day: Int64 = 24 * 3600

    private func sweep(_ house: FilesHouse) async throws -> SweepFiles.Outcome {
        try await SweepFiles(files: house.files).run()
    }

    private func photo(_ house: FilesHouse, seed: UInt64) async throws -> PreparedFile {
        try await house.prepare(PictureSamples.png(width: 30, height: 30, seed: seed))
    }

    @Test("a content without a row goes after a day, in two rounds; one with a row stays", arguments: Engine.tested)
    func contents(engine: Engine) async throws {
        try await withFiles(engine) { house async throws in
            let kept = try await photo(house, seed: 1)
            _ = try await photo(house, seed: 2)
            let subject = FileSubject("test.thing", house.clock.world.id(FilesHouse.self).uuid)
            try await house.database.write { tx in
                _ = try Attachments(prepared: [kept]).attach(to: subject, by: .anonymous, tx)
            }
            #expect(house.contents.count == 4)
            #expect(try await sweep(house) == SweepFiles.Outcome())
            house.clock.advance(seconds: day + 1)
            let first = try await sweep(house)
            #expect(first.set == 2 && first.removed == 0)
            #expect(house.contents == [kept.file.full.name, try #require(kept.file.small).name].sorted())
            #expect(try await sweep(house).removed == 2)
            #expect(try await sweep(house) == SweepFiles.Outcome())
            _ = try house.bytes(kept.file.full)
        }
    }

    @Test("an upload that nobody names goes after a day, row and content", arguments: Engine.tested)
    func waiting(engine: Engine) async throws {
        try await withFiles(engine) { house async throws in
            let kept = try await photo(house, seed: 3)
            try await house.files.keepWaiting([kept])
            house.clock.advance(seconds: day - 60)
            #expect(try await sweep(house).rows == 0)
            house.clock.advance(seconds: 120)
            #expect(try await sweep(house).rows == 1)
            #expect(try await sweep(house).removed == 2)
            let subject = FileSubject("test.thing", house.clock.world.id(FilesHouse.self).uuid)
            await #expect(throws: RuleViolation.self) {
                try await house.database.write { tx in
                    _ = try Attachments(waiting: [kept.file.id]).attach(to: subject, by: .anonymous, tx)
                }
            }
        }
    }

    @Test("a crash between the rounds loses nothing: what a row names goes back")
    func restored() async throws {
        try await withFiles { house async throws in
            let kept = try await photo(house, seed: 4)
            house.clock.advance(seconds: day + 1)
            #expect(try await sweep(house).set == 2)
            // The row of a transaction that took more than a day.
            let subject = FileSubject("test.thing", house.clock.world.id(FilesHouse.self).uuid)
            try await house.files.keepWaiting([kept])
            try await house.database.write { tx in
                _ = try Attachments(waiting: [kept.file.id]).attach(to: subject, by: .anonymous, tx)
            }
            #expect(try await sweep(house).restored == 2)
            _ = try house.bytes(kept.file.full)
        }
    }

    @Test("a content that is needed again keeps its place: the same photo sent twice")
    func again() async throws {
        try await withFiles { house async throws in
            _ = try await photo(house, seed: 5)
            house.clock.advance(seconds: day + 1)
            let second = try await photo(house, seed: 5)
            #expect(try await sweep(house).set == 0)
            #expect(house.contents.count == 2)
            _ = try house.bytes(second.file.full)
        }
    }

    @Test("files of requests that a crash has ended are cleared after an hour")
    func incoming() async throws {
        try await withFiles { house async throws in
            let left = try house.upload([1, 2, 3])
            let old = house.clock.now.advanced(bySeconds: -7200).milliseconds / 1000
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: TimeInterval(old))], ofItemAtPath: left.path)
            #expect(try await sweep(house).abandoned == 1)
            #expect(house.incoming.isEmpty)
        }
    }

    @Test("waiting files are given to their uploader only, and once", arguments: Engine.tested)
    func attaching(engine: Engine) async throws {
        try await withFiles(engine) { house async throws in
            let kept = try await photo(house, seed: 6)
            try await house.files.keepWaiting([kept])
            let subject = FileSubject("test.thing", house.clock.world.id(FilesHouse.self).uuid)
            let stranger = Actor(account: house.clock.world.id(), organisation: nil, grants: [:])
            func attach(_ actor: Actor) async throws -> [StoredFile] {
                try await house.database.write { tx in
                    try Attachments(waiting: [kept.file.id]).attach(to: subject, by: actor, tx)
                }
            }
            await #expect(throws: RuleViolation.self) { try await attach(stranger) }
            #expect(try await attach(.anonymous).map(\.id) == [kept.file.id])
            await #expect(throws: RuleViolation.self) { try await attach(.anonymous) }
        }
    }

    @Test("people without an account may send so much in a while")
    func throttle() throws {
        let throttle = UploadThrottle()
        let now = Instant(milliseconds: 0)
        for _ in 0..<50 { try throttle.count(4, from: "192.0.2.1", at: now) }
        #expect(throws: RuleViolation.self) { try throttle.count(1, from: "192.0.2.1", at: now) }
        try throttle.count(4, from: "192.0.2.2", at: now)
        try throttle.count(4, from: "192.0.2.1", at: now.advanced(bySeconds: 15 * 60))
    }
}
