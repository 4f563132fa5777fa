import Domain

extension Casework {
    /// What the reader may ask for or decide now: right, state and who asked together.
    func overlayVerbs(_ folder: CaseFolder, _ overlays: [Overlay], by actor: Actor) -> Set<CaseVerb> {
        let may = { (permission: Permission) in actor.may(permission, on: folder.scopes) }
        guard folder.caseFile.state == .open else { return [] }
        var verbs: Set<CaseVerb> = []
        let own = folder.tasks.first { $0.state == .working && $0.organisation == actor.organisation }
        if let own, let due = own.dueAt, due > world.now(), may(CaseworkPermission.askExtension),
            !overlays.contains(where: { $0.subject == .task(own.id) && $0.isLive })
        {
            verbs.insert(.extend)
        }
        if may(CaseworkPermission.decideExtension),
            overlays.contains(where: { $0.kind == .extended && $0.mayBeDecided(by: actor) })
        {
            verbs.insert(.decideExtension)
        }
        if may(CaseworkPermission.askParking), !overlays.contains(where: { $0.kind == .parked && $0.isLive }) {
            verbs.insert(.park)
        }
        if may(CaseworkPermission.decideParking) {
            if overlays.contains(where: { $0.kind == .parked && $0.mayBeDecided(by: actor) }) {
                verbs.insert(.decideParking)
            }
            if overlays.contains(where: \.isParking) { verbs.insert(.unpark) }
        }
        return verbs
    }
}

extension Overlay {
    /// Whether it waits for somebody like this person.
    func mayBeDecided(by actor: Actor) -> Bool {
        state == .requested && actor.account != requestedBy
            && (subject.kind != .task || actor.organisation != requestedFor)
    }
}
