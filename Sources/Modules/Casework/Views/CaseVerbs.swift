import Domain

/// What can be done from a page.
public enum CaseVerb: String, Sendable, CaseIterable {
    case accept, join, refuse, verify, file, dispatch, sign, answer, check, close, reopen
    case refuseTask = "refuse-task"
    case rule, withdraw, decline, reconsider, amend, archive, void, merge, split
    case sendBack = "send-back"
    case recall, progress, remind, assign
    case finish, ask, supplement, object
    case callBack = "call-back"
    case ruleObjection = "rule-objection"
    case withdrawReport = "withdraw-report"
    case extend, park, unpark
    case decideExtension = "decide-extension"
    case decideParking = "decide-parking"
}

extension Casework {
    /// What of the less common verbs the reader may do to the case now: right and state together.
    func furtherVerbs(_ folder: CaseFolder, by actor: Actor) -> Set<CaseVerb> {
        let may = { (permission: Permission) in actor.may(permission, on: folder.scopes) }
        let state = folder.caseFile.state
        func can(_ action: CaseAction) -> Bool { (try? state.applying(action)) != nil }
        var verbs: Set<CaseVerb> = []
        if can(.reopen), may(CaseworkPermission.reopenCase) { verbs.insert(.reopen) }
        let rights: [(CaseAction, Permission, CaseVerb)] = [
            (.decline, CaseworkPermission.declineCase, .decline), (.sendBack, CaseworkPermission.fileCase, .sendBack),
            (.reconsider, CaseworkPermission.reconsiderCase, .reconsider),
            (.amend, CaseworkPermission.amendCase, .amend), (.archive, CaseworkPermission.archiveCase, .archive),
            (.void, CaseworkPermission.voidCase, .void), (.merge, CaseworkPermission.mergeCase, .merge),
            (.split, CaseworkPermission.mergeCase, .split),
        ]
        for (action, permission, verb) in rights where can(action) && may(permission) { verbs.insert(verb) }
        guard state == .open else { return verbs }
        let own = folder.tasks.first { $0.state.isLive && $0.organisation == actor.organisation }
        if own?.state == .offered, may(CaseworkPermission.refuseTask) { verbs.insert(.refuseTask) }
        if own?.state == .answered, may(CaseworkPermission.answerTask) { verbs.insert(.recall) }
        if own?.state == .working {
            if may(CaseworkPermission.answerTask) { verbs.insert(.progress) }
            if may(CaseworkPermission.assignTask) { verbs.insert(.assign) }
        }
        if folder.tasks.contains(where: \.canBeReminded), may(CaseworkPermission.remindTask) { verbs.insert(.remind) }
        if folder.tasks.contains(where: { $0.state == .refused && $0.organisation != actor.organisation }),
            may(CaseworkPermission.ruleTask),
            may(CaseworkPermission.supervise) || !Case.needsSupervisor(with: folder.tasks)
        {
            verbs.insert(.rule)
        }
        if folder.tasks.contains(where: \.canBeTakenBack), may(CaseworkPermission.withdrawTask) {
            verbs.insert(.withdraw)
        }
        return verbs
    }
}

extension CaseDetail {
    /// The areas that corrections have moved the case between.
    var amendedAreas: [AreaID] {
        steps.flatMap(\.detail.changes).filter { $0.field == .area }
            .flatMap { [$0.from, $0.to] }.compactMap { $0.flatMap { AreaID($0) } }
    }
}

extension StepDetail {
    /// The people that a task was given to and taken from.
    var assignees: [AccountID] {
        changes.filter { $0.field == .assignee }.flatMap { [$0.from, $0.to] }.compactMap {
            $0.flatMap { AccountID($0) }
        }
    }
}

extension CaseTask {
    /// Whether the organisation can be pressed for it.
    var canBeReminded: Bool { state == .offered || state == .working }

    /// Whether the centre may take the task back without a ruling.
    var canBeTakenBack: Bool {
        switch state {
        case .offered, .working, .answered: true
        case .passed, .refused, .withdrawn: false
        }
    }
}
