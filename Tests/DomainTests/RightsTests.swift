import Domain
import Testing

@Suite("Rights")
struct RightsTests {
    private let dispatch = Permission("casework.case.dispatch")
    private let street = Scope.area(AreaID(UUIDValue(high: 1, low: 1)))
    private let community = Scope.area(AreaID(UUIDValue(high: 1, low: 2)))
    private let company = Scope.organisation(OrganisationID(UUIDValue(high: 1, low: 3)))

    private func actor(_ scopes: Set<Scope>) -> Actor {
        Actor(account: AccountID(UUIDValue(high: 2, low: 1)), organisation: nil, grants: [dispatch: scopes])
    }

    @Test("a permission covers an object when one of its scopes is among the object's")
    func meets() throws {
        let object: Set<Scope> = [street, community, company]
        try actor([street]).require(dispatch, on: object)
        try actor([company]).require(dispatch, on: object)
        #expect(!actor([street]).may(dispatch, on: [community, company] as Set))
        #expect(!actor([]).may(dispatch, on: object))
        #expect(!actor([street]).may(Permission("casework.case.close"), on: object))
        #expect(!Actor.anonymous.may(dispatch, on: object))
        #expect(throws: RuleViolation.forbidden(dispatch)) { try Actor.anonymous.require(dispatch, on: object) }
    }

    @Test("a list is of exactly one scope, not of the scopes below it")
    func lists() throws {
        try actor([street]).require(dispatch, in: street)
        #expect(throws: RuleViolation.forbidden(dispatch)) { try actor([street]).require(dispatch, in: community) }
    }

    @Test("an area and an organisation with the same bits are two scopes")
    func kinds() {
        let bits = UUIDValue(high: 1, low: 1)
        #expect(Scope.area(AreaID(bits)) != Scope.organisation(OrganisationID(bits)))
        #expect(Scope.area(AreaID(bits)) < Scope.organisation(OrganisationID(bits)))
    }
}

@Suite("The world outside")
struct WorldTests {
    @Test("a held world gives the same time and the bytes that its chance gives")
    func held() {
        let world = World(now: { Instant(milliseconds: 1_700_000_000_000) }, random: { 0x0807_0605_0403_0201 })
        #expect(world.randomBytes(11) == [1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3])
        #expect(world.randomBytes(0).isEmpty)
        let first = world.id(RightsTests.self)
        #expect(first.description == "018bcfe5-6800-7000-8807-060504030201")
        #expect(world.id(RightsTests.self).description == "018bcfe5-6800-7001-8807-060504030201")
        #expect(world.zone == .china)
    }

    @Test("the live world's clock runs and its identifiers differ")
    func live() {
        let first = World.live.now()
        #expect(first > Instant(milliseconds: 1_600_000_000_000))
        #expect(World.live.now() >= first)
        #expect(Set((0..<100).map { _ in World.live.id(RightsTests.self) }).count == 100)
    }
}
