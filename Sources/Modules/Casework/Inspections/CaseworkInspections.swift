import Areas
import Domain
import Module
import Storage

/// What must be true of reports, cases and tasks at any moment, also after a power cut: docs/operating.md lists it.
struct CaseworkInspections: Sendable {
    let casework: Casework

    /// Objects of one transaction.
    private static let part = 1000

    var all: [Inspection] { [reports, cases, counters, index, numbers, strays] }

    // MARK: Reports

    private var reports: Inspection {
        Inspection(
            "casework.reports",
            "A report is where its steps have led, stands in the list that it waits in, and has a case or a refusal when it is decided."
        ) { database, _ in
            try await Inspection.inParts(of: database) { (after: ReportID?, tx) in
                let reports = try ReportStore.behind(after, limit: Self.part, tx)
                let steps = try StepStore.histories(of: reports.map(\.id.uuid), tx)
                let scopes = reports.reduce(into: Set<UUIDValue>()) { scopes, report in
                    scopes.formUnion((self.casework.areas.tree.scopes(of: report.area) ?? []).map(\.id))
                }
                let places = try InspectionStore.places(of: reports, in: scopes, tx)
                let cases = try InspectionStore.existing(cases: reports.compactMap(\.caseID), tx)
                let findings = reports.flatMap { report in
                    self.history(
                        ReportState.machine, .report(report.id), report.state, report.version, steps[report.id.uuid])
                        + self.decision(report, steps[report.id.uuid] ?? [], cases)
                        + self.list(of: report, places[report.id] ?? [])
                }
                return (Inspection.Outcome(seen: reports.count, findings: findings), reports.last?.id)
            }
        }
    }

    private func decision(_ report: Report, _ steps: [Step], _ cases: Set<CaseID>) -> [String] {
        switch report.state {
        case .received, .asked, .withdrawn: return []
        case .refused:
            let isTold = steps.last { $0.to == ReportState.refused.rawValue }.map { $0.detail.reason != nil } ?? false
            return isTold ? [] : ["report \(report.id) is refused without a reason"]
        case .accepted, .answered, .rated:
            guard let id = report.caseID else {
                return ["report \(report.id) is \(report.state.rawValue) without a case"]
            }
            return cases.contains(id) ? [] : ["report \(report.id) belongs to the case \(id), which is not there"]
        }
    }

    private func list(of report: Report, _ places: Set<ReportPlace>) -> [String] {
        guard let scopes = casework.areas.tree.scopes(of: report.area) else {
            return ["report \(report.id) lies in the area \(report.area), which is not there"]
        }
        let wanted = Set(
            scopes.map { ReportPlace(scope: $0.id, queue: report.queue, receivedAt: report.receivedAt) })
        return places == wanted
            ? [] : ["report \(report.id): \(places.count) rows in lists, not the \(wanted.count) it should have"]
    }

    // MARK: Cases

    private var cases: Inspection {
        Inspection(
            "casework.cases",
            "A case and its tasks are where their steps have led, stand in the lists they belong to, and one organisation at most has the lead."
        ) { database, _ in
            try await Inspection.inParts(of: database) { (after: CaseID?, tx) in
                let cases = try CaseStore.behind(after, limit: Self.part, tx).map(\.caseFile)
                let tasks = Dictionary(grouping: try TaskStore.all(of: cases.map(\.id), tx), by: \.caseID)
                let steps = try StepStore.histories(
                    of: cases.map(\.id.uuid) + tasks.values.joined().map(\.id.uuid), tx)
                let places = try InspectionStore.places(ofCases: cases.map(\.id), tx)
                let findings = cases.flatMap { caseFile in
                    self.look(caseFile, tasks[caseFile.id] ?? [], steps, places[caseFile.id] ?? [])
                }
                return (Inspection.Outcome(seen: cases.count, findings: findings), cases.last?.id)
            }
        }
    }

    private func look(
        _ caseFile: Case, _ tasks: [CaseTask], _ steps: [UUIDValue: [Step]], _ places: Set<StoredCasePlace>
    ) -> [String] {
        var findings = history(
            CaseState.machine, .caseFile(caseFile.id), caseFile.state, caseFile.version, steps[caseFile.id.uuid])
        for task in tasks {
            findings += history(TaskState.machine, .task(task.id), task.state, task.version, steps[task.id.uuid])
        }
        if tasks.filter({ $0.role == .lead && $0.state.isLive }).count > 1 {
            findings.append("case \(caseFile.id) has more than one lead")
        }
        guard let areaScopes = casework.areas.tree.scopes(of: caseFile.area) else {
            return findings + ["case \(caseFile.id) lies in the area \(caseFile.area), which is not there"]
        }
        let wanted = Set(caseFile.places(tasks: tasks, areaScopes: areaScopes).map(StoredCasePlace.init))
        if places != wanted {
            findings.append(
                "case \(caseFile.id): \(places.count) rows in lists, not the \(wanted.count) it should have")
        }
        return findings
    }

    private func history<State: Code, Action: Code>(
        _ machine: StateMachine<State, Action>, _ subject: Subject, _ state: State, _ version: Int, _ steps: [Step]?
    ) -> [String] {
        let steps = steps ?? []
        let name = "\(subject.kind.rawValue) \(subject.id)"
        do {
            let folded = try machine.fold(steps)
            if folded != state { return ["\(name) is \(state.rawValue), its steps say \(folded.rawValue)"] }
        } catch {
            return ["\(name): \(error)"]
        }
        return steps.count == version ? [] : ["\(name) is at version \(version) with \(steps.count) steps"]
    }

    // MARK: What follows the outbox

    private var counters: Inspection {
        Inspection(
            "casework.counters",
            "The numbers on the tabs, with the moves that are still on their way, are the lengths of the lists."
        ) { database, _ in
            try await database.read { tx in
                var counted = try InspectionStore.counters(tx)
                for payload in try InspectionStore.waitingPayloads(of: History.topics, tx) {
                    let move = try QueueMove(payload: payload)
                    for place in move.left { counted[place, default: 0] -= 1 }
                    for place in move.joined { counted[place, default: 0] += 1 }
                }
                let lists = try InspectionStore.listLengths(tx)
                let differing = Set(counted.keys).union(lists.keys).sorted().filter {
                    counted[$0, default: 0] != lists[$0, default: 0]
                }
                return Inspection.Outcome(
                    seen: lists.count,
                    findings: differing.map {
                        "counter \($0.queue.rawValue) of \($0.scope): \(counted[$0, default: 0]), the list has \(lists[$0, default: 0])"
                    })
            }
        }
    }

    private var index: Inspection {
        Inspection(
            "casework.search", "Every report can be found by its words, or its event is still on its way."
        ) { database, _ in
            try await database.read { tx in
                let lacking = try InspectionStore.unindexedReports(limit: 100, tx)
                return Inspection.Outcome(
                    seen: try InspectionStore.reportCount(tx),
                    findings: lacking.map { "report \($0) is not in the search index" })
            }
        }
    }

    // MARK: Numbers and strays

    private var numbers: Inspection {
        Inspection(
            "casework.numbers",
            "The numbers of a street's day run from 1 without a gap, and the counter stands at the last."
        ) { database, _ in
            try await database.read { tx in
                let numbers = try InspectionStore.numbers(tx)
                let days = Dictionary(grouping: numbers) { "\($0.street) \($0.day)" }
                var findings: [String] = []
                for (day, numbers) in days.sorted(by: { $0.key < $1.key })
                where numbers.map(\.running).sorted() != Array(1...numbers.count) {
                    findings.append(
                        "numbers of \(day): \(numbers.count), and they do not run from 1 to \(numbers.count)")
                }
                for counter in try InspectionStore.numberCounters(tx) {
                    guard let street = casework.areas.tree.area(counter.street)?.letters else {
                        findings.append(
                            "a counter of numbers belongs to the street \(counter.street), which is not there")
                        continue
                    }
                    let last = days["\(street) \(counter.day)"]?.map(\.running).max() ?? 0
                    if last != counter.last {
                        findings.append(
                            "counter of \(street) \(counter.day): \(counter.last), the last number is \(last)")
                    }
                }
                return Inspection.Outcome(seen: numbers.count, findings: findings)
            }
        }
    }

    private var strays: Inspection {
        Inspection(
            "casework.strays", "Every step, and every row of a list, belongs to something that is there."
        ) { database, _ in
            try await database.read { tx in
                let strays = try InspectionStore.strays(limit: 100, tx)
                return Inspection.Outcome(
                    seen: try InspectionStore.stepCount(tx),
                    findings: strays.map { "\($0.table) names \($0.id), which is not there" })
            }
        }
    }
}
