public import Domain
import Foundation
import Identity
import Storage
import Vault

/// Opens personal data of a report for a purpose: 调阅. What is opened is written down before it is read, for the audit
/// and for the sender.
public struct Disclose: Sendable {
    public var report: ReportID
    public var field: DisclosedField
    public var purpose: DisclosurePurpose
    /// Words for the sender; must be there for another purpose.
    public var reason: String?

    public init(report: ReportID, field: DisclosedField, purpose: DisclosurePurpose, reason: String? = nil) {
        self.report = report
        self.field = field
        self.purpose = purpose
        self.reason = reason
    }

    /// The values in the clear, for one answer. Kept nowhere.
    public struct Opened: Sendable {
        public let disclosure: Disclosure
        /// The case that the report belongs to.
        public let caseID: CaseID?
        public let title: String?
        public let text: String?
        public let place: String?
        public let phone: String?
    }

    /// - Throws: `report.unknown`, `forbidden`; `disclosure.erased` once the words' key was destroyed,
    ///   `disclosure.no-phone` when none was left; the violations of ``Report/disclosing``.
    public func run(by actor: Actor, in casework: Casework) async throws -> Opened {
        let act = Act(of: actor, in: casework.world)
        let id: DisclosureID = casework.world.id()
        let (disclosure, caseID, sealed, key) = try await casework.database.write { tx in
            let (found, number) = try Self.readable(report, by: actor, in: casework, tx)
            guard let sealed = try DisclosureStore.sealed(report, tx) else { throw Authority.noReport }
            guard let key = sealed.key else { throw RuleViolation(.conflict, "disclosure.erased") }
            if field == .phone, sealed.phone == nil { throw RuleViolation(.conflict, "disclosure.no-phone") }
            let disclosure = try found.disclosing(
                field, for: purpose, reason: reason, number: number, id: id,
                role: try Self.role(of: actor, at: act.at, tx), by: act)
            try DisclosureStore.insert(disclosure, tx)
            try tx.audit(
                AuditEntry(
                    id: AuditID(id.uuid), at: act.at, account: disclosure.account, organisation: act.organisation,
                    action: DisclosureStore.action, subjectKind: SubjectKind.report.rawValue, subject: report.uuid,
                    fields: field == .words ? ["words"] : ["phone"]))
            return (disclosure, found.caseID, sealed, key)
        }
        let recordKey = try casework.keys.openRecordKey(
            SealedRecordKey(bytes: key), table: "report", column: "words_key", id: report.uuid)
        switch field {
        case .phone:
            let phone = try sealed.phone.map {
                try recordKey.openText(Envelope(bytes: $0), table: "report", column: "phone", id: report.uuid)
            }
            return Opened(
                disclosure: disclosure, caseID: caseID, title: nil, text: nil, place: nil, phone: phone)
        case .words:
            let text = try recordKey.openText(
                Envelope(bytes: sealed.words), table: "report", column: "words", id: report.uuid)
            let words = try JSONDecoder().decode(Words.self, from: Data(text.utf8))
            return Opened(
                disclosure: disclosure, caseID: caseID, title: words.title, text: words.text, place: words.place,
                phone: nil)
        }
    }

    /// The report, if the actor may open it: by its own area or by that of its case.
    static func readable(
        _ id: ReportID, by actor: Actor, in casework: Casework, _ tx: ReadTransaction
    ) throws -> (report: Report, number: CaseNumber?) {
        guard let report = try ReportStore.find(id, tx) else { throw Authority.noReport }
        var scopes = try casework.scopes(of: report.area)
        let caseFile = try report.caseID.flatMap { try CaseStore.find($0, tx)?.caseFile }
        if let caseFile { scopes.formUnion(try casework.scopes(of: caseFile.area)) }
        try Authority.require(
            CaseworkPermission.discloseReport, reading: CaseworkPermission.readReport, by: actor, on: scopes,
            missing: Authority.noReport)
        return (report, caseFile?.number)
    }

    /// What the person is in the organisation that they act for.
    private static func role(of actor: Actor, at now: Instant, _ tx: ReadTransaction) throws -> String? {
        guard let account = actor.account else { return nil }
        return try AssignmentStore.assignments(of: account, in: tx)
            .first { $0.isValid(at: now) && $0.organisation == actor.organisation }?.role
    }
}

extension Casework {
    /// A report that the actor may open, for the page that asks for the purpose.
    func disclosable(_ id: ReportID, by actor: Actor) async throws -> (report: Report, number: CaseNumber?) {
        try await database.read { tx in try Disclose.readable(id, by: actor, in: self, tx) }
    }
}
