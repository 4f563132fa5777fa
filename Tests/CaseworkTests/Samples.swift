import Casework
import Domain

/// Values with defaults for tests. Identifiers count up, so that failures read the same each time.
enum Sample {
    static let moment = Instant(milliseconds: 1_795_314_240_000)
    static let catalogues: Catalogues = {
        do { return try Catalogues.shipped() } catch { preconditionFailure("the shipped catalogues: \(error)") }
    }()
    static let lamp = MatterReference(standard: "gbt47678.5-2026", kind: .component, code: "01001")
    static let unknownMatter = MatterReference(standard: "gbt47678.5-2026", kind: .component, code: "99999")

    static func id<Subject>(_ number: UInt64) -> ID<Subject> { ID(UUIDValue(high: 0x7000, low: number)) }

    static let street: AreaID = id(1)
    static let centre: OrganisationID = id(10)
    static let lighting: OrganisationID = id(11)
    static let enforcement: OrganisationID = id(12)
    static let property: OrganisationID = id(13)
    static let dispatcher: AccountID = id(100)
    static let handler: AccountID = id(101)
    static let colleague: AccountID = id(102)
    static let checker: AccountID = id(103)
    static let caseID: CaseID = id(200)

    static func act(
        _ account: AccountID? = dispatcher, of organisation: OrganisationID? = centre, after seconds: Int64 = 0
    ) -> Act {
        let numbers = Numbers()
        return Act(at: moment.advanced(bySeconds: seconds), account: account, organisation: organisation) {
            UUIDValue(high: 0x7001_0000 + UInt64(seconds), low: numbers.next())
        }
    }

    static let resident = act(nil, of: nil)
    static let handling = act(handler, of: lighting, after: 60)
    static let checking = act(checker, of: centre, after: 120)

    static func draft(_ text: String = "6幢2单元的路灯坏了三天，晚上看不见。", title: String? = "路灯不亮") -> ReportDraft {
        ReportDraft(channel: .web, area: street, place: "6幢2单元", title: title, text: text)
    }

    static func report(_ state: ReportState = .received, channel: Channel = .web) -> Report {
        Report(
            id: id(300), trackingCode: TrackingCode(random: 7), channel: channel, area: street, place: "6幢2单元",
            hint: lamp,
            title: "路灯不亮", text: "6幢2单元的路灯坏了三天", receivedAt: moment, external: nil, state: state, version: 1,
            caseID: state == .received || state == .asked ? nil : caseID)
    }

    static func caseFile(_ state: CaseState = .open, matter: MatterReference? = lamp, dueAt: Instant? = nil) -> Case {
        Case(
            id: caseID, openedAt: moment, area: street, title: "路灯不亮", matter: matter, number: nil, state: state,
            dueAt: dueAt, outcome: nil, publicAnswer: nil, version: 1)
    }

    static func task(
        _ state: TaskState = .offered, role: TaskRole = .lead, organisation: OrganisationID = lighting,
        checkedBy: AccountID = checker, checkedFor: OrganisationID? = centre, reworks: Int = 0, number: UInt64 = 400
    ) -> CaseTask {
        let isSigned = [.working, .answered, .passed].contains(state)
        let isAnswered = [.answered, .passed].contains(state)
        return CaseTask(
            id: id(number), caseID: caseID, organisation: organisation, role: role, ground: .statutory,
            groundReference: "3.2", offeredAt: moment, state: state, dueAt: nil,
            signing: isSigned ? .init(account: handler, at: moment) : nil,
            answer: isAnswered
                ? .init(outcome: .done, publicText: "换了灯", internalText: nil, account: handler, at: moment) : nil,
            check: state == .passed
                ? .init(verdict: .pass, note: nil, account: checkedBy, organisation: checkedFor, at: moment) : nil,
            reworks: reworks, refusals: 0, version: 1)
    }

    static func order(
        lead: OrganisationID? = lighting, assists: [OrganisationID] = [], ground: Ground = .statutory,
        reference: String = "责任清单3.2", dueAt: Instant? = nil
    ) -> DispatchOrder {
        DispatchOrder(lead: lead, assists: assists, ground: ground, groundReference: reference, dueAt: dueAt)
    }

    private final class Numbers: @unchecked Sendable {
        private var last: UInt64 = 0

        func next() -> UInt64 {
            last += 1
            return last
        }
    }
}

/// The code and field of each violation that the body throws; empty when it throws none.
func findings(_ body: () throws -> Void) -> [String] {
    do {
        try body()
        return []
    } catch let violations as RuleViolations {
        return violations.all.map { [$0.code, $0.field].compactMap { $0 }.joined(separator: " @") }
    } catch let violation as RuleViolation {
        return [[violation.code, violation.field].compactMap { $0 }.joined(separator: " @")]
    } catch {
        return ["unexpected: \(error)"]
    }
}
