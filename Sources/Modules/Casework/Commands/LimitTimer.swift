import Domain
import Foundation
import Storage

/// The durable timers of limits: one job a limit, which looks when the warning share is reached and when the end has
/// passed. Replaced by the next look, so that a limit that was moved or done does not fire.
enum LimitTimer {
    static let kind = "casework.limit"

    /// Plans the next look at a limit that was written, or takes it back.
    static func plan(_ limit: Limit, insteadOf old: Limit?, _ tx: WriteTransaction) throws {
        if let next = limit.nextLook {
            if old?.nextLook != next || old?.generation != limit.generation {
                try tx.schedule(kind, key: limit.id.description, at: next)
            }
        } else if old?.nextLook != nil {
            try tx.cancelJob(kind, key: limit.id.description)
        }
    }

    static func handler(in casework: Casework) -> JobHandler {
        .inTransaction(kind) { job, tx in
            guard let id = LimitID(job.key) else {
                throw StorageError(.decoding, "a limit's job has the key \(job.key)")
            }
            try look(at: id, in: casework, tx)
        }
    }

    /// Notes what the clock says, under the lock that every verb on the same thing takes.
    private static func look(at id: LimitID, in casework: Casework, _ tx: WriteTransaction) throws {
        guard let found = try LimitStore.find(id, tx) else { return }
        if let caseID = found.caseID {
            guard try CaseStore.lock(caseID, tx) != nil else { return }
        } else if case .report(let report) = found.subject {
            guard try ReportStore.lock(report, tx) != nil else { return }
        }
        // Read again: what was found before the lock may be out of date.
        guard let limit = try LimitStore.find(id, tx) else { return }
        let seen = try limit.watched(by: .system(in: casework.world))
        try note(seen.limit, steps: seen.steps, insteadOf: nil, in: casework, tx)
    }

    /// Writes a limit that the system itself has looked at, with its steps and an event for each.
    static func note(
        _ limit: Limit, steps: [Step], insteadOf old: Limit?, in casework: Casework, _ tx: WriteTransaction
    ) throws {
        try LimitStore.update(limit, tx)
        if let next = limit.nextLook { try tx.schedule(kind, key: limit.id.description, at: next) }
        try tell(steps, in: casework, tx)
    }

    static func tell(_ steps: [Step], in casework: Casework, _ tx: WriteTransaction) throws {
        for step in steps {
            try History.record(
                [step], of: step.subject.id, version: step.version, move: QueueMove(from: [], to: []), in: casework, tx)
        }
    }
}

extension Act {
    /// The same act that a step tells of.
    init(of step: Step, in world: World) {
        self.init(at: step.at, account: step.account, organisation: step.organisation) { world.id(Step.self).uuid }
    }

    /// What the system does on its own.
    static func system(in world: World) -> Act {
        Act(at: world.now(), account: nil, organisation: nil) { world.id(Step.self).uuid }
    }
}
