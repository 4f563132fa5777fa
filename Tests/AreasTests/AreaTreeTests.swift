import Areas
import Domain
import Testing
import Web

@Suite("Area codes")
struct DivisionCodeTests {
    @Test(
        "a code tells its level, its path and what it is part of",
        arguments: [
            ("330299", AreaLevel.district, "330299/", nil),
            ("330299001", .street, "330299/001/", "330299"),
            ("330299001002", .community, "330299/001/002/", "330299001"),
            ("330299001002005", .grid, "330299/001/002/005/", "330299001002"),
        ])
    func levels(digits: String, level: AreaLevel, path: String, parent: String?) throws {
        let code = try #require(AreaCode(digits))
        #expect(code.level == level)
        #expect(code.path == path)
        #expect(code.parent?.digits == parent)
    }

    @Test(
        "other lengths and other characters are no codes",
        arguments: ["", "33029", "3302990", "33029x", "３３０２９９", "330299 01"])
    func refused(text: String) {
        #expect(AreaCode(text) == nil)
    }
}

@Suite("The area tree")
struct AreaTreeTests {
    let tree = sampleTree()

    @Test("an object in a grid belongs to its grid, community, street and district, and to nothing else")
    func scopes() throws {
        let grid = try #require(area("330299001002001"))
        let codes = ["330299001002001", "330299001002", "330299001", "330299"]
        #expect(tree.scopes(of: grid.id) == Set(codes.compactMap { area($0).map { Scope.area($0.id) } }))
        #expect(tree.lineage(of: grid.id).map(\.code.digits) == codes)
        #expect(tree.ancestors(of: grid.id).count == 3)
        #expect(tree.street(above: grid.id)?.letters == "AA")
    }

    @Test("an unknown area has no scopes, so that nobody gets a right by it")
    func unknown() throws {
        let nobody = AreaID(UUIDValue(high: 1, low: 2))
        #expect(tree.scopes(of: nobody) == nil)
        #expect(tree.descendants(of: nobody) == [])
        #expect(throws: RuleViolation(.invalid, "area.unknown", field: "place")) {
            try tree.requireScopes(of: nobody, field: "place")
        }
    }

    @Test("descendants are the area and all below it, parents first")
    func descendants() throws {
        let street = try #require(area("330299001"))
        let below = tree.descendants(of: street.id).compactMap { tree.area($0)?.code.digits }
        #expect(below == ["330299001", "330299001001", "330299001001001", "330299001002", "330299001002001"])
    }

    @Test("an ended area keeps its place for old cases, and its code belongs to the one in force")
    func ended() throws {
        let world = World.live
        let now = world.now()
        let district = Area(
            id: world.id(), parent: nil, code: try #require(AreaCode("330299")), name: name("区"), validFrom: now)
        let old = Area(
            id: world.id(), parent: district.id, code: try #require(AreaCode("330299001")), name: name("旧"),
            letters: "AA", validFrom: now, validTo: now.advanced(bySeconds: 10))
        let new = Area(
            id: world.id(), parent: district.id, code: old.code, name: name("新"), letters: "AA",
            validFrom: now.advanced(bySeconds: 10))
        let tree = AreaTree([district, old, new], revision: 1)
        #expect(tree.area(code: old.code)?.id == new.id)
        #expect(tree.scopes(of: old.id) == [.area(old.id), .area(district.id)])
        #expect(old.isValid(at: now) && !old.isValid(at: now.advanced(bySeconds: 10)))
    }

    @Test("in random trees one area lies within another exactly when its path begins with the other's")
    func randomTrees() {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix(seed: seed)
        for _ in 0..<20 {
            let areas = randomAreas(&random)
            let tree = AreaTree(areas.shuffled(using: &random), revision: 1)
            for inner in areas {
                for outer in areas {
                    #expect(
                        tree.isWithin(inner.id, outer.id) == inner.path.hasPrefix(outer.path),
                        "\(inner.path) in \(outer.path), seed \(seed)")
                    let holds = tree.scopes(of: inner.id)?.contains(.area(outer.id)) ?? false
                    #expect(holds == inner.path.hasPrefix(outer.path), "seed \(seed)")
                }
            }
        }
    }

    private func area(_ digits: String) -> Area? {
        AreaCode(digits).flatMap { tree.area(code: $0) }
    }
}

func name(_ text: String) -> LocalizedName { LocalizedName(chinese: text, english: text) }

private func sampleTree() -> AreaTree {
    makeAreas(
        ["330299", "330299001", "330299001001", "330299001001001", "330299001002", "330299001002001", "330299002"])
        .map { AreaTree($0, revision: 1) } ?? .empty
}

/// Areas of these codes, parents before children; `nil` when a code is none.
func makeAreas(_ codes: [String]) -> [Area]? {
    var byCode: [AreaCode: Area] = [:]
    var areas: [Area] = []
    for digits in codes {
        guard let code = AreaCode(digits) else { return nil }
        let letters = code.level == .street ? "A\(Character(UnicodeScalar(UInt8(64 + byCode.count))))" : nil
        let area = Area(
            id: World.live.id(), parent: code.parent.flatMap { byCode[$0]?.id }, code: code, name: name(digits),
            letters: letters, validFrom: Instant(milliseconds: 0))
        byCode[code] = area
        areas.append(area)
    }
    return areas
}

private func randomAreas(_ random: inout SplitMix) -> [Area] {
    var codes: [String] = []
    for district in 1...2 {
        codes.append("33029\(district)")
        for street in 0..<Int.random(in: 0...3, using: &random) {
            codes.append("33029\(district)00\(street)")
            for community in 0..<Int.random(in: 0...3, using: &random) {
                codes.append("33029\(district)00\(street)00\(community)")
                for grid in 0..<Int.random(in: 0...2, using: &random) {
                    codes.append("33029\(district)00\(street)00\(community)00\(grid)")
                }
            }
        }
    }
    return makeAreas(codes) ?? []
}

/// A generator that can be started again from its seed (Steele, Lea and Flood 2014).
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
