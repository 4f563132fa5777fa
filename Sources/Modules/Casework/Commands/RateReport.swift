public import Domain
import Storage

/// The sender says what the answer is worth: 评价.
public struct RateReport: Sendable {
    public var code: TrackingCode
    public var draft: RatingDraft

    public init(code: TrackingCode, draft: RatingDraft) {
        self.code = code
        self.draft = draft
    }

    /// - Throws: `tracking-code.unknown`, `story.staff`, and the violations of ``Report/rating(_:by:)``.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> ReportID {
        let act = Act(of: actor, in: casework.world)
        return try await casework.deed(once) { tx in
            let folder = try ReportFolder.locking(.sender(code), by: actor, in: casework, tx)
            let (change, rating) = try folder.report.rating(draft, by: act)
            try folder.save(change.value, step: change.step, in: casework, tx)
            try RatingStore.append(rating, tx)
            return rating.report
        }
    }
}
