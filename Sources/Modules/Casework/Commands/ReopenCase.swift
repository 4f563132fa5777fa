public import Domain
import Storage

/// Takes a case up again with the same responsibility, and tells everybody who had an answer: 重开.
public struct ReopenCase: Sendable {
    public var caseID: CaseID
    public var note: String

    public init(caseID: CaseID, note: String) {
        self.caseID = caseID
        self.note = note
    }

    /// - Throws: `case.unknown`, `forbidden`, and the violations of ``Case/reopening(note:tasks:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let folder = try CaseFolder.locking(caseID, CaseworkPermission.reopenCase, by: actor, in: casework, tx)
            try Self.reopen(folder, note: note, by: act, in: casework, tx)
            return caseID
        }
    }

    /// The verb itself, for whoever holds the lock and has asked for the right: the centre here, the sender of a
    /// report elsewhere.
    static func reopen(
        _ folder: CaseFolder, note: String, by act: Act, in casework: Casework, _ tx: WriteTransaction
    ) throws {
        let reopening = try folder.caseFile.reopening(note: note, tasks: folder.tasks, by: act)
        try folder.save(reopening.caseFile, changed: reopening.tasks, steps: reopening.steps, in: casework, tx)
        try reopening.caseFile.reopenReports(by: act, in: casework, tx)
    }
}

extension ReportState {
    /// Whether the sender was told a result.
    var isAnswered: Bool {
        switch self {
        case .answered, .rated: true
        case .received, .asked, .accepted, .refused, .withdrawn: false
        }
    }
}
