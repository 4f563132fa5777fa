import Domain

// What can be asked about the reporters' side.

extension Casework {
    /// The verbs that lead a case to its end, as far as the actor may do them now.
    func endings(_ folder: CaseFolder, _ asking: Asking, by actor: Actor) -> Set<CaseVerb> {
        let state = folder.caseFile.state
        guard state == .open || state == .toCallBack, Case.obstaclesToClosing(with: folder.tasks).isEmpty else {
            return []
        }
        var verbs: Set<CaseVerb> = []
        if actor.may(CaseworkPermission.closeCase, on: folder.scopes) {
            if state == .open { verbs.insert(asking.isDue ? .finish : .close) }
            if state == .toCallBack, asking.isDone { verbs.insert(.close) }
        }
        if state == .toCallBack, actor.may(CaseworkPermission.callBack, on: folder.scopes) { verbs.insert(.callBack) }
        return verbs
    }

    /// The lists of the centre that hold reports, not cases.
    static let reportQueues: Set<Queue> = [.accept, .supplement, .objection]

    /// The lists of the centre in the order of the loop.
    static func caseQueues(_ seesReports: Bool) -> [Queue] {
        (seesReports ? [.accept, .supplement] : []) + caseQueues + (seesReports ? [.objection] : [])
    }
}
