import Domain
import Storage

@testable import App
@testable import Casework

extension WorldAudit {
    /// What reporters said is in the tables exactly as often as the histories say, and an objection waits exactly
    /// while its report says so.
    func voices() async throws -> [String] {
        try await deployment.database.read { tx in
            var found: [String] = []
            func compare(_ action: String, _ steps: [Step], _ versions: [Int], _ name: String) {
                let told = steps.filter { $0.action == action }.map(\.version)
                if Set(told) != Set(versions) || told.count != versions.count {
                    found.append("\(name): \(action) at \(told), kept at \(versions)")
                }
            }
            for matter in matters {
                let id = matter.caseFile.id
                let tries = try CallbackStore.all(of: id, tx)
                compare(
                    CaseAction.callBack.rawValue, try StepStore.all(of: .caseFile(id), tx), tries.map(\.version),
                    "case \(id)")
            }
            for stored in reports {
                let report = stored.report
                let steps = try StepStore.all(of: .report(report.id), tx)
                compare(
                    ReportAction.rate.rawValue, steps, try RatingStore.all(of: report.id, tx).map(\.version),
                    "report \(report.id)")
                compare(
                    ReportAction.supplement.rawValue, steps,
                    try SupplementStore.all(of: [report.id], tx).map(\.version), "report \(report.id)")
                let objections = try ObjectionStore.all(of: [report.id], tx)
                compare(ReportAction.object.rawValue, steps, objections.map(\.version), "report \(report.id)")
                let waiting = objections.filter { $0.decision == nil }
                if waiting.map(\.at) != (report.objectedAt.map { [$0] } ?? []) {
                    found.append("report \(report.id): \(waiting.count) objections wait")
                }
                for objection in objections where objection.decision?.ruling == .upheld {
                    let ruling = steps.first { $0.version > objection.version && $0.action == "uphold" }
                    let told = Report.told(steps.filter { $0.version < objection.version })
                    if ruling == nil || ruling?.account == told?.account {
                        found.append("report \(report.id): upheld by whoever had decided")
                    }
                }
            }
            return found
        }
    }
}
