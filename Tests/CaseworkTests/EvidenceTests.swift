import Domain
import Testing

@testable import Casework

@Suite("Photos that a matter asks for")
struct EvidenceTests {
    private let catalogues: Catalogues

    init() {
        catalogues = Sample.catalogues
    }

    private func matter(_ text: String) throws -> MatterReference { try #require(MatterReference(text)) }

    @Test("an entry's own line counts before that of its class; nothing is asked for without a line")
    func lookUp() throws {
        let needs = EvidenceNeeds([
            try matter("gbt47678.5-2026/component/01"): [.after],
            try matter("gbt47678.5-2026/component/01002"): [.before, .after],
        ])
        #expect(needs.stages(for: try matter("gbt47678.5-2026/component/01001"), in: catalogues) == [.after])
        #expect(needs.stages(for: try matter("gbt47678.5-2026/component/01002"), in: catalogues) == [.before, .after])
        #expect(needs.stages(for: try matter("gbt47678.5-2026/matter/01001"), in: catalogues) == [])
        #expect(needs.stages(for: nil, in: catalogues) == [])
        #expect(EvidenceNeeds.none.stages(for: try matter("gbt47678.5-2026/component/01001"), in: catalogues) == [])
    }

    @Test("the shipped list names what the catalogues have, and asks for photos of repaired things")
    func shipped() throws {
        let needs = try EvidenceNeeds.shipped()
        for directory in catalogues.directories {
            for code in ["01", "02", "03"] {
                let reference = MatterReference(standard: directory.standard, kind: .component, code: code)
                #expect(catalogues.contains(reference))
                #expect(needs.stages(for: reference, in: catalogues) == [.after])
            }
        }
    }

    @Test("only the lead's work that is said to be done must be shown", arguments: Outcome.allCases, TaskRole.allCases)
    func missing(outcome: Outcome, role: TaskRole) throws {
        let sets: [Set<EvidenceStage>] = [[], [.before], [.after], [.before, .after], [.reported, .checked]]
        for needed in sets {
            for shown in sets {
                let task = Sample.task(role: role)
                let codes = task.missingEvidence(for: outcome, needed: needed, shown: shown).map(\.code)
                let expected =
                    outcome == .done && role == .lead
                    ? ["before", "after"].filter { name in
                        let stage = EvidenceStage(rawValue: name)!
                        return needed.contains(stage) && !shown.contains(stage)
                    }.map { "task.photo-missing-\($0)" } : []
                #expect(codes == expected)
                let obstacles = Case.obstaclesToClosing(
                    as: outcome, tasks: [task], needed: needed, shown: [task.id: shown])
                #expect(obstacles.map(\.code) == (expected.isEmpty ? [] : ["case.photo-missing"]))
            }
        }
    }
}
