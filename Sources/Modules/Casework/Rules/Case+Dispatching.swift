public import Domain

/// Who is to handle a case, and what that rests on.
public struct DispatchOrder: Hashable, Sendable {
    /// Needed while the case has no lead; absent when only assisting organisations are added.
    public var lead: OrganisationID?
    public var assists: [OrganisationID]
    public var ground: Ground
    /// The clause of the matrix, the minutes, or the written reason.
    public var groundReference: String
    /// The limit for all of them; when missing, each has the time that its matter gives it.
    public var dueAt: Instant?
    public var note: String?

    public init(
        lead: OrganisationID?, assists: [OrganisationID] = [], ground: Ground, groundReference: String,
        dueAt: Instant? = nil, note: String? = nil
    ) {
        self.lead = lead
        self.assists = assists
        self.ground = ground
        self.groundReference = groundReference
        self.dueAt = dueAt
        self.note = note
    }
}

/// A dispatched case and its new tasks.
public struct Dispatching: Sendable {
    public let caseFile: Case
    /// The lead first, then the assisting organisations in the order given.
    public let tasks: [CaseTask]
    /// The case's step, then one for each task.
    public let steps: [Step]
}

extension Case {
    /// Gives the case to a lead and to assisting organisations.
    ///
    /// After dispatch exactly one lead answers for the case. A lead that refused stays the lead until its task is
    /// withdrawn.
    /// - Parameter tasks: all tasks that the case has.
    /// - Throws: `case.not-now`; for the fields `lead`: `case.lead-missing`, `case.lead-exists`; `assists`:
    ///   `case.organisation-twice`, `case.nobody-named`; `groundReference`: `ground.clause-missing`,
    ///   `ground.minutes-missing`, `ground.reason-missing`, `input.too-long`; `ground`: `ground.not-for-dispatch`;
    ///   `dueAt`: `limit.past`,
    ///   `limit.after-case`; `note`: `input.too-long`.
    public func dispatching(
        _ order: DispatchOrder, beside tasks: [CaseTask], by act: Act
    ) throws(RuleViolations)
        -> Dispatching
    {
        _ = try only { () throws(RuleViolation) in try state.applying(.dispatch) }
        let live = tasks.filter(\.state.isLive)
        var findings = Findings()
        findings.checkOrganisations(of: order, beside: live)
        findings.require(
            Ground.ofDispatch.contains(order.ground),
            or: RuleViolation(.invalid, "ground.not-for-dispatch", field: "ground"))
        let reference = findings.groundReference(order.groundReference, for: order.ground)
        let note = findings.text(order.note, field: "note", limit: TextLimit.note)
        if let dueAt = order.dueAt {
            findings.require(dueAt > act.at, or: RuleViolation(.invalid, "limit.past", field: "dueAt"))
            // A promise that has passed binds nobody any more; what is late still has to be given a date.
            if let promised = self.dueAt, promised > act.at {
                findings.require(dueAt <= promised, or: RuleViolation(.invalid, "limit.after-case", field: "dueAt"))
            }
        }
        try findings.settle()

        var checked = order
        checked.groundReference = reference
        checked.note = note
        return try offering(checked, by: act)
    }

    /// Makes the tasks of an order that has been looked at.
    func offering(_ order: DispatchOrder, by act: Act) throws(RuleViolations) -> Dispatching {
        let dueAt = order.dueAt
        let reference = order.groundReference
        let change = try moved(
            .dispatch,
            detail: StepDetail(
                note: order.note, ground: order.ground, groundReference: reference, dueAt: dueAt, target: order.lead),
            by: act)
        let offered = try only { () throws(RuleViolation) in try TaskState.machine.beginning(with: .offer) }
        let parts = (order.lead.map { [($0, TaskRole.lead)] } ?? []) + order.assists.map { ($0, TaskRole.assist) }
        let made = parts.map { organisation, role in
            CaseTask(
                id: act.id(), caseID: id, organisation: organisation, role: role, ground: order.ground,
                groundReference: reference, offeredAt: act.at, state: offered, dueAt: dueAt, signing: nil, answer: nil,
                check: nil, reworks: 0, refusals: 0, version: 1)
        }
        let offers = made.map { task in
            task.step(
                .offer, from: nil,
                detail: StepDetail(
                    ground: task.ground, groundReference: reference, dueAt: dueAt, target: task.organisation),
                by: act)
        }
        return Dispatching(caseFile: change.value, tasks: made, steps: [change.step] + offers)
    }
}

extension Findings {
    fileprivate mutating func checkOrganisations(of order: DispatchOrder, beside live: [CaseTask]) {
        let hasLead = live.contains { $0.role == .lead }
        if hasLead {
            require(order.lead == nil, or: RuleViolation(.conflict, "case.lead-exists", field: "lead"))
        } else {
            require(order.lead != nil, or: RuleViolation(.invalid, "case.lead-missing", field: "lead"))
        }
        let named = (order.lead.map { [$0] } ?? []) + order.assists
        if hasLead, order.lead == nil {
            require(!named.isEmpty, or: RuleViolation(.invalid, "case.nobody-named", field: "assists"))
        }
        let all = live.map(\.organisation) + named
        require(
            Set(all).count == all.count, or: RuleViolation(.invalid, "case.organisation-twice", field: "assists"))
    }

    /// Each ground needs its own proof, so that the three cannot be mixed up in the count.
    fileprivate mutating func groundReference(_ raw: String, for ground: Ground) -> String {
        let before = all.count
        let reference = text(raw, field: "groundReference", limit: TextLimit.groundReference)
        if let reference { return reference }
        guard all.count == before else { return "" }
        switch ground {
        case .statutory: add(RuleViolation(.invalid, "ground.clause-missing", field: "groundReference"))
        case .agreed: add(RuleViolation(.invalid, "ground.minutes-missing", field: "groundReference"))
        case .designated: add(RuleViolation(.invalid, "ground.reason-missing", field: "groundReference"))
        case .selfHandled: break
        }
        return ""
    }
}
