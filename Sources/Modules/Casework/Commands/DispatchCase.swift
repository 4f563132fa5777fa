public import Domain
import Identity
import Storage

/// Gives a case to a lead and to assisting organisations, on a ground: 派遣.
public struct DispatchCase: Sendable {
    public var caseID: CaseID
    public var order: DispatchOrder

    public init(caseID: CaseID, order: DispatchOrder) {
        self.caseID = caseID
        self.order = order
    }

    /// - Throws: `case.unknown`, `forbidden`, `organisation.unknown` for the field `lead` or `assists`, and the
    ///   violations of ``Case/dispatching(_:beside:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let folder = try CaseFolder.locking(caseID, CaseworkPermission.dispatchCase, by: actor, in: casework, tx)
            let dispatching = try folder.caseFile.dispatching(order, beside: folder.tasks, by: act)
            let known = try OrganisationStore.organisations(dispatching.tasks.map(\.organisation), in: tx)
            for task in dispatching.tasks where known[task.organisation]?.isInForce(at: act.at) != true {
                throw RuleViolation(.invalid, "organisation.unknown", field: task.role == .lead ? "lead" : "assists")
            }
            try folder.save(
                dispatching.caseFile, added: dispatching.tasks, steps: dispatching.steps, in: casework, tx)
            return caseID
        }
    }
}

extension Organisation {
    fileprivate func isInForce(at moment: Instant) -> Bool {
        validFrom <= moment && (validTo.map { moment < $0 } ?? true)
    }
}
