import Domain

@testable import Casework

/// A second opinion on every verb: written from docs/casework.md and docs/state-machines.md, not from the sources. It
/// keeps its own picture of a street and says of each deed whether it is done, or with which code it is refused.
///
/// Naive on purpose: words instead of types, one flat list of questions for each verb, no sharing with the product.
struct NaiveModel: Sendable {
    /// What leads where: state → verb → state.
    struct Tables: Sendable {
        var cases: [String: [String: String]] = [
            "to-verify": [
                "verify": "to-file", "decline": "not-filed", "amend": "to-verify", "void": "void", "merge": "void",
                "split": "to-verify",
            ],
            "to-file": [
                "file": "open", "decline": "not-filed", "send-back": "to-verify", "amend": "to-file", "void": "void",
                "merge": "void", "split": "to-file",
            ],
            "not-filed": ["reconsider": "to-file", "archive": "archived"],
            "open": [
                "dispatch": "open", "amend": "open", "close": "closed", "void": "void", "merge": "void",
                "split": "open",
            ],
            "closed": ["reopen": "open", "archive": "archived"],
        ]
        var tasks: [String: [String: String]] = [
            "offered": ["sign": "working", "refuse": "refused", "remind": "offered", "withdraw": "withdrawn"],
            "working": [
                "progress": "working", "remind": "working", "answer": "answered", "withdraw": "withdrawn",
            ],
            "answered": ["recall": "working", "pass": "passed", "rework": "working", "withdraw": "withdrawn"],
            "refused": ["uphold": "offered", "grant": "withdrawn"],
        ]
        var reports: [String: [String: String]] = [
            "received": ["accept": "accepted", "join": "accepted", "refuse": "refused"],
            "accepted": ["move": "accepted", "give-back": "received", "answer": "answered"],
            "answered": ["reopen": "accepted"],
        ]
    }

    struct Person: Sendable {
        let login: String
        let post: RoleTable.Post
        /// A second role of the same person, in the same office and area.
        var alsoRole: String?
    }

    struct Paper: Sendable {
        var state = "received"
        let area: String
        var caseID: CaseID?
    }

    struct File: Sendable {
        var state: String
        var area: String
        var tasks: [TaskID] = []

    }

    struct Job: Sendable {
        let caseID: CaseID
        let office: String
        let isLead: Bool
        var state = "offered"
        var signer: String?
        var answerer: String?
        var refusals = 0
    }

    var tables = Tables()
    /// Whether nobody checks their own work or that of their organisation.
    var checksAreIndependent = true
    var papers: [ReportID: Paper] = [:]
    var files: [CaseID: File] = [:]
    var jobs: [TaskID: Job] = [:]

    /// Who has part in the case now.
    private func offices(of file: File) -> Set<String> {
        Set(file.tasks.compactMap { jobs[$0] }.filter { $0.state != "withdrawn" }.map(\.office))
    }

    // MARK: Rights

    private func may(_ right: String, _ person: Person, area: String, offices: Set<String>) -> Bool {
        let thing = RoleTable.Thing(area: area, offices: offices)
        let second = person.alsoRole.map {
            RoleTable.Post(role: $0, area: person.post.area, office: person.post.office)
        }
        return RoleTable.covers(right, person.post, thing) || second.map { RoleTable.covers(right, $0, thing) } ?? false
    }

    private func onFile(
        _ id: CaseID, _ right: String, _ person: Person, missing: String = "case.unknown"
    ) -> String? {
        guard let file = files[id] else { return missing }
        let involved = offices(of: file)
        if may("casework.case." + right, person, area: file.area, offices: involved) { return nil }
        let reads = may("casework.case.read", person, area: file.area, offices: involved)
        return reads ? "forbidden" : missing
    }

    private func onJob(_ id: TaskID, _ right: String, _ person: Person) -> String? {
        guard let job = jobs[id], let file = files[job.caseID] else { return "task.unknown" }
        let involved = offices(of: file)
        if may("casework.task." + right, person, area: file.area, offices: involved) { return nil }
        return may("casework.case.read", person, area: file.area, offices: involved) ? "forbidden" : "task.unknown"
    }

    private func onPaper(_ id: ReportID, _ right: String, _ person: Person) -> String? {
        guard let paper = papers[id] else { return "report.unknown" }
        if may("casework.report." + right, person, area: paper.area, offices: []) { return nil }
        return may("casework.report.read", person, area: paper.area, offices: []) ? "forbidden" : "report.unknown"
    }

    // MARK: Verdicts

    /// The code that the deed is refused with; `nil` when it is done.
    func refusal(of deed: Deed, by person: Person) -> String? {
        switch deed {
        case .submit: nil
        case .accept(let id, _): onPaper(id, "accept", person) ?? paper(id, "accept")
        case .refuseReport(let id): onPaper(id, "refuse", person) ?? paper(id, "refuse")
        case .join(let id, let target):
            onPaper(id, "accept", person) ?? paper(id, "join") ?? onFile(target, "read", person)
                ?? (isJoinable(target) ? nil : "case.not-joinable")
        case .verify(let id): onFile(id, "verify", person) ?? file(id, "verify")
        case .file(let id): onFile(id, "file", person) ?? file(id, "file")
        case .sendBack(let id): onFile(id, "file", person) ?? file(id, "send-back")
        case .decline(let id): onFile(id, "decline", person) ?? file(id, "decline")
        case .reconsider(let id): onFile(id, "reconsider", person) ?? file(id, "reconsider")
        case .archive(let id): onFile(id, "archive", person) ?? file(id, "archive")
        case .void(let id, let why):
            onFile(id, "void", person) ?? file(id, "void") ?? (why ? nil : "input.missing")
        case .reopen(let id, let why):
            onFile(id, "reopen", person) ?? file(id, "reopen") ?? (why ? nil : "input.missing")
        case .amend(let id, let area): onFile(id, "amend", person) ?? file(id, "amend") ?? amending(id, area, person)
        case .merge(let id, let other): merging(id, other, person)
        case .split(let id, let report, let own): splitting(id, report, own, person)
        case .dispatch(let id, let lead, let assist):
            onFile(id, "dispatch", person) ?? file(id, "dispatch") ?? dispatching(id, lead, assist)
        case .close(let id): onFile(id, "close", person) ?? file(id, "close") ?? closing(id)
        case .selfHandle(let area):
            may("casework.case.self-handle", person, area: area, offices: []) ? nil : "forbidden"
        case .sign(let id): onJob(id, "sign", person) ?? own(id, person) ?? job(id, "sign")
        case .answer(let id): onJob(id, "answer", person) ?? own(id, person) ?? job(id, "answer")
        case .refuseTask(let id, let clause):
            onJob(id, "refuse", person) ?? own(id, person) ?? job(id, "refuse")
                ?? (clause ? nil : "ground.clause-missing")
        case .recall(let id): onJob(id, "answer", person) ?? own(id, person) ?? job(id, "recall")
        case .progress(let id): onJob(id, "answer", person) ?? own(id, person) ?? job(id, "progress")
        case .remind(let id): onJob(id, "remind", person) ?? job(id, "remind")
        case .withdraw(let id):
            onJob(id, "withdraw", person) ?? (jobs[id]?.state == "refused" ? "task.to-rule" : job(id, "withdraw"))
        case .check(let id, let pass):
            onJob(id, "check", person) ?? job(id, pass ? "pass" : "rework") ?? checking(id, person)
        case .rule(let id, let uphold): onJob(id, "rule", person) ?? ruling(id, uphold, person)
        }
    }

    private func paper(_ id: ReportID, _ verb: String) -> String? {
        tables.reports[papers[id]!.state]?[verb] == nil ? "report.not-now" : nil
    }

    private func file(_ id: CaseID, _ verb: String) -> String? {
        tables.cases[files[id]!.state]?[verb] == nil ? "case.not-now" : nil
    }

    private func job(_ id: TaskID, _ verb: String) -> String? {
        tables.tasks[jobs[id]!.state]?[verb] == nil ? "task.not-now" : nil
    }

    private func own(_ id: TaskID, _ person: Person) -> String? {
        jobs[id]!.office == person.post.office ? nil : "task.not-yours"
    }

    private func isJoinable(_ id: CaseID) -> Bool { ["to-verify", "to-file", "open"].contains(files[id]!.state) }

    private func amending(_ id: CaseID, _ area: String, _ person: Person) -> String? {
        if area == files[id]!.area { return "case.nothing-amended" }
        return may("casework.case.amend", person, area: area, offices: []) ? nil : "forbidden"
    }

    private func merging(_ id: CaseID, _ other: CaseID, _ person: Person) -> String? {
        // Asked in the order in which they are locked.
        for one in [id, other].sorted(by: { $0.uuid < $1.uuid }) {
            if let refusal = onFile(one, "merge", person) { return refusal }
        }
        if let refusal = file(id, "merge") { return refusal }
        if id == other { return "case.merge-itself" }
        return isJoinable(other) ? nil : "case.not-joinable"
    }

    private func splitting(_ id: CaseID, _ report: ReportID, _ own: Bool, _ person: Person) -> String? {
        if let refusal = onFile(id, "merge", person) ?? file(id, "split") { return refusal }
        let members = papers.filter { $0.value.caseID == id }
        if members[report] == nil { return "report.of-another-case" }
        if members.count < 2 { return "case.last-report" }
        return paper(report, own ? "move" : "give-back")
    }

    private func dispatching(_ id: CaseID, _ lead: String?, _ assist: String?) -> String? {
        let live = files[id]!.tasks.compactMap { jobs[$0] }.filter { $0.state != "withdrawn" }
        let hasLead = live.contains(where: \.isLead)
        if hasLead && lead != nil { return "case.lead-exists" }
        if !hasLead && lead == nil { return "case.lead-missing" }
        let named = [lead, assist].compactMap(\.self)
        if named.isEmpty { return "case.nobody-named" }
        let all = live.map(\.office) + named
        return Set(all).count == all.count ? nil : "case.organisation-twice"
    }

    private func closing(_ id: CaseID) -> String? {
        let live = files[id]!.tasks.compactMap { jobs[$0] }.filter { $0.state != "withdrawn" }
        if live.contains(where: { $0.state != "passed" }) { return "case.tasks-unfinished" }
        return live.contains(where: \.isLead) ? nil : "case.lead-not-passed"
    }

    private func checking(_ id: TaskID, _ person: Person) -> String? {
        let job = jobs[id]!
        guard checksAreIndependent else { return nil }
        if job.answerer == person.login || job.signer == person.login { return "task.checker-is-handler" }
        return job.office == person.post.office ? "task.checker-same-organisation" : nil
    }

    private func ruling(_ id: TaskID, _ uphold: Bool, _ person: Person) -> String? {
        let job = jobs[id]!
        let file = files[job.caseID]!
        if tables.tasks[job.state]?[uphold ? "uphold" : "grant"] == nil { return "task.not-now" }
        if job.office == person.post.office { return "task.own-refusal" }
        let refusals = file.tasks.reduce(0) { $0 + jobs[$1]!.refusals }
        let supervises = may("casework.supervise", person, area: file.area, offices: offices(of: file))
        return refusals >= 2 && !supervises ? "task.supervisor-rules" : nil
    }
}
