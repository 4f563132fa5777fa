public import Domain
import Storage
import Vault

/// Asks the sender of a report for what is missing: 请补充.
public struct AskReporter: Sendable {
    public var report: ReportID
    public var question: String
    public var note: String?

    public init(report: ReportID, question: String, note: String? = nil) {
        self.report = report
        self.question = question
        self.note = note
    }

    /// - Throws: `report.unknown`, `forbidden`, and the violations of ``Report/asking(_:note:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> ReportID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let folder = try ReportFolder.locking(report, CaseworkPermission.askReporter, by: actor, in: casework, tx)
            let change = try folder.report.asking(question, note: note, by: act)
            try folder.save(change.value, step: change.step, in: casework, tx)
            return report
        }
    }
}

/// Adds what was missing: 补充. By the sender with the code, or by a seat for a caller.
public struct SupplementReport: Sendable {
    public var speaking: Speaking
    public var text: String

    public init(speaking: Speaking, text: String) {
        self.speaking = speaking
        self.text = text
    }

    /// - Throws: `tracking-code.unknown`, `story.staff`, `report.unknown`, `forbidden`, and the violations of
    ///   ``Report/supplementing(_:id:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> ReportID {
        let act = Act(of: actor, in: casework.world)
        let id: SupplementID = casework.world.id()
        let words = try await seal(id, in: casework)
        return try await casework.deed(once) { tx in
            let folder = try ReportFolder.locking(speaking, by: actor, in: casework, tx)
            let (change, supplement) = try folder.report.supplementing(text, id: id, by: act)
            try folder.save(change.value, step: change.step, in: casework, tx)
            try SupplementStore.append(supplement, words: words, tx)
            return supplement.report
        }
    }

    /// The text as it came, under the report's own key; outside the transaction, as all encryption. Without the key
    /// (its words were erased) only the redacted text is kept.
    private func seal(_ id: SupplementID, in casework: Casework) async throws -> [UInt8]? {
        let found = try await casework.database.read { tx in try SupplementStore.key(speaking, tx) }
        // Whether there is such a report for this person is asked again under the lock.
        guard let found, let wrapped = found.sealed else { return nil }
        let key = try casework.keys.openRecordKey(
            SealedRecordKey(bytes: wrapped), table: "report", column: "words_key", id: found.id.uuid)
        return try key.seal(text, table: "supplement", column: "words", id: id.uuid).bytes
    }
}

/// The sender takes a report back: 撤回. Its case goes on as long as the thing itself demands it; the centre sees that
/// nobody asks for it any more.
public struct WithdrawReport: Sendable {
    public var speaking: Speaking
    public var note: String?

    public init(speaking: Speaking, note: String? = nil) {
        self.speaking = speaking
        self.note = note
    }

    /// - Throws: `tracking-code.unknown`, `story.staff`, `report.unknown`, `forbidden`, and the violations of
    ///   ``Report/withdrawing(note:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> ReportID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let folder = try ReportFolder.locking(speaking, by: actor, in: casework, tx)
            let change = try folder.report.withdrawing(note: note, by: act)
            try folder.save(change.value, step: change.step, in: casework, tx)
            return change.value.id
        }
    }
}
