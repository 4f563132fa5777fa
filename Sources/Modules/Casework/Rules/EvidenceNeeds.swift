public import Domain
import Foundation

/// Which photos a matter asks for before its work counts as done.
///
/// The national directory says nothing about evidence, so the list is a deployment's own; the one that ships asks for a
/// photo after the work where something that stands in the street was mended.
public struct EvidenceNeeds: Sendable {
    /// Of an entry, or of a class for all its entries that are not named themselves.
    private let stages: [MatterReference: Set<EvidenceStage>]

    public static let none = EvidenceNeeds([:])

    public init(_ stages: [MatterReference: Set<EvidenceStage>]) {
        self.stages = stages
    }

    /// What the matter asks for; nothing for a case without one.
    public func stages(for matter: MatterReference?, in catalogues: Catalogues) -> Set<EvidenceStage> {
        guard let matter else { return [] }
        var place: MatterReference? = matter
        while let reference = place {
            if let found = stages[reference] { return found }
            place = catalogues.entry(reference)?.parent
        }
        return []
    }

    /// The list that ships with the module.
    public static func shipped() throws(CatalogueError) -> EvidenceNeeds {
        let file = "evidence.json"
        let lines: [Line]
        do {
            let folder = Bundle.module.bundleURL.appending(path: "Resources/catalogues")
            lines = try JSONDecoder().decode([Line].self, from: Data(contentsOf: folder.appending(path: file)))
        } catch {
            throw CatalogueError(file: file, problem: String(describing: error))
        }
        var stages: [MatterReference: Set<EvidenceStage>] = [:]
        for line in lines {
            guard let matter = MatterReference(line.matter) else {
                throw CatalogueError(file: file, problem: "\(line.matter) is not a matter")
            }
            stages[matter] = Set(line.stages)
        }
        return EvidenceNeeds(stages)
    }

    private struct Line: Decodable {
        let matter: String
        let stages: [EvidenceStage]
    }
}

extension CaseTask {
    /// What photos are missing for this outcome. Only work that is said to be done has something to show, and only the
    /// lead answers for the whole.
    /// - Parameters:
    ///   - needed: what the case's matter asks for.
    ///   - shown: what the task has, the photos that come with the answer included.
    public func missingEvidence(
        for outcome: Outcome, needed: Set<EvidenceStage>, shown: Set<EvidenceStage>
    ) -> [RuleViolation] {
        guard outcome == .done, role == .lead else { return [] }
        return EvidenceStage.allCases.filter { ($0 == .before || $0 == .after) && needed.contains($0) }
            .filter { !shown.contains($0) }
            .map { RuleViolation(.invalid, "task.photo-missing-\($0.rawValue)", field: $0.rawValue) }
    }
}

extension Case {
    /// Whether the case can end as done as far as photos go: the lead's task shows what the matter asks for.
    /// - Parameter shown: by task.
    public static func obstaclesToClosing(
        as outcome: Outcome, tasks: some Sequence<CaseTask>, needed: Set<EvidenceStage>,
        shown: [TaskID: Set<EvidenceStage>]
    ) -> [RuleViolation] {
        let lead = tasks.first { $0.role == .lead && $0.state.isLive }
        guard let lead, !lead.missingEvidence(for: outcome, needed: needed, shown: shown[lead.id] ?? []).isEmpty else {
            return []
        }
        return [RuleViolation(.conflict, "case.photo-missing")]
    }
}
