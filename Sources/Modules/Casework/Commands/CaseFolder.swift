import Domain
import Identity
import Storage

/// A case with all its tasks inside a transaction: locked, checked, changed and put back as one.
struct CaseFolder {
    let stored: StoredCase
    let tasks: [CaseTask]
    let areaScopes: Set<Scope>

    var caseFile: Case { stored.caseFile }
    var scopes: Set<Scope> { caseFile.scopes(tasks: tasks, areaScopes: areaScopes) }

    /// Locks the case and asks for the right.
    /// - Throws: `case.unknown` for people who may not read it; `forbidden`.
    static func locking(
        _ id: CaseID, _ permission: Permission, by actor: Actor, in casework: Casework, _ tx: WriteTransaction,
        missing: RuleViolation = Authority.noCase
    ) throws -> CaseFolder {
        guard let stored = try CaseStore.lock(id, tx) else { throw missing }
        let folder = CaseFolder(
            stored: stored, tasks: try TaskStore.all(of: id, tx),
            areaScopes: try casework.scopes(of: stored.caseFile.area))
        try Authority.require(
            permission, reading: CaseworkPermission.readCase, by: actor, on: folder.scopes, missing: missing)
        return folder
    }

    /// Locks the case of a task.
    /// - Throws: `task.unknown` for people who may not read it; `forbidden`.
    static func locking(
        taskID: TaskID, _ permission: Permission, by actor: Actor, in casework: Casework, _ tx: WriteTransaction
    ) throws -> (folder: CaseFolder, task: CaseTask) {
        guard let caseID = try TaskStore.caseID(of: taskID, tx) else { throw Authority.noTask }
        let folder = try locking(caseID, permission, by: actor, in: casework, tx, missing: Authority.noTask)
        guard let task = folder.tasks.first(where: { $0.id == taskID }) else { throw Authority.noTask }
        return (folder, task)
    }

    /// Puts back what a verb made of the case: rows, lists, history, event and audit entry.
    func save(
        _ caseFile: Case? = nil, changed: [CaseTask] = [], added: [CaseTask] = [], steps: [Step],
        in casework: Casework, _ tx: WriteTransaction
    ) throws {
        guard let first = steps.first else { return }
        let verb = tasks.map { task in changed.first { $0.id == task.id } ?? task } + added
        var keeper = try LimitKeeper(
            caseFile ?? self.caseFile, tasks: verb, by: Act(of: first, in: casework.world), in: casework, tx)
        let steps = try keeper.follow(steps)
        try keeper.save()
        try save(keeper, steps: steps + keeper.steps, in: casework, tx)
    }

    /// Puts back what a verb, and then its limits, made of the case.
    func save(
        _ keeper: LimitKeeper, steps: [Step], in casework: Casework, _ tx: WriteTransaction
    ) throws {
        let caseFile = keeper.caseFile
        let after = keeper.tasks
        let revision = stored.revision + 1
        try CaseStore.update(caseFile, revision: revision, tx)
        for task in after {
            if let old = tasks.first(where: { $0.id == task.id }) {
                if old != task { try TaskStore.update(task, tx) }
            } else {
                try TaskStore.insert(task, tx)
            }
        }
        let areaScopes = caseFile.area == self.caseFile.area ? areaScopes : try casework.scopes(of: caseFile.area)
        let old = self.caseFile.places(tasks: tasks, areaScopes: self.areaScopes)
        let new = caseFile.places(tasks: after, areaScopes: areaScopes)
        try QueueStore.move(caseFile.id, from: old, to: new, tx)
        try History.record(
            steps, of: caseFile.id.uuid, version: revision,
            move: QueueMove(from: old.countedPlaces, to: new.countedPlaces), in: casework, tx)
    }

    /// Puts in a case that a report has just opened.
    static func insert(
        _ caseFile: Case, tasks: [CaseTask] = [], steps: [Step], in casework: Casework, _ tx: WriteTransaction
    ) throws {
        guard let first = steps.first else { return }
        var keeper = try LimitKeeper(
            caseFile, tasks: tasks, isNew: true, by: Act(of: first, in: casework.world), in: casework, tx)
        let steps = try keeper.follow(steps)
        try keeper.save()
        let caseFile = keeper.caseFile
        let places = caseFile.places(tasks: keeper.tasks, areaScopes: try casework.scopes(of: caseFile.area))
        try CaseStore.insert(caseFile, revision: 1, tx)
        for task in keeper.tasks {
            try TaskStore.insert(task, tx)
            try TaskStore.update(task, tx)
        }
        try QueueStore.move(caseFile.id, from: [], to: places, tx)
        try History.record(
            steps + keeper.steps, of: caseFile.id.uuid, version: 1,
            move: QueueMove(from: [], to: places.countedPlaces), in: casework, tx)
    }
}
