import Domain
import Files
import Storage
import Web

/// The photos that come with a deed, inside its transaction.
enum EvidenceFolder {
    /// Gives the files to the step's subject and writes down what they show.
    /// - Throws: `file.unknown`, `file.too-many` for the field `files`.
    static func append(
        _ attachments: Attachments, as stage: EvidenceStage, to step: Step, by actor: Actor, _ tx: WriteTransaction
    ) throws {
        guard attachments.count > 0 else { return }
        guard attachments.count <= Files.photoRule.files else {
            throw RuleViolation(
                .invalid, "file.too-many", field: "files", arguments: ["max": String(Files.photoRule.files)])
        }
        let files = try attachments.attach(to: step.subject.fileSubject, by: actor, tx)
        for (position, file) in files.enumerated() {
            try EvidenceStore.append(
                Evidence(
                    file: file.id, kind: file.kind, subject: step.subject, step: step.id, stage: stage, at: step.at),
                position: position, tx)
        }
    }

    /// Asks for the photos that the matter needs before its work counts as done. Work that is done again is shown again:
    /// a photo of after goes with each answer, one of before is good once.
    static func require(
        for outcome: Outcome, of task: CaseTask, matter: MatterReference?, before: Bool, after: Bool,
        in casework: Casework, _ tx: ReadTransaction
    ) throws {
        let needed = casework.evidence.stages(for: matter, in: casework.catalogues)
        guard !needed.isEmpty else { return }
        var shown: Set<EvidenceStage> = after ? [.after] : []
        if before {
            shown.insert(.before)
        } else if needed.contains(.before), try stages(of: [task], tx)[task.id]?.contains(.before) == true {
            shown.insert(.before)
        }
        let missing = task.missingEvidence(for: outcome, needed: needed, shown: shown)
        guard missing.isEmpty else { throw RuleViolations(missing) }
    }

    static func requireForClosing(
        as outcome: Outcome, _ folder: CaseFolder, in casework: Casework, _ tx: ReadTransaction
    ) throws {
        let needed = casework.evidence.stages(for: folder.caseFile.matter, in: casework.catalogues)
        guard !needed.isEmpty else { return }
        let obstacles = Case.obstaclesToClosing(
            as: outcome, tasks: folder.tasks, needed: needed, shown: try stages(of: folder.tasks, tx))
        guard obstacles.isEmpty else { throw RuleViolations(obstacles) }
    }

    /// What each of these tasks shows so far.
    static func stages(of tasks: [CaseTask], _ tx: ReadTransaction) throws -> [TaskID: Set<EvidenceStage>] {
        try EvidenceStore.all(of: tasks.map(\.id.uuid), tx).reduce(into: [:]) { shown, evidence in
            if case .task(let id) = evidence.subject { shown[id, default: []].insert(evidence.stage) }
        }
    }
}

extension Subject {
    /// The name under which files belong to it; see `FileGuards`.
    var fileSubject: FileSubject {
        switch self {
        case .report(let id): FileSubject(FileGuards.report, id.uuid)
        case .caseFile(let id): FileSubject(FileGuards.caseFile, id.uuid)
        case .task(let id): FileSubject(FileGuards.task, id.uuid)
        case .overlay(let id): FileSubject(FileGuards.overlay, id.uuid)
        case .limit(let id): FileSubject(FileGuards.limit, id.uuid)
        }
    }
}
