public import Domain
import Files
import Storage
public import Web

/// A photo on the story page: the sender's own, or one that goes with the public answer.
public struct StoryPhoto: Sendable {
    public let stage: EvidenceStage
    public let at: Instant
    /// Signed, for a quarter of an hour.
    public let small: URLPath
    public let full: URLPath
}

extension Casework {
    /// What the sender of a report may see: what they sent, and, once the case has its public answer, the lead's photos.
    /// Documents stay inside.
    func storyPhotos(
        of report: ReportID, _ caseFile: Case?, _ tasks: [CaseTask], _ tx: ReadTransaction
    ) throws -> [StoryPhoto] {
        let lead = caseFile?.publicAnswer == nil ? nil : tasks.first { $0.role == .lead && $0.state.isLive }
        let now = world.now()
        return try EvidenceStore.all(of: [report.uuid] + (lead.map { [$0.id.uuid] } ?? []), tx)
            .filter { $0.kind == .photo && $0.stage != .checked }
            .map { evidence in
                StoryPhoto(
                    stage: evidence.stage, at: evidence.at, small: files.link(to: evidence.file, .small, at: now),
                    full: files.link(to: evidence.file, .full, at: now))
            }
    }
}
