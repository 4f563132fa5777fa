import Casework
import Domain
import Foundation
import HTTPTypes
import Storage
import Synchronization
import Vault

@testable import App
@testable import Web

/// Calls every endpoint as everybody on everything, and compares each answer with what the role table says.
struct RightsMatrix: Sendable {
    let street: TestStreet
    let endpoints: [Endpoint]

    /// `nil` stands for somebody who has not signed in.
    static let people = [
        nil, "nobody", "seat", "dispatcher", "supervisor", "grid", "lamps", "checker", "reader", "district", "system",
        "security", "audit",
        "dispatcher-lx", "cleaners-lx",
    ]

    /// Own area and own office; own area, other office; other area and office; other area, own office (seen from
    /// people of the first street and from the office `lamps`).
    static let places: [(area: String, lead: String)] = [
        ("330299001001", "lamps"), ("330299001002", "sanitation"), ("330299002001", "cleaners-lx"),
        ("330299002001", "lamps"),
    ]

    static let areas = ["330299", "330299001", "330299001001", "330299002", "330288"]
    static let offices = ["lamps", "sanitation", "centre", "cleaners-lx"]

    /// Endpoints that nobody has written an expectation for, and expectations that no endpoint stands behind.
    static func unmatched(_ endpoints: [Endpoint], _ expectations: [String: Expectation] = Expectation.all) -> [String]
    {
        let names = Set(endpoints.map(\.name))
        return names.subtracting(expectations.keys).sorted().map { "\($0) has no expectation" }
            + Set(expectations.keys).subtracting(names).sorted().map { "\($0) is expected and not there" }
    }

    /// What differs from the role table, one line each.
    func mismatches(people: [String?] = Self.people) async throws -> (calls: Int, found: [String]) {
        var run = Run(street: street)
        for endpoint in endpoints {
            guard let expectation = Expectation.all[endpoint.name] else { continue }
            for login in people { try await run.try(endpoint, expectation, login) }
        }
        return (run.calls, run.found)
    }

    private struct Run {
        let street: TestStreet
        var calls = 0
        var found: [String] = []
        private var sessions: [String: Person] = [:]
        private var trails: [String: Trail] = [:]

        init(street: TestStreet) {
            self.street = street
        }

        // MARK: People

        private mutating func person(_ login: String?) async throws -> Person? {
            guard let login else { return nil }
            if let known = sessions[login] { return known }
            let person = login == "nobody" ? try await street.sign(login, posts: []) : try await street.person(login)
            sessions[login] = person
            return person
        }

        private func post(_ login: String?) -> RoleTable.Post {
            let post = TestStreet.posts.first { $0.login == login }
            return RoleTable.Post(role: post?.role ?? "", area: post?.area ?? "none", office: post?.office ?? "none")
        }

        // MARK: Cells

        mutating func `try`(_ endpoint: Endpoint, _ expectation: Expectation, _ login: String?) async throws {
            switch expectation {
            case .open(let status, let fields):
                try await expect(status, endpoint, login, Self.places0, fields, "")
            case .signedIn:
                try await expect(
                    login == nil ? Self.refusal(endpoint) : Self.success(endpoint), endpoint, login, Self.places0, [:],
                    "")
            case .refusedSignedIn(let status, let fields):
                try await expect(
                    login == nil ? Self.refusal(endpoint) : status, endpoint, login, Self.places0, fields, "")
            case .sender(let stage, let fields):
                try await expect(
                    login == nil ? Self.success(endpoint) : 403, endpoint, login, Self.places0, fields, "", stage)
            case .list(let right, let areas, let offices, let query):
                try await tryLists(endpoint, login, right, areas, offices, query)
            case .holding(let right, let status, let fields):
                let allowed = RoleTable.holds(right, post(login))
                try await expect(
                    login == nil ? Self.refusal(endpoint) : allowed ? status : 403, endpoint, login, Self.places0,
                    fields, "")
            case .inArea(let right, let fields):
                for place in RightsMatrix.places {
                    let thing = RoleTable.Thing(area: place.area, offices: [])
                    let allowed = RoleTable.covers(right, post(login), thing)
                    try await expect(
                        login == nil ? Self.refusal(endpoint) : allowed ? Self.success(endpoint) : 403, endpoint, login,
                        place, fields, "")
                }
            case .report(let stage, let right, let fields):
                for place in RightsMatrix.places {
                    let thing = RoleTable.Thing(area: place.area, offices: [])
                    try await tryObject(endpoint, login, stage, place, thing, right, Expectation.readReport, fields)
                }
            case .caseFile(let stage, let right, let fields), .task(let stage, let right, let fields):
                for place in RightsMatrix.places {
                    let thing = RoleTable.Thing(area: place.area, offices: stage.hasOffices ? [place.lead] : [])
                    try await tryObject(endpoint, login, stage, place, thing, right, Expectation.readCase, fields)
                }
            }
        }

        private static let places0 = RightsMatrix.places[0]

        private mutating func tryObject(
            _ endpoint: Endpoint, _ login: String?, _ stage: Stage, _ place: (area: String, lead: String),
            _ thing: RoleTable.Thing, _ right: String, _ reading: String, _ fields: [String: String]
        ) async throws {
            let post = post(login)
            let status =
                if login == nil { Self.refusal(endpoint) } else if !RoleTable.holds(right, post) {
                    403
                } else if RoleTable.covers(right, post, thing) {
                    Self.success(endpoint)
                } else if RoleTable.covers(reading, post, thing) { 403 } else { 404 }
            try await expect(status, endpoint, login, place, fields, "", stage)
        }

        private mutating func tryLists(
            _ endpoint: Endpoint, _ login: String?, _ right: String, _ areas: Bool, _ offices: Bool, _ query: String
        ) async throws {
            let post = post(login)
            let status = { (allowed: Bool) in
                login == nil ? Self.refusal(endpoint) : allowed ? Self.success(endpoint) : 403
            }
            let any = areas && RoleTable.hasAreaList(right, post) || offices && RoleTable.hasOfficeList(right, post)
            try await expect(status(any), endpoint, login, Self.places0, [:], query)
            for code in RightsMatrix.areas {
                let allowed = areas && RoleTable.lists(right, post, area: code)
                let scope = "scope=\(try street.area(code))"
                try await expect(
                    status(allowed), endpoint, login, Self.places0, [:], query.isEmpty ? scope : query + "&" + scope)
            }
            for code in RightsMatrix.offices {
                let allowed = offices && RoleTable.lists(right, post, office: code)
                let scope = "scope=\(try await street.organisation(code))"
                try await expect(
                    status(allowed), endpoint, login, Self.places0, [:], query.isEmpty ? scope : query + "&" + scope)
            }
        }

        private static func success(_ endpoint: Endpoint) -> Int { endpoint.successStatus.code }
        /// People are led to the sign-in page; forms and machines are refused.
        private static func refusal(_ endpoint: Endpoint) -> Int { endpoint.kind == .page ? 303 : 401 }

        // MARK: One call

        private mutating func expect(
            _ status: Int, _ endpoint: Endpoint, _ login: String?, _ place: (area: String, lead: String),
            _ fields: [String: String], _ query: String, _ stage: Stage = .dispatched
        ) async throws {
            let key = "\(stage) \(place)"
            let trail: Trail
            if let known = trails[key] {
                trail = known
            } else {
                trail = try await street.make(stage, in: place.area, lead: place.lead)
                trails[key] = trail
            }
            var filled: [String: String] = [:]
            for (name, value) in fields {
                filled[name] =
                    switch value {
                    case "(lamps)": try await street.organisation("lamps").description
                    case "(area)": try street.area(place.area).description
                    case "(code)": trail.code
                    case "(cases)": trail.caseID?.description ?? ""
                    case "(reports)": trail.report.description
                    case "(colleague)": try await street.person(place.lead).account.description
                    case "(second)": trail.second?.description ?? ""
                    case "(case)": try await joinable(place).description
                    default: value
                    }
            }
            // Somebody of the first street who signs in nowhere in this matrix.
            let managed = try await street.person("sanitation").account.description
            let own = try await self.person(login)?.session.description ?? managed
            let path =
                fill(endpoint.path.pattern, trail).replacing("{account}", with: managed)
                .replacing("{session}", with: own)
                + (query.isEmpty ? "" : "?" + query.replacing("灯", with: "%E7%81%AF"))
            let person = try await person(login)
            let before = try await steps()
            let onceKey = "matrix-\(calls)"
            let reply: Reply =
                switch (endpoint.kind, endpoint.method) {
                case (.action, _): try await street.submit(path, fields: filled.map { ($0.key, $0.value) }, as: person)
                case (.page, _): try await street.page(path, as: person)
                case (.json, .get): try await street.get(path, as: person)
                case (.json, .post): try await street.post(path, Self.lists(filled), as: person, key: onceKey)
                default: try await street.send(endpoint.method, path, as: person)
                }
            calls += 1
            // These end the session that they were called with.
            if endpoint.method == .delete || endpoint.path == WebRoutes.signOut, let login { sessions[login] = nil }
            if reply.status != status {
                found.append(
                    "\(login ?? "nobody signed in") \(endpoint.name) \(place.area)/\(place.lead) \(query): \(reply.status), not \(status)"
                )
            }
            if endpoint.kind == .json, endpoint.method == .post, reply.status < 400,
                !Self.answeredAnew.contains(endpoint.path.pattern)
            {
                try await sendAgain(path, filled, person, onceKey, after: reply)
            }
            if endpoint.method != .get, reply.status < 400 { trails[key] = nil }
            if reply.status >= 400, try await steps() != before {
                found.append("\(login ?? "nobody signed in") \(endpoint.name): refused, and yet something was done")
            }
        }

        /// Fields that name several things are arrays in JSON.
        private static func lists(_ fields: [String: String]) -> [String: Any] {
            fields.reduce(into: [:]) { all, field in
                all[field.key] = ["cases", "reports"].contains(field.key) ? [field.value] : field.value
            }
        }

        /// Their answers are not kept for a repeat: they hold secrets, or open personal data, each time in somebody's
        /// name; a release finds nothing to release the second time. docs/api.md says so.
        private static let answeredAnew: Set<String> = [
            "/api/v1/sessions", "/api/v1/files", "/api/v1/reports/{report}/disclosures", "/api/v1/me/second-factor",
            "/api/v1/me/second-factor/confirmation", "/api/v1/me/second-factor/end",
            "/api/v1/accounts/{account}/release",
        ]

        /// The same request under the same key: it is answered as the first time and does nothing more.
        private mutating func sendAgain(
            _ path: String, _ fields: [String: String], _ person: Person?, _ key: String, after first: Reply
        ) async throws {
            let before = try await steps()
            let again = try await street.post(path, Self.lists(fields), as: person, key: key)
            if again.status != first.status || again.text != first.text {
                found.append("\(path) sent again under its key: \(again.status) \(again.text), not \(first.text)")
            }
            if try await steps() != before { found.append("\(path) sent again under its key: it was done twice") }
        }

        /// A case in the same area that a report can join.
        private mutating func joinable(_ place: (area: String, lead: String)) async throws -> CaseID {
            let key = "joinable \(place.area)"
            if let known = trails[key]?.caseID { return known }
            let trail = try await street.make(.filed, in: place.area)
            trails[key] = trail
            guard let id = trail.caseID else { throw TestStreet.Missing("no case to join") }
            return id
        }

        private func fill(_ pattern: String, _ trail: Trail) -> String {
            pattern.replacing("{report}", with: trail.report.description).replacing("{code}", with: trail.code)
                .replacing("{case}", with: trail.caseID?.description ?? "")
                .replacing("{task}", with: trail.lead?.description ?? "")
        }

        private func steps() async throws -> Int {
            try await street.deployment.database.read { tx in
                try tx.first("SELECT count(*) AS n FROM step")?.get("n") ?? 0
            }
        }
    }
}
