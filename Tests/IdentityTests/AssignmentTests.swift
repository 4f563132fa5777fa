import Domain
import Storage
import StorageTestSupport
import Testing
import Web

@testable import Identity

@Suite("Assigning roles")
struct AssignmentTests {
    @Test("no two administrators' duties come together, in any order", arguments: Engine.tested)
    func duties(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            let roles = ["system-administrator", "security-administrator", "audit-administrator"]
            let street = try ground.area("330299001")
            for (number, first) in roles.enumerated() {
                let account = try await ground.person("admin\(number)", role: first)
                for second in roles where second != first {
                    await #expect(throws: RuleViolation(.conflict, "assignment.duties", field: "role")) {
                        _ = try await Assign(
                            account: account.id, role: second, organisation: ground.department.id, area: street
                        )
                        .run(by: .console, ground.services)
                    }
                }
                // The same duty elsewhere and ordinary work are no contradiction.
                _ = try await Assign(account: account.id, role: first, organisation: ground.department.id, area: street)
                    .run(by: .console, ground.services)
                _ = try await Assign(
                    account: account.id, role: "dispatcher", organisation: ground.centre.id, area: street
                )
                .run(by: .console, ground.services)
            }
        }
    }

    @Test("duties may follow one another, but not overlap", arguments: Engine.tested)
    func inTurn(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            let account = try await ground.person("zhoumin")
            let street = try ground.area("330299001")
            let now = ground.clock.now
            let turn = now.advanced(bySeconds: 3600)
            _ = try await Assign(
                account: account.id, role: "system-administrator", organisation: ground.centre.id, area: street,
                validTo: turn
            ).run(by: .console, ground.services)
            await #expect(throws: RuleViolation.self) {
                _ = try await Assign(
                    account: account.id, role: "audit-administrator", organisation: ground.centre.id, area: street,
                    validFrom: turn.advanced(bySeconds: -1)
                ).run(by: .console, ground.services)
            }
            _ = try await Assign(
                account: account.id, role: "audit-administrator", organisation: ground.centre.id, area: street,
                validFrom: turn
            ).run(by: .console, ground.services)
        }
    }

    @Test("two duties assigned at the same moment: one of them is refused", arguments: Engine.tested)
    func race(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            let street = try ground.area("330299001")
            for round in 0..<5 {
                let account = try await ground.person("race\(round)")
                let made = await withTaskGroup(of: Bool.self) { group in
                    for role in ["system-administrator", "security-administrator", "audit-administrator"] {
                        group.addTask {
                            let assign = Assign(
                                account: account.id, role: role, organisation: ground.centre.id, area: street)
                            do {
                                _ = try await assign.run(by: .console, ground.services)
                                return true
                            } catch {
                                #expect(
                                    error as? RuleViolation
                                        == RuleViolation(.conflict, "assignment.duties", field: "role"))
                                return false
                            }
                        }
                    }
                    return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
                }
                #expect(made == 1)
            }
        }
    }

    @Test(
        "an administrator assigns within the own area, to others, and nobody without the right does",
        arguments: Engine.tested)
    func rights(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            let administrator = try await ground.person("admin", role: "security-administrator", area: "330299001001")
            _ = try await ground.person("dispatch", role: "dispatcher")
            let account = try await ground.person("zhoumin")
            let admin = try await ground.actor("admin")
            let dispatcher = try await ground.actor("dispatch")
            func assign(_ account: AccountID, in area: String, by actor: Actor) async throws {
                _ = try await Assign(
                    account: account, role: "handler", organisation: ground.department.id, area: try ground.area(area)
                )
                .run(by: .person(actor), ground.services)
            }
            try await assign(account.id, in: "330299001001", by: admin)
            try await assign(account.id, in: "330299001001002", by: admin)
            let forbidden = RuleViolation.forbidden(IdentityPermission.manageAssignments)
            for area in ["330299001", "330299001002", "330299"] {
                await #expect(throws: forbidden) { try await assign(account.id, in: area, by: admin) }
            }
            await #expect(throws: forbidden) { try await assign(account.id, in: "330299001001", by: dispatcher) }
            await #expect(throws: forbidden) { try await assign(account.id, in: "330299001001", by: .anonymous) }
            await #expect(throws: RuleViolation(.conflict, "assignment.self")) {
                try await assign(administrator.id, in: "330299001001", by: admin)
            }
            let entry = try #require(
                try await ground.audit(.account(administrator.id)).first { $0.action == "identity.assignment.made" })
            #expect(entry.subject == account.id.uuid)
            #expect(entry.organisation == ground.centre.id)
        }
    }

    @Test(
        "nobody can lend themselves rights by setting the password of somebody with more of them",
        arguments: Engine.tested)
    func noLending(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            _ = try await ground.person("manager", role: "account-manager", area: "330299001001")
            let manager = Mandate.person(try await ground.actor("manager"))
            let near = try await ground.person("near", role: "handler", area: "330299001001002")
            let wide = try await ground.person("wide", role: "dispatcher", area: "330299001")
            let other = try await ground.person("other", role: "handler", area: "330299001002")
            let auditor = try await ground.person("auditor", role: "audit-administrator", area: "330299001001")
            let fresh = try await ground.person("fresh")
            let forbidden = RuleViolation.forbidden(IdentityPermission.manageAccounts)
            let expected: [(Account, RuleViolation?)] = [
                (near, nil), (fresh, nil), (wide, forbidden), (other, forbidden),
                (auditor, RuleViolation(.conflict, "account.administrator")),
            ]
            for (account, violation) in expected {
                for attempt in [
                    {
                        try await SetPassword(account: account.id, new: "lent to myself").run(
                            by: manager, ground.services)
                    },
                    { try await SuspendAccount(account: account.id).run(by: manager, ground.services) },
                ] as [() async throws -> Void] {
                    if let violation {
                        await #expect(throws: violation) { try await attempt() }
                    } else {
                        try await attempt()
                    }
                }
            }
            _ = try await ground.signIn("wide")
        }
    }

    @Test("what does not exist is named, and nothing is changed", arguments: Engine.tested)
    func unknown(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            let account = try await ground.person("zhoumin", role: "dispatcher")
            let street = try ground.area("330299001")
            let world = World.live
            let before = try await ground.audit().count
            let cases: [(Assign, RuleViolation)] = [
                (
                    Assign(account: world.id(), role: "dispatcher", organisation: ground.centre.id, area: street),
                    RuleViolation(.invalid, "account.unknown", field: "account")
                ),
                (
                    Assign(account: account.id, role: "emperor", organisation: ground.centre.id, area: street),
                    RuleViolation(.invalid, "assignment.role-unknown", field: "role")
                ),
                (
                    Assign(account: account.id, role: "dispatcher", organisation: world.id(), area: street),
                    RuleViolation(.invalid, "organisation.unknown", field: "organisation")
                ),
                (
                    Assign(account: account.id, role: "dispatcher", organisation: ground.centre.id, area: world.id()),
                    RuleViolation(.invalid, "area.unknown", field: "area")
                ),
                (
                    Assign(account: account.id, role: "dispatcher", organisation: ground.centre.id, area: street),
                    RuleViolation(.conflict, "assignment.exists")
                ),
                (
                    Assign(
                        account: account.id, role: "handler", organisation: ground.centre.id, area: street,
                        validTo: ground.clock.now),
                    RuleViolation(.invalid, "assignment.period", field: "valid_to")
                ),
            ]
            for (assign, violation) in cases {
                await #expect(throws: violation) { _ = try await assign.run(by: .console, ground.services) }
            }
            #expect(try await ground.audit().count == before)
        }
    }

    @Test("an ended assignment ends now, once, and stays in the books", arguments: Engine.tested)
    func ended(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            let account = try await ground.person("zhoumin", role: "dispatcher")
            let all = try await ground.services.database.read { tx in
                try AssignmentStore.assignments(of: account.id, in: tx)
            }
            let assignment = try #require(all.first)
            let token = try await ground.signIn("zhoumin").token
            try await EndAssignment(assignment: assignment.id).run(by: .console, ground.services)
            #expect(try #require(try await ground.live(token)).assignments.isEmpty)
            await #expect(throws: RuleViolation(.conflict, "assignment.ended")) {
                try await EndAssignment(assignment: assignment.id).run(by: .console, ground.services)
            }
            let after = try await ground.services.database.read { tx in
                try AssignmentStore.assignments(of: account.id, in: tx)
            }
            #expect(after.map(\.validTo) == [ground.clock.now])
        }
    }

    @Test("a login and an organisation's code are taken once, also at the same moment", arguments: Engine.tested)
    func taken(engine: Engine) async throws {
        try await Ground.run(engine) { ground in
            let made = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        do {
                            _ = try await CreateAccount(login: "Same", name: "某人", password: Ground.password)
                                .run(by: .console, ground.services)
                            return true
                        } catch {
                            #expect(
                                error as? RuleViolation
                                    == RuleViolation(.conflict, "account.login-taken", field: "login"))
                            return false
                        }
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(made == 1)
            await #expect(throws: RuleViolation(.conflict, "organisation.code-taken", field: "code")) {
                _ = try await CreateOrganisation(
                    code: "centre", kind: .centre, name: .init(chinese: "又一个", english: "Another"),
                    area: try ground.area("330299001")
                ).run(by: .console, ground.services)
            }
        }
    }
}
