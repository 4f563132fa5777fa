import Areas
import Domain
import Testing
import Web

@testable import Identity

@Suite("Roles and grants")
struct RoleBookTests {
    @Test("a role with a permission that no module declares stops the start")
    func undeclared() {
        let roles = [RoleDefinition("dispatcher", name: "test.role", grants: [.init(Permission("x.y"), .area)])]
        #expect(throws: RoleBook.Unusable.self) { _ = try RoleBook(roles, declared: [Ground.work]) }
        #expect(throws: RoleBook.Unusable.self) { _ = try RoleBook(Ground.roles + [Ground.roles[0]], declared: all) }
        #expect(throws: RoleBook.Unusable.self) {
            _ = try RoleBook([RoleDefinition("Not A Code", name: "test.role", grants: [])], declared: all)
        }
    }

    @Test("an assignment with a role that is not defined any more grants nothing")
    func gone() throws {
        let book = try RoleBook(Ground.roles, declared: all)
        let world = World.live
        let assignment = Assignment(
            id: world.id(), account: world.id(), role: "retired", organisation: world.id(), area: world.id(),
            validFrom: world.now())
        #expect(book.grants(for: [assignment]).isEmpty)
    }

    @Test("assignments overlap exactly when some moment lies in both")
    func overlap() {
        let world = World.live
        func assignment(_ from: Int64, _ to: Int64?) -> Assignment {
            Assignment(
                id: world.id(), account: world.id(), role: "r", organisation: world.id(), area: world.id(),
                validFrom: Instant(milliseconds: from), validTo: to.map { Instant(milliseconds: $0) })
        }
        let ends: [Int64?] = [1, 2, 3, 4, nil]
        for from in 0..<4 as Range<Int64> {
            for to in ends where (to ?? 9) > from {
                for otherFrom in 0..<4 as Range<Int64> {
                    for otherTo in ends where (otherTo ?? 9) > otherFrom {
                        let (left, right) = (assignment(from, to), assignment(otherFrom, otherTo))
                        let shared = (0..<6 as Range<Int64>).contains {
                            left.isValid(at: Instant(milliseconds: $0)) && right.isValid(at: Instant(milliseconds: $0))
                        }
                        #expect(left.overlaps(right) == shared, "\(from)–\(to ?? -1) and \(otherFrom)–\(otherTo ?? -1)")
                    }
                }
            }
        }
    }

    @Test("in random worlds a person may do exactly what an assignment's role, area and organisation say")
    func randomWorlds() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var random = SplitMix(seed: seed)
        let world = World.live
        let permissions = (0..<4).map { Permission("test.p\($0)") }
        for _ in 0..<60 {
            let areas = randomTree(&random)
            let tree = AreaTree(areas, revision: 1)
            let organisations: [OrganisationID] = (0..<3).map { _ in world.id() }
            let roles = (0..<4).map { number in
                RoleDefinition(
                    ["reader", "writer", "seer", "doer"][number], name: "test.role",
                    grants: permissions.filter { _ in Bool.random(using: &random) }
                        .map { .init($0, Bool.random(using: &random) ? .area : .organisation) })
            }
            let book = try RoleBook(roles, declared: permissions)
            let assignments = (0..<Int.random(in: 0...4, using: &random)).compactMap { _ -> Assignment? in
                guard let role = roles.randomElement(using: &random), let area = areas.randomElement(using: &random),
                    let organisation = organisations.randomElement(using: &random)
                else { return nil }
                return Assignment(
                    id: world.id(), account: world.id(), role: role.code, organisation: organisation, area: area.id,
                    validFrom: world.now())
            }
            let actor = Actor(account: world.id(), organisation: nil, grants: book.grants(for: assignments))
            for place in areas {
                let involved = organisations.filter { _ in Bool.random(using: &random) }
                let scopes = (tree.scopes(of: place.id) ?? []).union(involved.map(Scope.organisation))
                for permission in permissions {
                    // Said again from the beginning, without scopes.
                    let expected = assignments.contains { assignment in
                        roles.first { $0.code == assignment.role }?.grants.contains { grant in
                            guard grant.permission == permission else { return false }
                            switch grant.reach {
                            case .area:
                                let wide = areas.first { $0.id == assignment.area }?.path ?? "?"
                                return place.path.hasPrefix(wide)
                            case .organisation: return involved.contains(assignment.organisation)
                            }
                        } ?? false
                    }
                    #expect(actor.may(permission, on: scopes) == expected, "seed \(seed)")
                    // A list of one scope shows the object to those who hold that very scope.
                    let listed = scopes.contains { actor.scopes(for: permission).contains($0) }
                    #expect(listed == expected, "seed \(seed)")
                }
            }
        }
    }

    private var all: [Permission] { IdentityPermission.all + [Ground.work, Ground.task] }

    private func randomTree(_ random: inout SplitMix) -> [Area] {
        var areas: [Area] = []
        func add(_ digits: String, under parent: Area?) -> Area? {
            guard let code = AreaCode(digits) else { return nil }
            let area = Area(
                id: World.live.id(), parent: parent?.id, code: code, name: .init(chinese: digits, english: digits),
                validFrom: Instant(milliseconds: 0))
            areas.append(area)
            return area
        }
        let district = add("330299", under: nil)
        for street in 1...2 {
            let street = add("33029900\(street)", under: district)
            for community in 0..<Int.random(in: 0...3, using: &random) {
                let community = add("\(street?.code.digits ?? "")00\(community)", under: street)
                for grid in 0..<Int.random(in: 0...2, using: &random) {
                    _ = add("\(community?.code.digits ?? "")00\(grid)", under: community)
                }
            }
        }
        return areas
    }
}
