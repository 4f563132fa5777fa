import Domain
import Testing

@testable import Vault

@Suite("Envelopes")
struct EnvelopeTests {
    let ring = KeyRing.fresh()
    let id = World.live.id(String.self).uuid
    let words = "楼下烧烤摊油烟太大，孩子咳了一周。电话 13800005678"

    @Test("what is sealed can be opened, and neither words nor length-preserving text show in the envelope")
    func roundTrip() throws {
        let envelope = try ring.seal(words, table: "report", column: "words", id: id)
        #expect(try ring.openText(envelope, table: "report", column: "words", id: id) == words)
        #expect(envelope.bytes.count == 5 + 12 + words.utf8.count + 16)
        #expect(!contains(envelope.bytes, Array("13800005678".utf8)))
        #expect(try ring.open(ring.seal([], table: "t", column: "c", id: id), table: "t", column: "c", id: id) == [])
    }

    @Test("sealing twice gives two envelopes")
    func freshNonce() throws {
        let one = try ring.seal(words, table: "report", column: "words", id: id)
        let two = try ring.seal(words, table: "report", column: "words", id: id)
        #expect(one != two)
    }

    @Test(
        "an envelope moved to another table, column or row is refused",
        arguments: [("case", "words", true), ("report", "title", true), ("report", "words", false)])
    func moved(table: String, column: String, sameRow: Bool) throws {
        let envelope = try ring.seal(words, table: "report", column: "words", id: id)
        let row = sameRow ? id : World.live.id(String.self).uuid
        #expect(throws: VaultError.authenticationFailed) {
            try ring.open(envelope, table: table, column: column, id: row)
        }
    }

    @Test("each single changed byte is noticed")
    func tampered() throws {
        let envelope = try ring.seal("短", table: "t", column: "c", id: id)
        for position in envelope.bytes.indices {
            var bytes = envelope.bytes
            bytes[position] ^= 0x40
            #expect(throws: VaultError.self) {
                try ring.open(Envelope(bytes: bytes), table: "t", column: "c", id: id)
            }
        }
    }

    @Test("a cut envelope is refused, at every length")
    func cut() throws {
        let envelope = try ring.seal("短", table: "t", column: "c", id: id)
        for length in 0..<envelope.bytes.count {
            #expect(throws: VaultError.self) {
                try ring.open(Envelope(bytes: Array(envelope.bytes.prefix(length))), table: "t", column: "c", id: id)
            }
        }
    }

    @Test("after a rotation old envelopes open, new ones use the new key, and a removed key is named")
    func rotation() throws {
        let first = MasterKey(id: 1, secret: SecretKey(bytes: [UInt8](repeating: 7, count: 32)))
        let second = MasterKey(id: 2, secret: SecretKey(bytes: [UInt8](repeating: 9, count: 32)))
        let before = try #require(KeyRing([first]))
        let after = try #require(KeyRing([first, second]))
        let without = try #require(KeyRing([second]))
        let old = try before.seal(words, table: "report", column: "words", id: id)
        #expect(try after.openText(old, table: "report", column: "words", id: id) == words)
        #expect(after.activeKeyID == 2)
        let new = try after.seal(words, table: "report", column: "words", id: id)
        #expect(try without.openText(new, table: "report", column: "words", id: id) == words)
        #expect(throws: VaultError.unknownKey(1)) {
            try without.open(old, table: "report", column: "words", id: id)
        }
    }

    @Test("a ring without keys, with a number twice, or with number 0 cannot be made")
    func wrongRings() {
        let key = SecretKey(bytes: [UInt8](repeating: 1, count: 32))
        #expect(KeyRing([]) == nil)
        #expect(KeyRing([MasterKey(id: 1, secret: key), MasterKey(id: 1, secret: key)]) == nil)
        #expect(KeyRing([MasterKey(id: 0, secret: key)]) == nil)
        #expect(KeyRing([MasterKey(id: 1, secret: key)], ciphers: []) == nil)
    }

    @Test("another cipher can take over, while what the first one sealed still opens")
    func otherCipher() throws {
        let master = MasterKey(id: 1, secret: SecretKey(bytes: [UInt8](repeating: 7, count: 32)))
        let old = try #require(KeyRing([master]))
        let new = try #require(KeyRing([master], ciphers: [OtherCipher(), AESGCMCipher()]))
        let sealed = try old.seal(words, table: "t", column: "c", id: id)
        #expect(try new.openText(sealed, table: "t", column: "c", id: id) == words)
        let other = try new.seal(words, table: "t", column: "c", id: id)
        #expect(other.bytes[0] == 200)
        #expect(try new.openText(other, table: "t", column: "c", id: id) == words)
        #expect(throws: VaultError.unknownAlgorithm(200)) { try old.open(other, table: "t", column: "c", id: id) }
    }

    @Test("a key prints nothing of itself")
    func printing() {
        let key = SecretKey(bytes: Array("0123456789abcdef0123456789abcdef".utf8))
        var dumped = ""
        dump(MasterKey(id: 1, secret: key), to: &dumped)
        #expect("\(key)\(String(reflecting: key))\(dumped)".contains("0123") == false)
    }
}

/// AES-GCM under another number, to stand for a second algorithm.
private struct OtherCipher: EnvelopeCipher {
    let algorithm: UInt8 = 200
    func seal(_ plaintext: [UInt8], key: SecretKey, context: [UInt8]) throws(VaultError) -> [UInt8] {
        try AESGCMCipher().seal(plaintext, key: key, context: context)
    }
    func open(_ sealed: ArraySlice<UInt8>, key: SecretKey, context: [UInt8]) throws(VaultError) -> [UInt8] {
        try AESGCMCipher().open(sealed, key: key, context: context)
    }
}

private func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
    guard part.count <= bytes.count else { return false }
    return (0...(bytes.count - part.count)).contains { bytes[$0..<($0 + part.count)].elementsEqual(part) }
}
