import Domain
import HTTPTypes
import Identity
import StorageTestSupport
import Testing

@testable import App
@testable import Casework
@testable import Web

@Suite("Who may do what")
struct RightsMatrixTests {
    @Test("every endpoint × role × area × object answers as the role table says", arguments: Engine.tested)
    func matrix(engine: Engine) async throws {
        try await withStreet(engine, doubleRun: false) { street in
            let endpoints = street.deployment.endpoints
            #expect(RightsMatrix.unmatched(endpoints).isEmpty)
            let (calls, found) = try await RightsMatrix(street: street, endpoints: endpoints).mismatches()
            print("rights matrix on \(engine): \(calls) calls")
            #expect(found.isEmpty, "\(found.count) of \(calls):\n\(found.joined(separator: "\n"))")
            #expect(calls > 1500)
        }
    }

    @Test("a role with one permission too many is found")
    func tooMuch() async throws {
        try await withStreet(.sqlite, doubleRun: false) { street in
            let planted = Roles.all.map { role in
                role.code != "reader"
                    ? role
                    : RoleDefinition(
                        role.code, name: role.name, duty: role.duty,
                        grants: role.grants + [.init(CaseworkPermission.closeCase, .area)])
            }
            let roles = try RoleBook(planted, declared: CaseworkPermission.all + IdentityPermission.all)
            let deployment = street.deployment.replacing(roles: roles)
            let closing = deployment.endpoints.filter { $0.path.pattern.hasSuffix("/closing") }
            let sound = try await RightsMatrix(street: street, endpoints: closing).mismatches(people: ["reader"])
            #expect(sound.found.isEmpty)
            try await deployment.serving { client in
                let faulty = TestStreet(deployment: deployment, clock: street.clock, client: client)
                let found = try await RightsMatrix(street: faulty, endpoints: closing).mismatches(people: ["reader"])
                    .found
                #expect(found.contains { $0.hasPrefix("reader POST /api/v1/cases/{case}/closing") }, "\(found)")
            }
        }
    }

    @Test("a role with a wider reach than its own is found")
    func tooFar() async throws {
        try await withStreet(.sqlite, doubleRun: false) { street in
            let planted = Roles.all.map { role in
                role.code != "handler"
                    ? role
                    : RoleDefinition(
                        role.code, name: role.name, duty: role.duty,
                        grants: role.grants.map { RoleDefinition.Grant($0.permission, .area) })
            }
            let roles = try RoleBook(planted, declared: CaseworkPermission.all + IdentityPermission.all)
            let deployment = street.deployment.replacing(roles: roles)
            let endpoints = deployment.endpoints.filter {
                $0.path.pattern == "/api/v1/cases" || $0.path.pattern == "/api/v1/cases/{case}"
            }
            try await deployment.serving { client in
                let faulty = TestStreet(deployment: deployment, clock: street.clock, client: client)
                let found = try await RightsMatrix(street: faulty, endpoints: endpoints).mismatches(people: ["lamps"])
                    .found
                #expect(found.contains { $0.contains("GET /api/v1/cases ") }, "\(found)")
                #expect(found.contains { $0.contains("GET /api/v1/cases/{case}") }, "\(found)")
            }
        }
    }

    @Test("a new endpoint without an expectation is found")
    func newEndpoint() {
        let planted = Endpoint.json(
            .get, "/api/v1/planted", access: .open("planted by a test"), summary: "Planted."
        ) { (_: NoInput, _: Visitor) in ["planted": true] }
        #expect(RightsMatrix.unmatched([planted], [:]) == ["GET /api/v1/planted has no expectation"])
    }

    @Test("every endpoint that reads or changes something of people asks for a permission")
    func access() async throws {
        try await withStreet(.sqlite) { street in
            for endpoint in street.deployment.endpoints {
                guard let expectation = Expectation.all[endpoint.name] else { continue }
                let right: String?
                switch (expectation, endpoint.access) {
                case (.open, .open), (.sender, .open), (.signedIn, .signedIn), (.refusedSignedIn, .signedIn):
                    right = nil
                case (.list(let name, _, _, _), .permission(let asked)): right = name == asked.name ? nil : asked.name
                case (.report(_, let name, _), .permission(let asked)),
                    (.caseFile(_, let name, _), .permission(let asked)),
                    (.task(_, let name, _), .permission(let asked)), (.holding(let name, _, _), .permission(let asked)),
                    (.inArea(let name, _), .permission(let asked)):
                    right = name == asked.name ? nil : asked.name
                default: right = "\(endpoint.access)"
                }
                #expect(right == nil, "\(endpoint.name) asks for \(right ?? "")")
            }
        }
    }
}
