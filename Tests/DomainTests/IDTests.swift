import Domain
import Foundation
import Synchronization
import Testing

private enum Thing {}

@Suite("Identifiers")
struct IDTests {
    @Test("a version 7 UUID carries the millisecond, version and variant")
    func layout() throws {
        // The example of RFC 9562, appendix A.6: 2022-02-22 14:22:22 -05:00, rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F.
        let uuid = UUIDValue(
            version7At: Instant(milliseconds: 0x017F_22E2_79B0), random: (0xCC3, 0x18C4_DC0C_0C07_398F))
        #expect(uuid.description == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f")
    }

    @Test("text and bytes give the same identifier back, in either case of letters")
    func roundTrip() throws {
        var chance = SeededChance("identifiers")
        for _ in 0..<500 {
            let uuid = UUIDValue(high: chance.next(), low: chance.next())
            #expect(UUIDValue(uuid.description) == uuid)
            #expect(UUIDValue(uuid.description.uppercased()) == uuid)
            #expect(UUIDValue(bytes: uuid.bytes) == uuid)
            #expect(UUID(uuidString: uuid.description)?.uuidString.lowercased() == uuid.description)
            let coded = try JSONDecoder().decode([ID<Thing>].self, from: JSONEncoder().encode([ID<Thing>(uuid)]))
            #expect(coded == [ID(uuid)])
        }
    }

    @Test(
        "what is no identifier is refused",
        arguments: [
            "", "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
            "017f22e2079b0-7cc3-98c4-dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
            "017f22e279b07cc398c4dc0c0c07398f", "{17f22e2-79b0-7cc3-98c4-dc0c0c07398f", "' OR 1=1 --",
        ])
    func refused(text: String) {
        #expect(ID<Thing>(text) == nil)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([UUIDValue].self, from: JSONEncoder().encode([text]))
        }
    }

    @Test("fifteen or seventeen bytes are no identifier")
    func wrongBytes() {
        #expect(UUIDValue(bytes: [UInt8](repeating: 1, count: 15)) == nil)
        #expect(UUIDValue(bytes: [UInt8](repeating: 1, count: 17)) == nil)
    }

    @Test("order is the order of making, and of the written form")
    func order() {
        var chance = SeededChance("order of identifiers")
        var last: ID<Thing>?
        for millisecond in 1_700_000_000_000..<1_700_000_000_200 as Range<Int64> {
            let id = ID<Thing>(
                UUIDValue(
                    version7At: Instant(milliseconds: millisecond), random: (chance.next(), chance.next())))
            if let last {
                #expect(last < id)
                #expect(last.description < id.description)
            }
            last = id
        }
    }

    @Test("identifiers of one millisecond come in order, also when the clock goes back")
    func orderWithinAMoment() {
        let clock = Mutex<Int64>(1_763_432_640_000)
        let world = World(now: { Instant(milliseconds: clock.withLock { $0 }) }, random: { .random(in: .min ... .max) })
        var ids = (0..<10_000).map { _ in world.id(Int.self) }
        clock.withLock { $0 -= 5_000 }
        ids += (0..<10).map { _ in world.id(Int.self) }
        clock.withLock { $0 += 60_000 }
        ids.append(world.id())
        #expect(ids == ids.sorted())
        #expect(Set(ids).count == ids.count)
    }
}
