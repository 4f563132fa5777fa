public import Domain
public import Files
import Foundation
import Storage
import Vault

/// Takes a report in: 上报. Anybody may report; staff may enter a report for somebody else.
public struct SubmitReport: Sendable {
    public var draft: ReportDraft
    /// Where the sender can be reached; kept sealed.
    public var phone: String?
    /// What the source had filed it under (imports).
    public var label: String?
    /// What the sender saw.
    public var photos = Attachments.none

    public init(draft: ReportDraft, phone: String? = nil, label: String? = nil) {
        self.draft = draft
        self.phone = phone
        self.label = label
    }

    /// What the sender gets: the code to follow the report by.
    public struct Receipt: Codable, Hashable, Sendable {
        public let id: ReportID
        public let trackingCode: String
    }

    /// A report with everything sealed and redacted, ready for the transaction.
    struct Prepared: Sendable {
        let sealed: SealedReport
        let step: Step
        let scopes: Set<Scope>
        var receipt: Receipt { Receipt(id: sealed.report.id, trackingCode: sealed.report.trackingCode.digits) }
    }

    /// - Throws: `file.unknown` for the field `files`; the violations of ``Report/submitting(_:id:trackingCode:catalogues:by:)``; `area.unknown`;
    ///   `phone.invalid` for the field `phone`; `forbidden` when somebody without the right reports for others.
    public func run(by actor: Actor, once: Once? = nil, in casework: Casework) async throws -> Receipt {
        var attempt = 1
        while true {
            let prepared = try prepare(by: actor, in: casework)
            if draft.channel != .web && draft.channel != .doorCode {
                try actor.require(CaseworkPermission.enterReport, on: prepared.scopes)
            }
            // Photos are rows that were there before: they are locked, and may be refused.
            let isolation: Isolation = photos.count > 0 ? .locking : .appending
            do {
                return try await casework.deed(once, known: prepared.receipt, isolation) { tx in
                    try ReportFolder.insert(
                        prepared.sealed, scopes: prepared.scopes, step: prepared.step, in: casework, tx)
                    try EvidenceFolder.append(photos, as: .reported, to: prepared.step, by: actor, tx)
                    return prepared.receipt
                }
            } catch let error as StorageError where error.kind == .unique && attempt < Self.attempts {
                // Another report has the code: of a million reports some five pairs would share one.
                attempt += 1
            }
        }
    }

    /// Codes to try. That two in a row are taken happens once in ten billion reports, in a city of a million.
    private static let attempts = 3

    /// Everything that needs no database: encryption stays outside the transaction.
    func prepare(by actor: Actor, in casework: Casework) throws -> Prepared {
        var violations: [RuleViolation] = []
        var scopes: Set<Scope> = []
        do { scopes = try casework.scopes(of: draft.area) } catch { violations.append(error) }
        var number: String?
        if let phone, !phone.isEmpty {
            number = PhoneNumber.normalised(phone)
            if number == nil { violations.append(RuleViolation(.invalid, "phone.invalid", field: "phone")) }
        }
        let change: Change<Report>
        do {
            change = try Report.submitting(
                draft, id: casework.world.id(), trackingCode: TrackingCode(random: casework.world.random()),
                catalogues: casework.catalogues, by: Act(of: actor, in: casework.world))
        } catch {
            throw RuleViolations(error.all + violations)
        }
        guard violations.isEmpty else { throw RuleViolations(violations) }
        let id = change.value.id.uuid
        let (key, sealedKey) = try casework.keys.makeRecordKey(table: "report", column: "words_key", id: id)
        let words = Words(title: draft.title, text: draft.text, place: draft.place)
        let contact = try number.map { number in
            SealedContact(
                phone: try key.seal(number, table: "report", column: "phone", id: id).bytes,
                index: casework.keys.index(of: number, kind: PhoneNumber.indexKind).bytes,
                mask: Masked.phone(number).mask)
        }
        return Prepared(
            sealed: SealedReport(
                report: change.value,
                words: try key.seal(JSONWriter.bytes(of: words), table: "report", column: "words", id: id).bytes,
                wordsKey: sealedKey.bytes, contact: contact, label: label, recordedAt: change.step.at),
            step: change.step, scopes: scopes)
    }
}

/// What a sender wrote, word for word. Lives encrypted only.
struct Words: Codable, Hashable, Sendable {
    let title: String?
    let text: String
    let place: String?
}
