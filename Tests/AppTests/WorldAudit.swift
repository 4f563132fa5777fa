import Domain
import Storage

@testable import App
@testable import Areas
@testable import Casework
@testable import Web

/// Looks at a whole database and says what does not fit together. Counts everything itself: only rows are read, and
/// scopes come from the digits of area codes, not from the tree that the product walks.
struct WorldAudit: Sendable {
    struct StoredReport: Sendable {
        let report: Report
        let scopes: Set<Scope>
    }

    struct StoredMatter: Sendable {
        let caseFile: Case
        let tasks: [CaseTask]
        let areaScopes: Set<Scope>
        let scopes: Set<Scope>
    }

    /// How the product lists cases; a test of this audit puts a faulty one in its place.
    typealias CaseLister = @Sendable (Deployment, Scope, Actor) async throws -> [CaseID]

    let deployment: Deployment
    let reports: [StoredReport]
    let matters: [StoredMatter]
    let scopes: [Scope]

    init(_ deployment: Deployment) async throws {
        self.deployment = deployment
        let tree = deployment.areas.tree
        let all = tree.roots.flatMap { tree.descendants(of: $0.id) }.compactMap { tree.area($0) }
        let scopesOf: @Sendable (AreaID) -> Set<Scope> = { id in
            guard let digits = tree.area(id)?.code.digits else { return [] }
            return Set(all.filter { digits.hasPrefix($0.code.digits) }.map { .area($0.id) })
        }
        let (reports, matters, offices) = try await deployment.database.read { tx in
            let reportIDs = try tx.rows("SELECT id FROM report").map { try $0.get("id", as: ReportID.self) }
            let caseIDs = try tx.rows("SELECT id FROM case_file").map { try $0.get("id", as: CaseID.self) }
            let reports = try reportIDs.compactMap { try ReportStore.find($0, tx) }
                .map { StoredReport(report: $0, scopes: scopesOf($0.area)) }
            let matters = try caseIDs.compactMap { try CaseStore.find($0, tx) }.map { stored in
                let tasks = try TaskStore.all(of: stored.caseFile.id, tx)
                let areaScopes = scopesOf(stored.caseFile.area)
                let offices = tasks.filter { $0.state != .withdrawn }.map { Scope.organisation($0.organisation) }
                return StoredMatter(
                    caseFile: stored.caseFile, tasks: tasks, areaScopes: areaScopes, scopes: areaScopes.union(offices))
            }
            let offices = try tx.rows("SELECT id FROM organisation").map { try $0.get("id", as: OrganisationID.self) }
            return (reports, matters, offices)
        }
        self.reports = reports
        self.matters = matters
        self.scopes = all.map { .area($0.id) } + offices.map { .organisation($0) }
    }

    private static let open: Set<CaseState> = [.toVerify, .toFile, .open, .toCallBack]

    // MARK: Lists are what rights allow

    static let product: CaseLister = { deployment, scope, actor in
        var found: [CaseID] = []
        var after: PageMark?
        repeat {
            let page = try await deployment.casework.openCases(in: scope, queue: nil, after: after, limit: 3, by: actor)
            found += page.entries.map(\.id)
            after = page.next
        } while after != nil
        return found
    }

    /// For every person and scope: the list holds exactly the open cases that the person may read there.
    func lists(of people: [Actor], _ list: CaseLister = product) async throws -> [String] {
        var found: [String] = []
        for (index, person) in people.enumerated() {
            let granted = person.scopes(for: CaseworkPermission.readCase)
            var seen: Set<CaseID> = []
            for scope in scopes {
                do {
                    let ids = try await list(deployment, scope, person)
                    seen.formUnion(ids)
                    if !granted.contains(scope) { found.append("person \(index) lists \(scope.id) without a right to") }
                    if Set(ids).count != ids.count { found.append("person \(index), \(scope.id): an entry twice") }
                    let expected = Set(
                        matters.filter { Self.open.contains($0.caseFile.state) && $0.scopes.contains(scope) }.map(
                            \.caseFile.id))
                    if Set(ids) != expected {
                        found.append("person \(index), \(scope.id): \(ids.count) entries, not \(expected.count)")
                    }
                } catch let violation as RuleViolation where violation.kind == .forbidden {
                    if granted.contains(scope) { found.append("person \(index) may not list \(scope.id) and should") }
                }
            }
            for matter in matters where Self.open.contains(matter.caseFile.state) {
                let may = person.may(CaseworkPermission.readCase, on: matter.scopes)
                if may != seen.contains(matter.caseFile.id) {
                    found.append("person \(index), case \(matter.caseFile.id): may \(may), listed \(!may)")
                }
            }
        }
        return found
    }

    /// The same for reports that wait, for single objects, and for the search.
    func objects(of people: [Actor]) async throws -> [String] {
        var found: [String] = []
        let casework = deployment.casework
        for (index, person) in people.enumerated() {
            for (number, matter) in matters.enumerated() {
                let may = person.may(CaseworkPermission.readCase, on: matter.scopes)
                // All that may be seen, and every tenth of what may not: most belong to other worlds.
                guard may || number % 10 == index % 10 else { continue }
                let shown = (try? await casework.caseDetail(matter.caseFile.id, by: person)) != nil
                if may != shown {
                    found.append("person \(index), case \(matter.caseFile.id): may \(may), shown \(shown)")
                }
            }
            for scope in person.scopes(for: CaseworkPermission.readReport) {
                var ids: [ReportID] = []
                var after: PageMark?
                repeat {
                    let page = try await casework.waitingReports(in: scope, after: after, limit: 3, by: person)
                    ids += page.entries.map(\.id)
                    after = page.next
                } while after != nil
                let expected = Set(
                    reports.filter { $0.report.queue == .accept && $0.scopes.contains(scope) }.map(\.report.id))
                if Set(ids) != expected || ids.count != expected.count {
                    found.append("person \(index): reports waiting in \(scope.id)")
                }
            }
            for scope in person.scopes(for: CaseworkPermission.readCase) {
                for word in RandomStreet.words {
                    let ids = Set(try await casework.search(word, in: scope, by: person).map(\.id))
                    let expected = Set(
                        reports.filter { belongs($0, to: scope) && $0.report.text.contains(word) }.map(\.report.id))
                    // A page of a search is cut at a hundred; worlds are kept smaller than that.
                    if ids != expected {
                        found.append(
                            "person \(index), search \(word) in \(scope.id): \(ids.count), not \(expected.count)")
                    }
                }
            }
        }
        return found
    }

    /// A report belongs to its areas, and to the organisations that have part in its case.
    private func belongs(_ stored: StoredReport, to scope: Scope) -> Bool {
        if scope.kind == .area { return stored.scopes.contains(scope) }
        guard let id = stored.report.caseID, let matter = matters.first(where: { $0.caseFile.id == id }) else {
            return false
        }
        return matter.scopes.contains(scope)
    }

    // MARK: Rows that are derived

    func derivedRows() async throws -> [String] {
        var found: [String] = []
        var expected: [CaseID: Set<CasePlace>] = [:]
        for matter in matters {
            expected[matter.caseFile.id] = matter.caseFile.places(tasks: matter.tasks, areaScopes: matter.areaScopes)
        }
        let kinds = Dictionary(uniqueKeysWithValues: scopes.map { ($0.id, $0) })
        let (places, waiting, counted) = try await deployment.database.read { tx in
            var places: [CaseID: Set<CasePlace>] = [:]
            for row in try tx.rows("SELECT scope, open, due, case_id, queue FROM case_scope") {
                guard let scope = kinds[try row.get("scope")] else { continue }
                places[try row.get("case_id"), default: []].insert(
                    CasePlace(
                        scope: scope, isOpen: try row.get("open", as: Int.self) == 1, due: try row.get("due"),
                        queue: try row.get("queue")))
            }
            let waiting = try tx.rows("SELECT scope, report_id, queue FROM report_scope").map { row in
                "\(try row.get("scope", as: UUIDValue.self)) \(try row.get("report_id", as: UUIDValue.self)) \(try row.get("queue", as: Queue.self))"
            }
            var counted: [String: Int] = [:]
            for row in try tx.rows("SELECT scope, queue, count FROM queue_counter") {
                counted["\(try row.get("scope", as: UUIDValue.self)) \(try row.get("queue", as: Queue.self))"] =
                    try row.get("count")
            }
            return (places, waiting, counted)
        }
        for (id, expected) in expected where places[id] != expected { found.append("rows of case \(id) in lists") }
        if Set(places.keys) != Set(expected.keys) { found.append("cases with rows in lists") }
        let expectedWaiting = Set(
            reports.flatMap { stored in
                stored.scopes.map { "\($0.id) \(stored.report.id) \(stored.report.queue)" }
            })
        if Set(waiting) != expectedWaiting || waiting.count != expectedWaiting.count {
            found.append("rows of reports in lists")
        }
        var count: [String: Int] = [:]
        for place in expected.values.joined() where place.isOpen && place.queue != .none {
            count["\(place.scope.id) \(place.queue)", default: 0] += 1
        }
        for stored in reports where stored.report.queue != .none {
            for scope in stored.scopes { count["\(scope.id) \(stored.report.queue)", default: 0] += 1 }
        }
        for (key, number) in counted where count[key, default: 0] != number {
            found.append("counter \(key): \(number), not \(count[key, default: 0])")
        }
        for (key, number) in count where counted[key] == nil {
            found.append("counter \(key) is missing; it should be \(number)")
        }
        return found
    }

    /// State = fold of steps, version = number of steps, revisions without a gap, numbers without a gap.
    func histories() async throws -> [String] {
        try await deployment.database.read { tx in
            var found: [String] = []
            func check<State: Code, Action: Code>(
                _ machine: StateMachine<State, Action>, _ subject: Subject, _ state: State, _ version: Int
            ) throws {
                let steps = try StepStore.all(of: subject, tx)
                do {
                    if try machine.fold(steps) != state {
                        found.append("\(subject): \(state) is not the fold of its steps")
                    }
                } catch { found.append("\(subject): \(error)") }
                if steps.count != version { found.append("\(subject): \(steps.count) steps at version \(version)") }
            }
            for stored in reports {
                try check(ReportState.machine, .report(stored.report.id), stored.report.state, stored.report.version)
            }
            for matter in matters {
                try check(
                    CaseState.machine, .caseFile(matter.caseFile.id), matter.caseFile.state, matter.caseFile.version)
                for task in matter.tasks { try check(TaskState.machine, .task(task.id), task.state, task.version) }
                let live = matter.tasks.filter { $0.state != .withdrawn }
                if live.filter({ $0.role == .lead }).count > 1 { found.append("\(matter.caseFile.id) has two leads") }
                if matter.caseFile.state == .closed,
                    live.contains(where: { $0.check?.account == $0.answer?.account || $0.state != .passed })
                {
                    found.append("\(matter.caseFile.id) is closed without a check by somebody else")
                }
            }
            let over: [CaseState] = [.notFiled, .closed, .archived, .void]
            let ended = Set(matters.filter { over.contains($0.caseFile.state) }.map(\.caseFile.id))
            for stored in reports where stored.report.state == .accepted {
                guard let id = stored.report.caseID else {
                    found.append("\(stored.report.id) is accepted without a case")
                    continue
                }
                if ended.contains(id) { found.append("\(stored.report.id) has no answer, and its case is over") }
            }
            let numbers = Dictionary(grouping: matters.compactMap(\.caseFile.number), by: \.street)
            for (street, numbers) in numbers where numbers.map(\.running).sorted() != Array(1...numbers.count) {
                found.append("numbers of \(street): \(numbers.map(\.running).sorted())")
            }
            return found
        }
    }
}
