public import Domain
import Storage

/// Confirms that a reported matter is there: 核实.
public struct VerifyCase: Sendable {
    public var caseID: CaseID
    public var note: String?

    public init(caseID: CaseID, note: String? = nil) {
        self.caseID = caseID
        self.note = note
    }

    /// - Throws: `case.unknown`, `forbidden`, and the violations of ``Case/verifying(_:note:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let folder = try CaseFolder.locking(caseID, CaseworkPermission.verifyCase, by: actor, in: casework, tx)
            let change = try folder.caseFile.verifying(note: note, by: act)
            try folder.save(change.value, steps: [change.step], in: casework, tx)
            return caseID
        }
    }
}

/// Takes a case into the books and gives it its number: 立案.
public struct FileCase: Sendable {
    public var caseID: CaseID
    public var matter: MatterReference?
    public var title: String?
    public var dueAt: Instant?
    public var note: String?

    public init(
        caseID: CaseID, matter: MatterReference? = nil, title: String? = nil, dueAt: Instant? = nil, note: String? = nil
    ) {
        self.caseID = caseID
        self.matter = matter
        self.title = title
        self.dueAt = dueAt
        self.note = note
    }

    public struct Receipt: Codable, Hashable, Sendable {
        public let id: CaseID
        public let number: String
    }

    /// - Throws: `case.unknown`, `forbidden`, `area.no-street` for the field `area` when the area lies in no street,
    ///   and the violations of ``Case/filing(_:catalogues:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> Receipt {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let folder = try CaseFolder.locking(caseID, CaseworkPermission.fileCase, by: actor, in: casework, tx)
            let change = try folder.caseFile.filing(
                Filing(matter: matter, title: title, dueAt: dueAt, note: note), catalogues: casework.catalogues, by: act
            )
            let street = try casework.street(above: folder.caseFile.area)
            let number = try casework.nextNumber(of: street, at: act.at, tx)
            try folder.save(try change.value.numbered(number), steps: [change.step], in: casework, tx)
            return Receipt(id: caseID, number: number.description)
        }
    }
}
