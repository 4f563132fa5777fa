public import Domain
import Storage

/// Puts title, matter or area of a case right: 更正.
public struct AmendCase: Sendable {
    public var caseID: CaseID
    public var amendment: Amendment

    public init(caseID: CaseID, amendment: Amendment) {
        self.caseID = caseID
        self.amendment = amendment
    }

    /// - Throws: `case.unknown`, `forbidden` (also when the right does not hold in the new area), `area.unknown`, and
    ///   the violations of ``Case/amending(_:catalogues:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let folder = try CaseFolder.locking(caseID, CaseworkPermission.amendCase, by: actor, in: casework, tx)
            let change = try folder.caseFile.amending(amendment, catalogues: casework.catalogues, by: act)
            // Moving a case into an area where one has no say would take it out of everybody's sight here.
            try actor.require(CaseworkPermission.amendCase, on: try casework.scopes(of: change.value.area))
            try folder.save(change.value, steps: [change.step], in: casework, tx)
            return caseID
        }
    }
}
