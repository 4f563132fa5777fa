import Domain
import Storage

@testable import App
@testable import Casework

extension WorldAudit {
    /// Limits: standing = fold of steps; a miss iff the end passed before it was done; lists show the ends that run.
    func limits() async throws -> [String] {
        let now = deployment.world.now()
        return try await deployment.database.read { tx in
            var found: [String] = []
            for matter in matters {
                let limits = try LimitStore.all(of: matter.caseFile.id, tx)
                for limit in limits {
                    let steps = try StepStore.all(of: .limit(limit.id), tx)
                    if steps.count != limit.version { found.append("\(limit.id): \(steps.count) steps") }
                    if steps.isEmpty != (limit.standing == nil) { found.append("\(limit.id): standing without steps") }
                    if !steps.isEmpty, try LimitStanding.machine.fold(steps) != limit.standing {
                        found.append("\(limit.id): \(String(describing: limit.standing)) is not the fold of its steps")
                    }
                    let misses = steps.filter { $0.action == LimitAction.miss.rawValue }
                    if misses.map(\.at) != [limit.missedAt].compactMap(\.self) {
                        found.append("\(limit.id): missed \(misses.count) times")
                    }
                    let end = limit.finishedAt ?? limit.cancelledAt ?? now
                    if limit.pausedAt == nil, (limit.missedAt != nil) != (limit.dueAt <= end) {
                        found.append("\(limit.id): missed \(limit.missedAt != nil), due \(limit.dueAt), end \(end)")
                    }
                    let pauses = limit.pauses.map { ($0.from, $0.to) }
                    for (index, pause) in pauses.enumerated() {
                        let before = index == 0 ? limit.beganAt : pauses[index - 1].1
                        if pause.0 < before || pause.1 < pause.0 { found.append("\(limit.id): pauses overlap") }
                    }
                }
                for overlay in try OverlayStore.all(of: matter.caseFile.id, tx) {
                    let steps = try StepStore.all(of: .overlay(overlay.id), tx)
                    if try OverlayState.machine.fold(steps) != overlay.state || steps.count != overlay.version {
                        found.append("\(overlay.id): \(overlay.state) is not the fold of its steps")
                    }
                    if let granted = overlay.grantedBy, granted == overlay.requestedBy {
                        found.append("\(overlay.id) was granted by who asked")
                    }
                }
                let open = limits.filter(\.isOpen)
                for stage in LimitStage.allCases {
                    let subjects = open.filter { $0.stage == stage }.map(\.subject)
                    if Set(subjects).count != subjects.count {
                        found.append("\(matter.caseFile.id): two clocks of \(stage)")
                    }
                }
                if let whole = open.first(where: { $0.stage == .whole }),
                    matter.caseFile.dueAt != (whole.pausedAt == nil ? whole.dueAt : nil)
                {
                    found.append(
                        "\(matter.caseFile.id): promise \(String(describing: matter.caseFile.dueAt)), not \(whole.dueAt)"
                    )
                }
                if matter.caseFile.state == .open, !open.contains(where: { $0.stage == .whole }) {
                    found.append("\(matter.caseFile.id) is open without a clock")
                }
                if !Self.running.contains(matter.caseFile.state), !open.isEmpty {
                    found.append("\(matter.caseFile.id) is over and clocks run")
                }
            }
            return found
        }
    }

    private static let running: Set<CaseState> = [.toVerify, .toFile, .open, .toCallBack]
}
