import Domain
import Testing

@testable import Vault

@Suite("Record keys")
struct RecordKeyTests {
    let ring = KeyRing.fresh()
    let id = World.live.id(String.self).uuid

    @Test("words sealed with a record's key open with the wrapped key")
    func roundTrip() throws {
        let (key, sealed) = try ring.makeRecordKey(table: "report", column: "key", id: id)
        let words = try key.seal("电梯坏了", table: "report", column: "words", id: id)
        let again = try ring.openRecordKey(sealed, table: "report", column: "key", id: id)
        #expect(try again.openText(words, table: "report", column: "words", id: id) == "电梯坏了")
    }

    @Test("when the wrapped key is erased the words are gone, even for whoever holds all other keys")
    func erased() throws {
        let (key, _) = try ring.makeRecordKey(table: "report", column: "key", id: id)
        let words = try key.seal("电梯坏了", table: "report", column: "words", id: id)
        #expect(throws: VaultError.erased) { try ring.openRecordKey(nil, table: "report", column: "key", id: id) }
        #expect(throws: VaultError.unknownKey(0)) { try ring.open(words, table: "report", column: "words", id: id) }
        let (other, _) = try ring.makeRecordKey(table: "report", column: "key", id: id)
        #expect(throws: VaultError.authenticationFailed) {
            try other.open(words, table: "report", column: "words", id: id)
        }
    }

    @Test("a wrapped key does not serve another record")
    func moved() throws {
        let (_, sealed) = try ring.makeRecordKey(table: "report", column: "key", id: id)
        #expect(throws: VaultError.authenticationFailed) {
            try ring.openRecordKey(sealed, table: "report", column: "key", id: World.live.id(String.self).uuid)
        }
    }

    @Test("after a rotation the key is wrapped anew and the words stay as they are")
    func rewrapped() throws {
        let first = MasterKey(id: 1, secret: SecretKey(bytes: [UInt8](repeating: 7, count: 32)))
        let second = MasterKey(id: 2, secret: SecretKey(bytes: [UInt8](repeating: 9, count: 32)))
        let before = try #require(KeyRing([first]))
        let both = try #require(KeyRing([second, first]))
        let after = try #require(KeyRing([second]))
        let (key, sealed) = try before.makeRecordKey(table: "report", column: "key", id: id)
        let words = try key.seal("电梯坏了", table: "report", column: "words", id: id)
        let anew = try #require(try both.rewrapped(sealed, table: "report", column: "key", id: id))
        #expect(try both.rewrapped(anew, table: "report", column: "key", id: id) == nil)
        let opened = try after.openRecordKey(anew, table: "report", column: "key", id: id)
        #expect(try opened.openText(words, table: "report", column: "words", id: id) == "电梯坏了")
    }
}

@Suite("Keyed indexes and the form key")
struct KeyedIndexTests {
    @Test("equal values have equal indexes; other values, kinds and keys have others")
    func equality() {
        let ring = KeyRing.fresh()
        #expect(ring.index(of: "13800005678", kind: "phone") == ring.index(of: "13800005678", kind: "phone"))
        #expect(ring.index(of: "13800005678", kind: "phone") != ring.index(of: "13800005679", kind: "phone"))
        #expect(ring.index(of: "13800005678", kind: "phone") != ring.index(of: "13800005678", kind: "citizen-id"))
        #expect(ring.index(of: "b", kind: "a") != ring.index(of: "", kind: "ab"))
        #expect(ring.index(of: "1", kind: "phone") != KeyRing.fresh().index(of: "1", kind: "phone"))
        #expect(ring.index(of: "1", kind: "phone").bytes.count == 32)
    }

    @Test("after a rotation a search asks for the indexes of all keys")
    func rotation() throws {
        let first = MasterKey(id: 1, secret: SecretKey(bytes: [UInt8](repeating: 7, count: 32)))
        let second = MasterKey(id: 2, secret: SecretKey(bytes: [UInt8](repeating: 9, count: 32)))
        let before = try #require(KeyRing([first]))
        let after = try #require(KeyRing([first, second]))
        let stored = before.index(of: "13800005678", kind: "phone")
        #expect(after.indexes(of: "13800005678", kind: "phone").contains(stored))
        #expect(after.indexes(of: "13800005678", kind: "phone").first == after.index(of: "13800005678", kind: "phone"))
    }

    @Test("the form key is neither the index key nor the encryption key, and stays over restarts")
    func formKey() throws {
        let master = MasterKey(id: 1, secret: SecretKey(bytes: [UInt8](repeating: 7, count: 32)))
        let ring = try #require(KeyRing([master]))
        #expect(ring.formKey == KeyRing([master])?.formKey)
        #expect(ring.formKey != ring.keys[0].index.symmetric)
        #expect(ring.formKey != ring.keys[0].encryption.symmetric)
    }

    @Test(
        "spellings of one phone number come to one form",
        arguments: [
            ("13800005678", "13800005678"), ("138 0000 5678", "13800005678"), ("138-0000-5678", "13800005678"),
            ("+86 138 0000 5678", "13800005678"), ("+8613800005678", "13800005678"),
            ("008613800005678", "13800005678"), ("8613800005678", "13800005678"),
            ("１３８　０００５６７８", "1380005678"), ("＋８６１３８００００５６７８", "13800005678"),
            ("0575-8012 0345", "057580120345"), ("（0575）80120345", "057580120345"),
            ("+86 575 8012 0345", "057580120345"),
            ("12345", "12345"), ("+1 650 253 0000", "+16502530000"),
        ])
    func phones(text: String, normalised: String) {
        #expect(PhoneNumber.normalised(text) == normalised)
    }

    @Test(
        "what is no phone number is refused",
        arguments: ["", "12", "一三八", "138x0000", "1+38", "++86", "1234567890123456"])
    func noPhones(text: String) {
        #expect(PhoneNumber.normalised(text) == nil)
    }
}
