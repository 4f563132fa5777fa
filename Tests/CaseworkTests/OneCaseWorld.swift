import Casework
import Domain
import Testing

/// One report with its case and tasks, acted on by anybody in any order, and an auditor who keeps all steps.
struct OneCaseWorld {
    private var report: Report
    private var caseFile: Case?
    private var tasks: [CaseTask] = []
    private var steps: [Step] = []
    private var seconds: Int64 = 0

    private let people: [(AccountID?, OrganisationID?)] = [
        (nil, nil), (Sample.dispatcher, Sample.centre), (Sample.checker, Sample.centre),
        (Sample.handler, Sample.lighting),
        (Sample.colleague, Sample.lighting), (Sample.handler, Sample.enforcement),
    ]

    init() {
        let report = Sample.report()
        self.report = report
        self.steps = [
            Step(
                id: Sample.id(1), subject: .report(report.id), caseID: nil, version: 1, at: Sample.moment, account: nil,
                organisation: nil, action: "submit", from: nil, to: "received", detail: StepDetail())
        ]
    }

    /// One verb by one person; what the rules refuse changes nothing.
    mutating func actAtRandom(_ chance: inout SeededChance) throws {
        seconds += 1
        let (account, organisation) = people[Int.random(in: 0..<people.count, using: &chance)]
        let act = Sample.act(account, of: organisation, after: seconds)
        let before = self
        do {
            try perform(Int.random(in: 0..<24, using: &chance), act, &chance)
        } catch is RuleViolations {
            self = before
        }
        if caseFile?.state == .closed { try expectRightlyClosed(seed: chance.seed) }
    }

    private mutating func perform(_ verb: Int, _ act: Act, _ chance: inout SeededChance) throws {
        switch verb {
        case 0:
            let verification: Verification = Bool.random(using: &chance) ? .onSpot : .phone
            let result = try report.accepting(
                as: NewCase(id: Sample.caseID, verification: verification), catalogues: Sample.catalogues, by: act)
            (report, caseFile) = (result.report, result.caseFile)
            steps += result.steps
        case 1: report = keep(try report.refusing(.elsewhere, by: act))
        case 2: report = keep(try report.withdrawing(by: act))
        case 3: report = keep(try report.answering("修好了", outcome: .done, by: act))
        case 4...6, 14, 16...18: try actOnCase(verb, act)
        case 22, 23: try askAboutCase(verb, act, &chance)
        default: try actOnTask(verb, act, &chance)
        }
    }

    private mutating func actOnCase(_ verb: Int, _ act: Act) throws {
        guard let file = caseFile else { return }
        switch verb {
        case 4:
            caseFile = keep(
                file.state == .toVerify
                    ? try file.verifying(by: act) : try file.filing(Filing(), catalogues: Sample.catalogues, by: act))
        case 5:
            let hasLead = tasks.contains { $0.role == .lead && $0.state.isLive }
            let result = try file.dispatching(
                Sample.order(
                    lead: hasLead ? nil : Sample.lighting, assists: hasLead ? [Sample.enforcement] : []),
                beside: tasks, by: act)
            caseFile = result.caseFile
            tasks += result.tasks
            steps += result.steps
        case 14:
            let result = try file.reopening(note: "又坏了", tasks: tasks, by: act)
            caseFile = result.caseFile
            tasks = tasks.map { task in result.tasks.first { $0.id == task.id } ?? task }
            steps += result.steps
        case 16: caseFile = keep(try file.declining(publicNote: "不归", by: act))
        case 17: caseFile = keep(try file.reconsidering(note: "再看", by: act))
        case 18:
            let area: AreaID = Sample.id(file.area == Sample.street ? 2 : 1)
            caseFile = keep(
                try file.amending(Amendment(area: area, note: "看错了"), catalogues: Sample.catalogues, by: act))
        default: caseFile = keep(try file.closing(Closing(outcome: .done, publicText: "修好了"), tasks: tasks, by: act))
        }
    }

    private mutating func askAboutCase(_ verb: Int, _ act: Act, _ chance: inout SeededChance) throws {
        guard let file = caseFile else { return }
        if verb == 22, file.state == .open {
            caseFile = keep(
                try file.finishing(
                    Closing(outcome: .done, publicText: "修好了"), tasks: tasks, asking: Asking(isDue: true), by: act))
        } else if Bool.random(using: &chance) {
            let attempt = CallbackTry(means: .phone, isReached: true, isSolved: true)
            caseFile = keep(try file.callingBack(attempt, reports: [report], by: act).change)
        } else {
            let asking = Asking(isDue: true, tries: Int.random(in: 0...3, using: &chance))
            caseFile = keep(try file.closing(Closing(), tasks: tasks, asking: asking, by: act))
        }
    }

    private mutating func actOnTask(_ verb: Int, _ act: Act, _ chance: inout SeededChance) throws {
        guard !tasks.isEmpty else { return }
        let index = Int.random(in: 0..<tasks.count, using: &chance)
        let task = tasks[index]
        tasks[index] =
            switch verb {
            case 7: keep(try task.signing(by: act))
            case 8: keep(try task.answering(TaskAnswer(outcome: .done, publicText: "换了灯"), by: act))
            case 9: keep(try task.refusing(.matrix, groundReference: "4.1", by: act))
            case 10: keep(try task.upholding(note: "清单写的就是你们", by: act))
            case 11: keep(try task.withdrawing(note: "派错了", by: act))
            case 15: keep(try task.ruling(.withdraw, note: "不归", among: tasks, isSupervisor: true, by: act))
            case 19: keep(try task.recalling(by: act))
            case 20: keep(try task.progressing(note: "在路上", by: act))
            case 21: keep(try task.reminding(note: "快点", by: act))
            case 12: keep(try task.checking(.rework, note: "还是不亮", by: act))
            default: keep(try task.checking(.pass, by: act))
            }
    }

    private mutating func keep<Value>(_ change: Change<Value>) -> Value {
        steps.append(change.step)
        return change.value
    }

    private func expectRightlyClosed(seed: UInt64) throws {
        let live = tasks.filter(\.state.isLive)
        #expect(live.filter { $0.role == .lead }.count == 1, "seed \(seed)")
        for task in live {
            #expect(task.state == .passed, "seed \(seed)")
            #expect(task.check?.account != task.answer?.account, "seed \(seed)")
            #expect(task.check?.organisation != task.organisation, "seed \(seed)")
        }
    }

    /// The auditor's count.
    func verify(seed: UInt64) throws {
        func history(_ subject: Subject) -> [Step] { steps.filter { $0.subject == subject } }
        let reports = history(.report(report.id))
        #expect(try ReportState.machine.fold(reports) == report.state, "seed \(seed)")
        #expect(reports.count == report.version, "seed \(seed)")
        if let caseFile {
            let cases = history(.caseFile(caseFile.id))
            #expect(try CaseState.machine.fold(cases) == caseFile.state, "seed \(seed)")
            #expect(cases.count == caseFile.version, "seed \(seed)")
        }
        for task in tasks {
            let own = history(.task(task.id))
            #expect(try TaskState.machine.fold(own) == task.state, "seed \(seed)")
            #expect(own.count == task.version, "seed \(seed)")
            #expect(own.filter { ["rework", "reopen"].contains($0.action) }.count == task.reworks, "seed \(seed)")
            #expect(own.filter { $0.action == "refuse" }.count == task.refusals, "seed \(seed)")
        }
        #expect(tasks.filter { $0.role == .lead && $0.state.isLive }.count <= 1, "seed \(seed)")
    }
}
