import Domain
import Storage
import StorageTestSupport

@testable import App
@testable import Areas
@testable import Casework

/// Lets random people try random deeds, and asks the product and the naive model what comes of each.
struct SecondOpinion: Sendable {
    let street: TestStreet
    var model: NaiveModel
    private var chance: SeededChance
    private let people: [(NaiveModel.Person, Actor)]
    private let offices: [String: OrganisationID]
    /// How often each verb is tried in this run: some not at all, so that others go deep (swarm testing, Groce 2012).
    private let weights: [Int]
    private(set) var done: [String: Int] = [:]
    private(set) var refused: [String: Int] = [:]

    static let areas = ["330299001001", "330299001002", "330299002001"]
    private static let verbs = 25

    init(_ street: TestStreet, seed: UInt64, model: NaiveModel = NaiveModel()) async throws {
        self.street = street
        self.model = model
        var chance = SeededChance(seed: seed)
        var people: [(NaiveModel.Person, Actor)] = []
        for login in [
            "seat", "dispatcher", "second", "supervisor", "lamps", "sanitation", "checker", "reader", "grid",
            "dispatcher-lx", "checker-lx", "cleaners-lx",
        ] {
            let person = try await street.person(login)
            guard let post = TestStreet.posts.first(where: { $0.login == login }) else { continue }
            people.append(
                (
                    NaiveModel.Person(
                        login: login, post: RoleTable.Post(role: post.role, area: post.area, office: post.office)),
                    person.actor
                ))
        }
        // Somebody who handles and checks for one office: whom the rules have to keep from checking it.
        let both = try await street.sign(
            "both", posts: [("grid-worker", "wutong", "330299001"), ("checker", "wutong", "330299001")])
        people.append(
            (
                NaiveModel.Person(
                    login: "both", post: RoleTable.Post(role: "grid-worker", area: "330299001", office: "wutong"),
                    alsoRole: "checker"), both.actor
            ))
        var offices: [String: OrganisationID] = [:]
        for code in ["lamps", "sanitation", "wutong", "grid", "cleaners-lx"] {
            offices[code] = try await street.organisation(code)
        }
        self.people = people
        self.offices = offices
        self.weights = (0..<Self.verbs).map { verb in
            // Without the first ones nothing begins.
            verb < 4 || !chance.one(in: 25) ? Int.random(in: 1...8, using: &chance) : 0
        }
        self.chance = chance
    }

    /// - Returns: the first difference between the two, `nil` when they agree on everything.
    mutating func run(_ deeds: Int) async throws -> String? {
        for number in 1...deeds {
            let (deed, index) = choose()
            let (person, actor) = people[index]
            let expected = model.refusal(of: deed, by: person)
            var made = Made()
            var found: String?
            do {
                made = try await perform(deed, by: actor)
            } catch let error as RuleViolations {
                found = error.all.first?.code
            } catch let error as RuleViolation {
                found = error.code
            }
            guard found == expected else {
                return "deed \(number), \(person.login) \(deed): \(found ?? "done"), not \(expected ?? "done")"
            }
            if let found {
                refused[found, default: 0] += 1
            } else {
                done[deed.name, default: 0] += 1
                model.note(deed, by: person, made)
            }
            if number % 50 == 0 || number == deeds, let difference = try await compare() {
                return "after deed \(number): \(difference)"
            }
            street.clock.advance(seconds: 1)
        }
        return nil
    }

    // MARK: Choosing

    /// Mostly something that should succeed, so that cases come far; sometimes whatever comes.
    private mutating func choose() -> (Deed, Int) {
        var last = (random(), Int.random(in: 0..<people.count, using: &chance))
        guard chance.one(in: 75) else { return last }
        for _ in 0..<40 {
            if !isIdle(last.0), model.refusal(of: last.0, by: people[last.1].0) == nil { return last }
            last = (random(), Int.random(in: 0..<people.count, using: &chance))
        }
        return last
    }

    /// Another report always succeeds; while enough of them wait it brings no case any further.
    private func isIdle(_ deed: Deed) -> Bool {
        guard case .submit = deed else { return false }
        return model.papers.values.count { $0.state == "received" } > 3
    }

    private mutating func random() -> Deed {
        var pick = Int.random(in: 0..<weights.reduce(0, +), using: &chance)
        var verb = 0
        while pick >= weights[verb] {
            pick -= weights[verb]
            verb += 1
        }
        let area = Self.areas.randomElement(using: &chance)!
        let reports = model.papers.keys.sorted { $0.uuid < $1.uuid }
        let cases = model.files.keys.sorted { $0.uuid < $1.uuid }
        let tasks = model.jobs.keys.sorted { $0.uuid < $1.uuid }
        let some = Bool.random(using: &chance)
        guard verb > 0, let report = recent(reports) else { return .submit(area: area) }
        if verb == 1 { return .accept(report, onSpot: some) }
        if verb == 2 { return .selfHandle(area: area) }
        guard let file = recent(cases) else { return .accept(report, onSpot: some) }
        if let deed = onCase(verb, file, report, recent(cases) ?? file, area, some) { return deed }
        guard let task = recent(tasks) else { return .dispatch(file, lead: "lamps", assist: nil) }
        return onTask(verb, task, some)
    }

    /// The newer, the likelier.
    private mutating func recent<Value>(_ values: [Value]) -> Value? {
        guard !values.isEmpty else { return nil }
        let back = min(
            Int.random(in: 0..<values.count, using: &chance), Int.random(in: 0..<values.count, using: &chance))
        return values[values.count - 1 - back]
    }

    private mutating func onCase(
        _ verb: Int, _ file: CaseID, _ report: ReportID, _ other: CaseID, _ area: String, _ some: Bool
    ) -> Deed? {
        switch verb {
        case 3:
            let names = offices.keys.sorted()
            return .dispatch(
                file, lead: chance.one(in: 80) ? names.randomElement(using: &chance) : nil,
                assist: chance.one(in: 30) ? names.randomElement(using: &chance) : nil)
        case 4: return .file(file)
        case 5: return .verify(file)
        case 6: return .join(report, file)
        case 7: return .refuseReport(report)
        case 8: return some ? .decline(file) : .sendBack(file)
        case 9: return .reconsider(file)
        case 10: return .void(file, why: chance.one(in: 80))
        case 11: return .reopen(file, why: chance.one(in: 80))
        case 12: return .amend(file, area: area)
        case 13: return .merge(file, other)
        case 14: return .split(file, report, own: some)
        case 15: return .close(file)
        case 16: return .archive(file)
        default: return nil
        }
    }

    private mutating func onTask(_ verb: Int, _ task: TaskID, _ some: Bool) -> Deed {
        switch verb {
        case 17: .sign(task)
        case 18: .answer(task)
        case 19: .check(task, pass: chance.one(in: 70))
        case 20: .refuseTask(task, clause: chance.one(in: 85))
        case 21: .rule(task, uphold: some)
        case 22: .withdraw(task)
        case 23: some ? .recall(task) : .remind(task)
        default: .progress(task)
        }
    }

    // MARK: Comparing

    /// States and places as the rows hold them.
    private func compare() async throws -> String? {
        let model = model
        let tree = street.deployment.areas.tree
        return try await street.deployment.database.read { tx in
            for (id, paper) in model.papers {
                let report = try ReportStore.find(id, tx)
                if report?.state.rawValue != paper.state || report?.caseID != paper.caseID {
                    return "report \(id): \(String(describing: report?.state)), not \(paper)"
                }
            }
            for (id, file) in model.files {
                let stored = try CaseStore.find(id, tx)?.caseFile
                if stored?.state.rawValue != file.state
                    || stored.flatMap({ tree.area($0.area) })?.code.digits != file.area
                {
                    return "case \(id): \(String(describing: stored?.state)), not \(file.state) in \(file.area)"
                }
                for task in try TaskStore.all(of: id, tx)
                where task.state.rawValue != model.jobs[task.id]?.state
                    || task.refusals != model.jobs[task.id]?.refusals
                {
                    return "task \(task.id): \(task.state), not \(String(describing: model.jobs[task.id]))"
                }
            }
            return nil
        }
    }
}
