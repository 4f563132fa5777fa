import Areas
import Casework
import Domain
import Identity
import Storage
import Web

/// 清河街道: a fictional street with its communities, organisations, people and some reports under way.
struct DemoStreet {
    static let name = LocalizedName(chinese: "清河街道", english: "Qinghe Street")
    static let dutyPhone = "8012 0345"
    /// For trying only: the demo listens on the own machine.
    static let password = "qinghe-lamp-2026"

    struct Person {
        let login: String
        let name: String
        let role: RoleDefinition
        let organisation: String
    }

    static let people = [
        Person(login: "seat", name: "赵启", role: Roles.seat, organisation: "centre"),
        Person(login: "dispatcher", name: "沈雨", role: Roles.dispatcher, organisation: "centre"),
        Person(login: "lamps", name: "何建平", role: Roles.handler, organisation: "lamps"),
        Person(login: "sanitation", name: "陆明", role: Roles.handler, organisation: "sanitation"),
        Person(login: "enforcement", name: "钱峰", role: Roles.handler, organisation: "enforcement"),
        Person(login: "tonghuayuan", name: "吴敏", role: Roles.handler, organisation: "tonghuayuan"),
        Person(login: "checker", name: "周敏", role: Roles.checker, organisation: "wutong"),
        Person(login: "grid", name: "孙小敏", role: Roles.gridWorker, organisation: "grid"),
        Person(login: "supervisor", name: "林岚", role: Roles.supervisor, organisation: "centre"),
        Person(login: "district", name: "顾宁", role: Roles.reader, organisation: "district"),
        Person(login: "admin", name: "方远", role: Roles.systemAdministrator, organisation: "district"),
        Person(login: "security", name: "秦岚", role: Roles.securityAdministrator, organisation: "district"),
        Person(login: "audit", name: "孟洁", role: Roles.auditAdministrator, organisation: "district"),
    ]

    /// What the sign-in page offers.
    static let accounts = people.map { person in
        DemoAccount(
            login: person.login, password: password, name: person.name, role: person.role.name,
            organisation: offices.first { $0.code == person.organisation }?.name ?? name)
    }

    private struct Office {
        let code: String
        let kind: Organisation.Kind
        let name: LocalizedName
        let area: String
    }

    private static let offices = [
        Office(
            code: "centre", kind: .centre, name: .init(chinese: "清河街道指挥中心", english: "Qinghe Street Centre"),
            area: "330299001"),
        Office(
            code: "district", kind: .department,
            name: .init(chinese: "清源区城市运行中心", english: "Qingyuan District Operations Centre"), area: "330299"),
        Office(
            code: "lamps", kind: .department,
            name: .init(chinese: "区市政设施管理中心", english: "District Municipal Facilities"), area: "330299"),
        Office(
            code: "sanitation", kind: .department, name: .init(chinese: "清河街道环卫所", english: "Qinghe Sanitation"),
            area: "330299001"),
        Office(
            code: "enforcement", kind: .department,
            name: .init(chinese: "清河街道综合行政执法队", english: "Qinghe Enforcement Team"), area: "330299001"),
        Office(
            code: "wutong", kind: .community, name: .init(chinese: "梧桐社区居委会", english: "Wutong Residents’ Committee"),
            area: "330299001001"),
        Office(
            code: "grid", kind: .community, name: .init(chinese: "梧桐社区网格队", english: "Wutong Grid Team"),
            area: "330299001001"),
        Office(
            code: "tonghuayuan", kind: .company, name: .init(chinese: "桐华苑物业", english: "Tonghuayuan Property"),
            area: "330299001001"),
    ]

    let deployment: Deployment

    init(_ deployment: Deployment) {
        self.deployment = deployment
    }

    func isMissing() async throws -> Bool {
        deployment.areas.tree.roots.isEmpty
    }

    func make() async throws {
        _ = try await ImportAreas(content: try DemoAreas.file()).run(on: deployment.database, world: deployment.world)
        try await deployment.areas.refresh(from: deployment.database)
        var organisations: [String: Organisation] = [:]
        for office in Self.offices {
            organisations[office.code] = try await CreateOrganisation(
                code: office.code, kind: office.kind, name: office.name, area: try area(office.area).id
            ).run(by: .console, deployment.identity)
        }
        var actors: [String: Actor] = [:]
        for person in Self.people {
            guard let organisation = organisations[person.organisation] else { continue }
            actors[person.login] = try await make(person, organisation)
        }
        try await DemoReports(
            casework: deployment.casework, actors: actors, organisations: organisations.mapValues(\.id),
            area: { code in try area(code).id }
        ).make()
    }

    private func make(_ person: Person, _ organisation: Organisation) async throws -> Actor {
        let account = try await CreateAccount(login: person.login, name: person.name, password: Self.password)
            .run(by: .console, deployment.identity)
        // A checker works for the whole street, whatever the committee that employs her.
        let place = person.role.code == Roles.checker.code ? try area("330299001").id : organisation.area
        let assignment = try await Assign(
            account: account.id, role: person.role.code, organisation: organisation.id, area: place
        ).run(by: .console, deployment.identity)
        return Actor(
            account: account.id, organisation: organisation.id,
            grants: deployment.identity.roles.grants(for: [assignment]))
    }

    private func area(_ code: String) throws -> Area {
        guard let code = AreaCode(code), let area = deployment.areas.tree.area(code: code) else {
            throw RuleViolation(.invalid, "area.unknown", field: "area")
        }
        return area
    }
}
