import Casework
import Domain
import Storage
import Vault

/// How far a case of the filled street has come.
enum Progress: Int, Comparable {
    case toVerify, toFile, toDispatch, offered, working, answered, passed, closed

    static func < (left: Progress, right: Progress) -> Bool { left.rawValue < right.rawValue }

    /// One of a case that is open, in the proportions of a busy centre.
    static func open(_ chance: inout SeededChance) -> Progress {
        switch Int.random(in: 0..<100, using: &chance) {
        case ..<8: .toVerify
        case ..<15: .toFile
        case ..<25: .toDispatch
        case ..<45: .offered
        case ..<80: .working
        case ..<95: .answered
        default: .passed
        }
    }
}

/// The rows of some cases in a row, with everything that the verbs would have written: reports with sealed words,
/// tasks, steps and places in lists. Audit entries, search index and events are left out: no list reads them.
struct StreetChunk {
    let people: StreetPeople
    let texts: [(text: String, redacted: String, title: String)]
    let keys: KeyRing
    var chance: SeededChance
    /// Counts reports; every one gets a code of its own from it.
    private var report: UInt64

    private var reports = TableRows(
        """
        INSERT INTO report (id, tracking_code, channel, area_id, place, title, text, words, words_key, received_at, recorded_at, state, case_id, version) VALUES 
        """)
    private var reportScopes = TableRows("INSERT INTO report_scope (scope, queue, received_at, report_id) VALUES ")
    private var cases = TableRows(
        """
        INSERT INTO case_file (id, number, area_id, title, matter, state, opened_at, due_at, outcome, public_answer, version, revision) VALUES 
        """)
    private var tasks = TableRows(
        """
        INSERT INTO case_task (id, case_id, organisation_id, role, ground, ground_reference, offered_at, state, due_at, signed_by, signed_at, outcome, public_text, answered_by, answered_at, verdict, checked_by, checked_for, checked_at, reworks, refusals, version) VALUES 
        """)
    private var steps = TableRows(
        """
        INSERT INTO step (id, subject_kind, subject_id, version, case_id, at, account_id, organisation_id, action, from_state, to_state, public_note, due_at, target_id) VALUES 
        """)
    private var caseScopes = TableRows("INSERT INTO case_scope (scope, open, due, case_id, queue) VALUES ")

    /// - Parameter index: of the first case; two reports a case at most.
    init(
        people: StreetPeople, texts: [(text: String, redacted: String, title: String)], keys: KeyRing, index: Int
    ) {
        self.people = people
        self.texts = texts
        self.keys = keys
        chance = SeededChance(seed: UInt64(index) &* 31 &+ 5)
        report = UInt64(index) * 2
    }

    var rows: Int { reports.count + reportScopes.count + cases.count + tasks.count + steps.count + caseScopes.count }

    /// Everything added so far.
    mutating func statements() -> [SQL] {
        cases.finish()
        tasks.finish()
        reports.finish()
        reportScopes.finish()
        steps.finish()
        caseScopes.finish()
        return cases.statements + tasks.statements + reports.statements + reportScopes.statements + steps.statements
            + caseScopes.statements
    }

    /// One case with its report.
    /// - Parameter number: the number it has, or would have.
    mutating func add(at opened: Instant, _ progress: Progress, number: CaseNumber) throws {
        let grid = people.grids[Int.random(in: people.grids.indices, using: &chance)]
        let id = CaseID(uuid(opened))
        let words = texts[Int.random(in: texts.indices, using: &chance)]
        let isFiled = progress >= .toDispatch
        let due = isFiled ? opened.advanced(bySeconds: Int64.random(in: 3 * 86_400...20 * 86_400, using: &chance)) : nil
        let answer = progress == .closed ? "已处理完毕，现场已恢复，感谢您的反映。" : nil
        let lead = people.handlers[Int.random(in: people.handlers.indices, using: &chance)]
        let assist = chance.happens(0.3) ? people.handlers.first { $0.organisation != lead.organisation } : nil
        let state: CaseState =
            switch progress {
            case .toVerify: .toVerify
            case .toFile: .toFile
            case .closed: .closed
            default: .open
            }
        let version = [1, 2, 4, 4, 4, 4, 4, 5][progress.rawValue]
        cases.add(
            """
            (\(id), \(isFiled ? number : nil), \(grid.id), \(words.title), \(people.matters[Int.random(in: people.matters.indices, using: &chance)]), \(state), \(opened), \(due), \(progress == .closed ? Outcome.done : nil), \(answer), \(version), \(version + 3))
            """)
        try addReport(words, grid, case: id, at: opened.advanced(bySeconds: -1800), progress)
        addCaseSteps(id, opened, progress, due)
        var places: [(scope: UUIDValue, queue: Queue)] = grid.scopes.map { ($0, progress.centreQueue) }
        if progress >= .offered {
            for (index, handler) in ([lead] + (assist.map { [$0] } ?? [])).enumerated() {
                addTask(id, handler, index == 0 ? .lead : .assist, opened, progress, due)
                places.append((handler.organisation.uuid, progress.deskQueue))
            }
        }
        let key = due ?? Instant(milliseconds: 253_402_300_799_999)
        for place in places {
            caseScopes.add("(\(place.scope), \(progress == .closed ? 0 : 1), \(key), \(id), \(place.queue))")
        }
    }

    /// A report that waits for a decision.
    mutating func addWaiting(at received: Instant) throws {
        let grid = people.grids[Int.random(in: people.grids.indices, using: &chance)]
        try addReport(texts[Int.random(in: texts.indices, using: &chance)], grid, case: nil, at: received, .toVerify)
    }

    private mutating func addReport(
        _ words: (text: String, redacted: String, title: String), _ grid: (id: AreaID, scopes: [UUIDValue]),
        case caseID: CaseID?,
        at received: Instant, _ progress: Progress
    ) throws {
        let id = uuid(received)
        let (key, sealed) = try keys.makeRecordKey(table: "report", column: "words_key", id: id)
        let envelope = try key.seal("{\"text\":\"\(words.text)\"}", table: "report", column: "words", id: id)
        let state: ReportState = caseID == nil ? .received : progress == .closed ? .answered : .accepted
        let version = caseID == nil ? 1 : progress == .closed ? 3 : 2
        reports.add(
            """
            (\(id), \(code()), \(Channel.hotline), \(grid.id), \("清河路18号"), \(words.title), \(words.redacted), \(envelope.bytes), \(sealed.bytes), \(received), \(received), \(state), \(caseID), \(version))
            """)
        for scope in grid.scopes {
            reportScopes.add("(\(scope), \(caseID == nil ? Queue.accept : Queue.none), \(received), \(id))")
        }
        step(.report, id, 1, nil, received, (people.seat, people.centre), "submit", nil, "received")
        guard caseID != nil else { return }
        step(
            .report, id, 2, caseID, received.advanced(bySeconds: 1800), (people.seat, people.centre), "accept",
            "received", "accepted")
        if progress == .closed {
            step(
                .report, id, 3, caseID, received.advanced(bySeconds: 400_000), (people.dispatcher, people.centre),
                "answer", "accepted", "answered")
        }
    }

    private mutating func addCaseSteps(_ id: CaseID, _ opened: Instant, _ progress: Progress, _ due: Instant?) {
        let dispatcher = (people.dispatcher, people.centre)
        step(.caseFile, id.uuid, 1, id, opened, (people.seat, people.centre), "register", nil, "to-verify")
        guard progress >= .toFile else { return }
        step(
            .caseFile, id.uuid, 2, id, opened.advanced(bySeconds: 3600), (people.checker, people.checkers), "verify",
            "to-verify", "to-file")
        guard progress >= .toDispatch else { return }
        step(
            .caseFile, id.uuid, 3, id, opened.advanced(bySeconds: 5400), dispatcher, "file", "to-file", "open", due: due
        )
        guard progress >= .offered else { return }
        step(.caseFile, id.uuid, 4, id, opened.advanced(bySeconds: 7200), dispatcher, "dispatch", "open", "open")
        guard progress == .closed else { return }
        step(
            .caseFile, id.uuid, 5, id, opened.advanced(bySeconds: 398_000), dispatcher, "close", "open", "closed",
            note: "已处理完毕。")
    }

    private mutating func addTask(
        _ caseID: CaseID, _ handler: (organisation: OrganisationID, account: AccountID), _ role: TaskRole,
        _ opened: Instant,
        _ progress: Progress, _ due: Instant?
    ) {
        let offered = opened.advanced(bySeconds: 7200)
        let id = uuid(offered)
        let state: TaskState =
            switch progress {
            case .working: .working
            case .answered: .answered
            case .passed, .closed: .passed
            default: .offered
            }
        let signed = progress >= .working ? opened.advanced(bySeconds: 10_000) : nil
        let answered = progress >= .answered ? opened.advanced(bySeconds: 200_000) : nil
        let checked = progress >= .passed ? opened.advanced(bySeconds: 300_000) : nil
        let version = 1 + (signed == nil ? 0 : 1) + (answered == nil ? 0 : 1) + (checked == nil ? 0 : 1)
        tasks.add(
            """
            (\(id), \(caseID), \(handler.organisation), \(role), \(Ground.statutory), \("责任清单第12条"), \(offered), \(state), \(due), \(signed == nil ? nil : handler.account), \(signed), \(answered == nil ? nil : Outcome.done), \(answered == nil ? nil : "已派人修好，现场恢复正常。"), \(answered == nil ? nil : handler.account), \(answered), \(checked == nil ? nil : Verdict.pass), \(checked == nil ? nil : people.checker), \(checked == nil ? nil : people.checkers), \(checked), \(0), \(0), \(version))
            """)
        let person = (handler.account, handler.organisation)
        step(
            .task, id, 1, caseID, offered, (people.dispatcher, people.centre), "offer", nil, "offered",
            target: handler.organisation)
        if let signed { step(.task, id, 2, caseID, signed, person, "sign", "offered", "working") }
        if let answered {
            step(.task, id, 3, caseID, answered, person, "answer", "working", "answered", note: "已派人修好。")
        }
        if let checked {
            step(.task, id, 4, caseID, checked, (people.checker, people.checkers), "pass", "answered", "passed")
        }
    }

    private mutating func step(
        _ kind: SubjectKind, _ subject: UUIDValue, _ version: Int, _ caseID: CaseID?, _ at: Instant,
        _ who: (account: AccountID, organisation: OrganisationID), _ action: String, _ from: String?, _ to: String,
        note: String? = nil, due: Instant? = nil, target: OrganisationID? = nil
    ) {
        steps.add(
            """
            (\(uuid(at)), \(kind), \(subject), \(version), \(caseID), \(at), \(who.account), \(who.organisation), \(action), \(from), \(to), \(note), \(due), \(target))
            """)
    }

    /// Codes from chance would meet: 9 × 10¹⁰ codes and a million reports make five pairs.
    private mutating func code() -> TrackingCode {
        report += 1
        return TrackingCode(random: report * 7_654_321_987)
    }

    private mutating func uuid(_ at: Instant) -> UUIDValue {
        UUIDValue(version7At: at, random: (chance.next(), chance.next()))
    }
}

extension Progress {
    /// The centre's list that a case of this progress stands in.
    fileprivate var centreQueue: Queue {
        switch self {
        case .toVerify: .verify
        case .toFile: .file
        case .toDispatch: .dispatch
        case .offered: .sign
        case .working: .work
        case .answered: .check
        case .passed: .close
        case .closed: .none
        }
    }

    /// The list of the organisation's own desk.
    fileprivate var deskQueue: Queue {
        switch self {
        case .offered: .sign
        case .working: .work
        default: .none
        }
    }
}
