public import Domain
import Storage

/// Keeps a try to ask a reporter what came of it: 回访.
public struct CallBack: Sendable {
    public var caseID: CaseID
    public var attempt: CallbackTry

    public init(caseID: CaseID, attempt: CallbackTry) {
        self.caseID = caseID
        self.attempt = attempt
    }

    /// - Throws: `case.unknown`, `forbidden`, and the violations of ``Case/callingBack(_:reports:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> CaseID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let folder = try CaseFolder.locking(caseID, CaseworkPermission.callBack, by: actor, in: casework, tx)
            let reports = try ReportStore.all(of: caseID, tx)
            let (change, callback) = try folder.caseFile.callingBack(attempt, reports: reports, by: act)
            try folder.save(change.value, steps: [change.step], in: casework, tx)
            try CallbackStore.append(callback, tx)
            return caseID
        }
    }
}

/// What was asked about a case, and who can be.
struct CallbackFolder {
    /// Every try, oldest first.
    let callbacks: [Callback]
    /// What senders said by themselves, oldest first.
    let ratings: [Rating]
    /// The masked numbers of those who left one.
    let numbers: [ReportID: String]
    /// The case's version when its work was last finished; its own while it is not.
    private let finished: Int

    init(of caseFile: Case, _ tx: ReadTransaction) throws {
        callbacks = try CallbackStore.all(of: caseFile.id, tx)
        ratings = try RatingStore.all(of: caseFile.id, tx)
        numbers = try CallbackStore.numbers(of: caseFile.id, tx)
        finished = caseFile.state == .toCallBack ? try CallbackStore.finished(caseFile.id, tx) : caseFile.version
    }

    func asking(_ reports: [Report], policy: VoicePolicy) -> Asking {
        // A report that was rated bears its last rating; after a reopening it is rated no more.
        let rated = reports.filter { $0.state == .rated }.compactMap { report in
            ratings.last { $0.report == report.id }?.said
        }
        return Asking(
            reports: reports, reachable: Set(numbers.keys), callbacks: callbacks.filter { $0.version > finished },
            ratings: rated, policy: policy)
    }
}

extension CaseFolder {
    /// Whether the case's reporters have been asked since its work was finished.
    /// - Parameter reports: all reports of the case.
    func asking(_ reports: [Report], in casework: Casework, _ tx: ReadTransaction) throws -> Asking {
        try CallbackFolder(of: caseFile, tx).asking(reports, policy: casework.voice)
    }
}
