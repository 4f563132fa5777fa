import Areas
import Domain
import Identity
import Storage
import Web

// The models of the staff pages, gathered from the queries.

extension Casework {
    /// Every community, for choosing where something is.
    var communities: [Area] {
        let tree = areas.tree
        let now = world.now()
        return tree.roots.flatMap { tree.descendants(of: $0.id) }.compactMap { tree.area($0) }.filter {
            $0.level == .community && $0.isValid(at: now)
        }
    }

    /// The matters that residents report most, as chips of the form; each has a short name of its own in the
    /// catalogues (`casework.chip.<code>`).
    var commonMatters: [CatalogueEntry] {
        let codes = ["01037", "06013", "01002", "06028", "09012", "09009", "01076", "06030"]
        guard let directory = catalogues.directories.first else { return [] }
        return codes.compactMap { directory.entry(.matter, $0) }
    }

    func areaNames(_ ids: some Sequence<AreaID>) -> [AreaID: LocalizedName] {
        let tree = areas.tree
        return ids.reduce(into: [:]) { names, id in names[id] = tree.area(id)?.name }
    }

    /// The case that a form was about, also when the form names only its task; `nil` when there is none to see.
    func caseID(_ place: ConsolePlace, by actor: Actor) async throws -> CaseID? {
        if let id = place.caseID { return id }
        guard let task = place.task else { return nil }
        return try await database.read { tx in try TaskStore.caseID(of: task, tx) }
    }

    private func named(_ scopes: [Scope]) async throws -> [(scope: Scope, name: LocalizedName)] {
        let tree = areas.tree
        let ids = scopes.filter { $0.kind == .organisation }.map { OrganisationID($0.id) }
        let organisations =
            ids.isEmpty ? [:] : try await database.read { tx in try OrganisationStore.organisations(ids, in: tx) }
        return scopes.map { scope in
            let name =
                scope.kind == .area ? tree.area(AreaID(scope.id))?.name : organisations[OrganisationID(scope.id)]?.name
            return (scope, name ?? LocalizedName(chinese: "–", english: "–"))
        }
    }

    // MARK: Console

    /// The lists of the centre, in the order of the loop.
    static let caseQueues: [Queue] = [.verify, .file, .dispatch, .sign, .work, .check, .close, .callBack]

    func consoleModel(_ input: ConsoleInput, by actor: Actor) async throws -> ConsoleModel {
        let readable = actor.scopes(for: CaseworkPermission.readCase)
            .union(actor.scopes(for: CaseworkPermission.readReport)).filter { $0.kind == .area }
        let ordered = scopesInOrder(readable)
        guard let scope = input.scope.map({ id in ordered.first { $0.id == id } }) ?? ordered.first else {
            throw RuleViolation.forbidden(CaseworkPermission.readCase)
        }
        let seesReports = actor.scopes(for: CaseworkPermission.readReport).contains(scope)
        let queues = Self.caseQueues(seesReports)
        let counts = try await counts(in: scope, by: actor)
        let queue = input.queue.flatMap { queues.contains($0) ? $0 : nil } ?? firstQueue(queues, counts)
        let (entries, next) = try await entries(in: scope, queue, due: input.due, after: input.after, by: actor)
        let selection = try await selection(input, by: actor)
        let bulkVerbs = BulkVerb.offered(in: queue).filter { actor.may($0.permission, on: Set([scope])) }
        let bulk = input.bulk.flatMap { bulkVerbs.contains($0) ? $0 : nil }
        var areaIDs: Set<AreaID> = []
        var reports: [Report] = []
        for entry in entries {
            switch entry {
            case .report(let report):
                areaIDs.insert(report.area)
                reports.append(report)
            case .caseFile(let summary): areaIDs.insert(summary.area)
            }
        }
        var organisations: [Organisation] = []
        switch selection {
        case .nothing: break
        case .report(let detail): areaIDs.insert(detail.report.area)
        case .caseFile(let detail):
            areaIDs.insert(detail.caseFile.area)
            areaIDs.formUnion(detail.reports.map(\.area) + detail.amendedAreas)
        }
        if selection.offersDispatch || bulk == .dispatch {
            let now = world.now()
            organisations = try await database.read { tx in try OrganisationStore.valid(at: now, in: tx) }
        }
        return ConsoleModel(
            scope: scope, scopes: try await named(ordered), queue: queue, queues: queues, counts: counts,
            due: input.due, dueCounts: try await dueCountsIfReadable(in: scope, by: actor),
            acceptLimits: try await acceptLimits(of: reports),
            entries: entries, next: next, selection: selection, organisations: organisations, communities: communities,
            areaNames: areaNames(areaIDs), forms: input.forms, amends: input.amends, bulk: bulk,
            bulkVerbs: bulkVerbs, notice: input.notice?.phrase,
            catalogues: catalogues)
    }

    /// The first list with something in it that the centre has to do.
    private func firstQueue(_ queues: [Queue], _ counts: [Queue: Int]) -> Queue {
        queues.first { ![.sign, .work, .supplement].contains($0) && (counts[$0] ?? 0) > 0 } ?? queues.first ?? .dispatch
    }

    private func entries(
        in scope: Scope, _ queue: Queue, due: DueFilter?, after: PageMark?, by actor: Actor
    ) async throws -> ([ConsoleModel.Entry], PageMark?) {
        if let due {
            let page = try await openCases(in: scope, queue: nil, due: due, after: after, by: actor)
            return (page.entries.map(ConsoleModel.Entry.caseFile), page.next)
        }
        if Self.reportQueues.contains(queue) {
            let page = try await waitingReports(in: scope, queue: queue, after: after, by: actor)
            return (page.entries.map(ConsoleModel.Entry.report), page.next)
        }
        let page = try await openCases(in: scope, queue: queue, after: after, by: actor)
        return (page.entries.map(ConsoleModel.Entry.caseFile), page.next)
    }

    /// People who may read reports only see no ends of cases.
    private func dueCountsIfReadable(in scope: Scope, by actor: Actor) async throws -> DueCounts {
        guard actor.scopes(for: CaseworkPermission.readCase).contains(scope) else {
            return DueCounts(late: 0, today: 0)
        }
        return try await dueCounts(in: scope, by: actor)
    }

    private func acceptLimits(of reports: [Report]) async throws -> [ReportID: LimitView] {
        if reports.isEmpty { return [:] }
        return try await database.read { tx in try acceptLimits(reports, tx) }
    }

    private func selection(_ input: ConsoleInput, by actor: Actor) async throws -> ConsoleModel.Selection {
        if let id = input.caseID { return .caseFile(try await caseDetail(id, by: actor)) }
        if let id = input.report { return .report(try await reportDetail(id, by: actor)) }
        return .nothing
    }

    // MARK: Desk

    func deskModel(_ input: DeskInput, by actor: Actor) async throws -> DeskModel {
        let ordered = scopesInOrder(actor.scopes(for: CaseworkPermission.answerTask))
        guard let scope = input.scope.map({ id in ordered.first { $0.id == id } }) ?? ordered.first else {
            throw RuleViolation.forbidden(CaseworkPermission.answerTask)
        }
        let page = try await openCases(in: scope, queue: nil, after: nil, by: actor)
        var selection: CaseDetail?
        if let id = input.caseID { selection = try await caseDetail(id, by: actor) }
        var colleagues: [AccountStore.Colleague] = []
        if selection?.verbs.contains(.assign) == true {
            let (organisation, now) = (OrganisationID(scope.id), world.now())
            colleagues = try await database.read { tx in
                try AccountStore.colleagues(of: organisation, at: now, in: tx)
            }
        }
        var areaIDs = Set(page.entries.map(\.area))
        if let selection {
            areaIDs.formUnion([selection.caseFile.area] + selection.reports.map(\.area) + selection.amendedAreas)
        }
        return DeskModel(
            scope: scope, scopes: try await named(ordered), toSign: page.entries.filter { $0.queue == .sign },
            working: page.entries.filter { $0.queue == .work }, waiting: page.entries.filter { $0.queue == .none },
            dueCounts: try await dueCountsIfReadable(in: scope, by: actor),
            isCut: page.next != nil, selection: selection, colleagues: colleagues, areaNames: areaNames(areaIDs),
            forms: input.forms,
            notice: input.notice?.phrase, catalogues: catalogues)
    }

    // MARK: Start

    func workModel(by actor: Actor) async throws -> WorkModel {
        let scopes = actor.scopes(for: CaseworkPermission.readCase)
            .union(actor.scopes(for: CaseworkPermission.answerTask))
        var lines: [WorkModel.Line] = []
        let ordered = scopesInOrder(scopes)
        let counts = try await database.read { tx in try QueueStore.counts(in: ordered, tx) }
        for (scope, name) in try await named(ordered) {
            let queues: [Queue] =
                scope.kind == .area
                ? Self.caseQueues(actor.scopes(for: CaseworkPermission.readReport).contains(scope)) : [.sign, .work]
            lines.append(
                WorkModel.Line(
                    scope: scope, name: name,
                    counts: queues.map { ($0, counts[scope]?[$0] ?? 0) }))
        }
        return WorkModel(lines: lines)
    }
}
