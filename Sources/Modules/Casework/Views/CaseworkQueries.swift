import Areas
public import Domain
import Identity
import Storage
import Web

/// The questions that pages and the JSON interface ask. Each runs in one read transaction with a fixed number of
/// statements.
extension Casework {
    public static let pageSize = 100

    func organisationNames(_ ids: [OrganisationID], _ tx: ReadTransaction) throws -> [OrganisationID: LocalizedName] {
        ids.isEmpty ? [:] : try OrganisationStore.names(of: ids, in: tx)
    }

    private func accountNames(_ ids: [AccountID], _ tx: ReadTransaction) throws -> [AccountID: String] {
        ids.isEmpty ? [:] : try AccountStore.names(of: ids, in: tx)
    }

    // MARK: Lists

    /// The open cases of one scope.
    /// - Throws: `forbidden` unless the actor may read in exactly that scope.
    public func openCases(
        in scope: Scope, queue: Queue?, due: DueFilter? = nil, after: PageMark?, limit: Int = pageSize, by actor: Actor
    ) async throws -> Listing<CaseSummary> {
        try actor.require(CaseworkPermission.readCase, in: scope)
        let range = due?.range(at: world.now(), zone: world.zone)
        return try await database.read { tx in
            let found = try CaseStore.open(in: scope, queue: queue, due: range, after: after, limit: limit + 1, tx)
            let page = found.prefix(limit)
            let tasks = Dictionary(
                grouping: try TaskStore.all(of: page.map(\.stored.caseFile.id), tx), by: \.caseID)
            let names = try organisationNames(Array(Set(tasks.values.joined().map(\.organisation))), tx)
            let entries = page.map { entry in
                let caseFile = entry.stored.caseFile
                return summary(caseFile, entry, tasks[caseFile.id] ?? [], names)
            }
            return Listing(entries: entries, next: found.count > limit ? entries.last?.mark : nil)
        }
    }

    private func summary(
        _ caseFile: Case, _ entry: CaseStore.Entry, _ tasks: [CaseTask],
        _ names: [OrganisationID: LocalizedName]
    ) -> CaseSummary {
        CaseSummary(
            id: caseFile.id, number: caseFile.number, title: caseFile.title, matter: caseFile.matter,
            area: caseFile.area, state: caseFile.state, phase: caseFile.phase(with: tasks), queue: entry.queue,
            openedAt: caseFile.openedAt, dueAt: caseFile.dueAt,
            listDue: entry.mark.at == Case.noDeadline ? nil : entry.mark.at, clock: entry.clock,
            tasks: tasks.filter(\.state.isLive).map { task in
                TaskSummaryView(
                    id: task.id, organisation: task.organisation,
                    organisationName: names[task.organisation] ?? LocalizedName(chinese: "?", english: "?"),
                    role: task.role, state: task.state)
            }, mark: entry.mark)
    }

    /// The reports of one scope that wait for a decision, oldest first.
    /// - Throws: `forbidden` unless the actor may read in exactly that scope.
    public func waitingReports(
        in scope: Scope, queue: Queue = .accept, after: PageMark?, limit: Int = pageSize, by actor: Actor
    ) async throws -> Listing<Report> {
        try actor.require(CaseworkPermission.readReport, in: scope)
        return try await database.read { tx in
            let found = try ReportStore.waiting(in: scope, queue: queue, after: after, limit: limit + 1, tx)
            let page = Array(found.prefix(limit))
            let next = found.count > limit ? page.last.map { PageMark(at: $0.receivedAt, id: $0.id.uuid) } : nil
            return Listing(entries: page, next: next)
        }
    }

    /// How many wait in each list of a scope; a moment behind.
    public func counts(in scope: Scope, by actor: Actor) async throws -> [Queue: Int] {
        guard
            actor.scopes(for: CaseworkPermission.readCase).contains(scope)
                || actor.scopes(for: CaseworkPermission.readReport).contains(scope)
        else { throw RuleViolation.forbidden(CaseworkPermission.readCase) }
        return try await database.read { tx in try QueueStore.counts(in: [scope], tx)[scope] ?? [:] }
    }

    /// Reports whose redacted words match, newest first; a moment behind.
    /// - Throws: `search.empty` for the field `q` when nothing can be searched for.
    public func search(
        _ text: String, in scope: Scope, after: PageMark? = nil, limit: Int = pageSize, by actor: Actor
    ) async throws -> [Report] {
        let permission = scope.kind == .area ? CaseworkPermission.readReport : CaseworkPermission.readCase
        try actor.require(permission, in: scope)
        guard let matches = ReportIndex.index.ids(matching: text) else {
            throw RuleViolation(.invalid, "search.empty", field: "q")
        }
        return try await database.read { tx in
            switch scope.kind {
            case .area:
                let within = areas.tree.descendants(of: AreaID(scope.id))
                return try ReportStore.matching(
                    matches, areas: within, organisation: nil, after: after, limit: limit, tx)
            case .organisation:
                return try ReportStore.matching(
                    matches, areas: nil, organisation: OrganisationID(scope.id), after: after, limit: limit, tx)
            }
        }
    }

    // MARK: One case, one report

    /// - Throws: `case.unknown` when there is none or the actor may not read it.
    public func caseDetail(_ id: CaseID, by actor: Actor) async throws -> CaseDetail {
        try await database.read { tx in
            guard let stored = try CaseStore.find(id, tx) else { throw Authority.noCase }
            return try detail(stored, by: actor, tx)
        }
    }

    /// - Throws: `case.unknown` when there is none or the actor may not read it.
    public func caseDetail(numbered number: CaseNumber, by actor: Actor) async throws -> CaseDetail {
        try await database.read { tx in
            guard let stored = try CaseStore.find(number, tx) else { throw Authority.noCase }
            return try detail(stored, by: actor, tx)
        }
    }

    private func detail(_ stored: StoredCase, by actor: Actor, _ tx: ReadTransaction) throws -> CaseDetail {
        let caseFile = stored.caseFile
        let tasks = try TaskStore.all(of: caseFile.id, tx)
        let folder = CaseFolder(stored: stored, tasks: tasks, areaScopes: try scopes(of: caseFile.area))
        guard actor.may(CaseworkPermission.readCase, on: folder.scopes) else { throw Authority.noCase }
        let steps = try StepStore.all(of: caseFile.id, tx)
        let reports = try ReportStore.all(of: caseFile.id, tx)
        let asked = try CallbackFolder(of: caseFile, tx)
        let asking = asked.asking(reports, policy: voice)
        let overlays = try OverlayStore.all(of: caseFile.id, tx)
        return CaseDetail(
            caseFile: caseFile, revision: stored.revision, phase: caseFile.phase(with: tasks), tasks: tasks,
            reports: reports, steps: steps,
            evidence: try EvidenceStore.all(of: reports.map(\.id.uuid) + tasks.map(\.id.uuid), tx),
            needed: evidence.stages(for: caseFile.matter, in: catalogues),
            names: try names(steps: steps, tasks: tasks, tx),
            seesReports: actor.may(CaseworkPermission.readReport, on: folder.scopes), callbacks: asked.callbacks,
            supplements: try SupplementStore.all(of: reports.map(\.id), tx), ratings: asked.ratings,
            objections: try ObjectionStore.all(of: reports.map(\.id), tx), asking: asking, numbers: asked.numbers,
            verbs: verbs(folder, by: actor).union(endings(folder, asking, by: actor))
                .union(furtherVerbs(folder, by: actor)).union(overlayVerbs(folder, overlays, by: actor)),
            limits: try limitViews(try LimitStore.all(of: caseFile.id, tx), tx), overlays: overlays)
    }

    /// - Throws: `report.unknown` when there is none or the actor may not read it.
    public func reportDetail(_ id: ReportID, by actor: Actor) async throws -> ReportDetail {
        try await database.read { tx in
            guard let report = try ReportStore.find(id, tx) else { throw Authority.noReport }
            let scopes = try scopes(of: report.area)
            guard actor.may(CaseworkPermission.readReport, on: scopes) else { throw Authority.noReport }
            let steps = try StepStore.all(of: .report(id), tx)
            let shown = try ReportStore.shown(id, tx)
            var verbs: Set<CaseVerb> = []
            if report.state == .received, actor.may(CaseworkPermission.acceptReport, on: scopes) {
                verbs.formUnion([.accept, .join])
            }
            verbs.formUnion(voiceVerbs(report, steps, scopes, by: actor))
            return ReportDetail(
                report: report, phoneMask: shown.phoneMask, label: shown.label,
                supplements: try SupplementStore.all(of: [id], tx), ratings: try RatingStore.all(of: id, tx),
                objections: try ObjectionStore.all(of: [id], tx), steps: steps,
                evidence: try EvidenceStore.all(of: [id.uuid], tx), names: try names(steps: steps, tasks: [], tx),
                verbs: verbs, limit: report.state.queue == .accept ? try acceptLimits([report], tx)[id] : nil)
        }
    }

    private func names(steps: [Step], tasks: [CaseTask], _ tx: ReadTransaction) throws -> Names {
        let involved = tasks.map(\.organisation) + steps.compactMap(\.organisation) + steps.compactMap(\.detail.target)
        return Names(
            organisations: try organisationNames(Array(Set(involved)), tx),
            accounts: try accountNames(
                Array(Set(steps.compactMap(\.account) + steps.flatMap(\.detail.assignees))), tx))
    }

    private func verbs(_ folder: CaseFolder, by actor: Actor) -> Set<CaseVerb> {
        let may = { (permission: Permission) in actor.may(permission, on: folder.scopes) }
        let state = folder.caseFile.state
        let own = folder.tasks.first { $0.state.isLive && $0.organisation == actor.organisation }
        var verbs: Set<CaseVerb> = []
        if state == .toVerify, may(CaseworkPermission.verifyCase) { verbs.insert(.verify) }
        if state == .toFile, may(CaseworkPermission.fileCase) { verbs.insert(.file) }
        if state == .open {
            if may(CaseworkPermission.dispatchCase) { verbs.insert(.dispatch) }
            if own?.state == .offered, may(CaseworkPermission.signTask) { verbs.insert(.sign) }
            if own?.state == .working, may(CaseworkPermission.answerTask) { verbs.insert(.answer) }
            if may(CaseworkPermission.checkTask),
                folder.tasks.contains(where: { $0.state == .answered && $0.mayBeChecked(by: actor) })
            {
                verbs.insert(.check)
            }
        }
        return verbs
    }

    // MARK: The sender

    /// The story of a report for whoever has its code.
    /// - Throws: `tracking-code.unknown` for the field `code`.
    public func story(_ code: TrackingCode) async throws -> PublicStory {
        try await database.read { tx in
            guard let report = try ReportStore.find(code, tx) else {
                throw RuleViolation(.notFound, "tracking-code.unknown", field: "code")
            }
            var steps = try StepStore.all(of: .report(report.id), tx)
            let voice = try storyVoice(report, history: steps, tx)
            var caseFile: Case?
            var tasks: [CaseTask] = []
            var clock = CaseClock(isProvisional: false, isPaused: false)
            // Whoever has taken a report back is told no more of its case.
            if let id = report.caseID, report.state != .withdrawn, let stored = try CaseStore.find(id, tx) {
                caseFile = stored.caseFile
                tasks = try TaskStore.all(of: id, tx)
                steps += try StepStore.all(of: id, tx).filter { $0.subject.kind != .report }
                let whole = try LimitStore.all(of: .caseFile(id), tx).last { $0.stage == .whole && $0.isOpen }
                clock = CaseClock(
                    isProvisional: whole?.isProvisional == true, isPaused: whole.map { $0.pausedAt != nil } ?? false)
            }
            let live = tasks.filter(\.state.isLive)
            let disclosures = try DisclosureStore.all(of: report.id, limit: Self.pageSize, tx)
            let named = tasks.map(\.organisation) + disclosures.compactMap(\.organisation)
            let names = try organisationNames(Array(Set(named)), tx)
            var story = PublicStory(
                report: report, caseFile: caseFile, clock: clock, tasks: live, steps: steps, names: names,
                photos: try storyPhotos(of: report.id, caseFile, tasks, tx), voice: voice)
            story.disclosures = disclosures.map { disclosure in
                PublicStory.ToldDisclosure(
                    at: disclosure.at, organisation: disclosure.organisation.flatMap { names[$0] },
                    role: disclosure.role, field: disclosure.field, purpose: disclosure.purpose,
                    reason: disclosure.reason)
            }
            return story
        }
    }
}

extension CaseTask {
    /// Whether this person would be an independent eye: neither the handler nor of the handling organisation.
    func mayBeChecked(by actor: Actor) -> Bool {
        actor.organisation != organisation && actor.account != answer?.account && actor.account != signing?.account
    }
}

extension PublicStory {
    /// The steps that a resident is told. Notes between colleagues, names of persons and refusals between
    /// organisations stay inside.
    private static let told: Set<String> = [
        "report.submit", "report.accept", "report.join", "report.refuse", "report.answer", "report.rate",
        "report.object", "report.uphold", "report.reconsider", "report.ask", "report.supplement", "report.withdraw",
        "report.reopen", "report.move", "report.give-back", "case.verify", "case.file", "task.offer", "task.sign",
        "task.answer", "task.pass", "task.rework", "task.progress", "case.finish", "case.call-back", "case.close",
        "case.reopen", "case.decline", "case.reconsider", "case.void",
    ]

    init(
        report: Report, caseFile: Case?, clock: CaseClock, tasks: [CaseTask], steps: [Step],
        names: [OrganisationID: LocalizedName], photos: [StoryPhoto], voice: StoryVoice
    ) {
        let lead = tasks.first { $0.role == .lead }
        let refusal = steps.last { $0.subject.kind == .report && $0.action == ReportAction.refuse.rawValue }
        let told = steps.last { $0.subject.kind == .report && $0.action == ReportAction.answer.rawValue }
        let answer = report.state.isAnswered ? told : nil
        let milestones = steps.filter { Self.told.contains("\($0.subject.kind.rawValue).\($0.action)") }
            // Progress that is told inside the house only is none for the public.
            .filter { $0.action != TaskAction.progress.rawValue || $0.detail.publicNote != nil }
            .filter { !$0.endsAskedCase }
            .sorted { ($0.at, $0.id) > ($1.at, $1.id) }
            .map { step in
                // Assisting organisations' words reach the public through the lead's answer.
                let ofLead = step.subject == lead.map { .task($0.id) }
                let organisation: OrganisationID? =
                    switch step.subject.kind {
                    case .task: step.detail.target ?? tasks.first { .task($0.id) == step.subject }?.organisation
                    default: nil
                    }
                return Milestone(
                    at: step.at, kind: step.subject.kind, action: step.action,
                    organisation: organisation.flatMap { names[$0] },
                    publicNote: step.repeats(answer) || step.subject.kind == .task && !ofLead
                        ? nil : step.detail.publicNote)
            }
        self.init(
            trackingCode: report.trackingCode, receivedAt: report.receivedAt, area: report.area, state: report.state,
            number: caseFile?.number, matter: caseFile?.matter ?? report.hint,
            phase: caseFile.map { $0.phase(with: tasks) }, dueAt: caseFile?.dueAt, clock: clock,
            leadName: lead.flatMap { names[$0.organisation] }, answer: answer?.detail.publicNote,
            outcome: answer?.detail.reason.flatMap(Outcome.init(rawValue:)),
            refusal: report.state == .refused ? refusal?.detail.reason.flatMap(RefusalReason.init(rawValue:)) : nil,
            refusalNote: report.state == .refused ? refusal?.detail.publicNote : nil, milestones: milestones,
            photos: photos, voice: voice)
    }
}
