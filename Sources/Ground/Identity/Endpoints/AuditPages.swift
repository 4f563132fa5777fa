import Domain
import HTTPTypes
import Storage
import Web

/// The audit administrator's pages: who did what to what, and how far the trail is sealed.
struct AuditPages {
    let services: IdentityServices
    /// Checks the head's signature.
    let publicKeys: [UInt32: [UInt8]]

    static let trail: RoutePath = "/admin/audit"
    static let entries: RoutePath = "/api/v1/audit/entries"
    static let head: RoutePath = "/api/v1/audit/head"

    static let pageSize = 50

    var endpoints: [Endpoint] { [show, listEntries, showHead] }

    static let navigation = NavigationEntry(
        .staff, "identity.audit.nav", trail.url(), "list", permission: IdentityPermission.readAudit)

    private var show: Endpoint {
        .page(
            Self.trail, access: .holding(IdentityPermission.readAudit),
            summary: "The audit trail, of all, of one person or about one thing, and the state of its chain."
        ) { (input: PageInput, _: SignedIn) in
            var violations: [RuleViolation] = []
            let person = input.person.flatMap(Login.init)
            let thing = input.thing.flatMap { UUIDValue($0) }
            if input.thing != nil, thing == nil {
                violations.append(RuleViolation(.invalid, "audit.thing", field: "thing"))
            }
            let found = try await services.database.read { tx -> (AuditStore.Filter?, AuditHead?) in
                let head = try SealStore.head(in: tx)
                if let thing { return (.subject(thing), head) }
                guard input.person != nil else { return (.all, head) }
                let account = try person.flatMap { try AccountStore.account(login: $0, in: tx) }
                return (account.map { .account($0.id) }, head)
            }
            if found.0 == nil { violations.append(RuleViolation(.invalid, "account.unknown", field: "person")) }
            let listing =
                violations.isEmpty
                ? try await listing(found.0 ?? .all, before: input.before, limit: Self.pageSize)
                : AuditListing(entries: [], names: [:], organisations: [:], next: nil)
            return AuditPage(
                listing: listing, person: input.person, thing: input.thing, isFirst: input.before == nil,
                head: found.1, isSigned: found.1?.isSigned(by: publicKeys) ?? false,
                form: FormState(
                    typed: ["person": [input.person ?? ""], "thing": [input.thing ?? ""]], violations: violations)
            ).page
        }
    }

    private var listEntries: Endpoint {
        .json(
            .get, Self.entries, access: .holding(IdentityPermission.readAudit),
            summary: "Entries of the audit trail, newest first: of all, of one account or about one thing."
        ) { (input: ListInput, _: SignedIn) in
            let filter: AuditStore.Filter =
                input.subject.map { .subject($0) } ?? input.account.map { .account($0) } ?? .all
            let listing = try await listing(filter, before: input.after, limit: input.limit)
            return ListJSON(
                items: listing.entries.map { AuditEntryJSON($0, services.world.zone) },
                next: listing.next?.description)
        }
    }

    private var showHead: Endpoint {
        .json(
            .get, Self.head, access: .holding(IdentityPermission.readAudit),
            summary: "Where the audit chain ends: number, link and signature, to be kept elsewhere."
        ) { (_: NoInput, _: SignedIn) in
            let head = try await services.database.read { tx in try SealStore.head(in: tx) }
            return ChainState(
                head: head.map { HeadAnswer($0, isSigned: $0.isSigned(by: publicKeys), services.world.zone) })
        }
    }

    private func listing(
        _ filter: AuditStore.Filter, before: AuditID?, limit: Int
    ) async throws -> AuditListing {
        try await services.database.read { tx in
            let found = try AuditStore.list(filter, before: before, limit: limit + 1, in: tx)
            let page = Array(found.prefix(limit))
            return AuditListing(
                entries: page, names: try AccountStore.names(of: Set(page.compactMap(\.account)), in: tx),
                organisations: try OrganisationStore.names(of: Set(page.compactMap(\.organisation)), in: tx),
                next: found.count > limit ? page.last?.id : nil)
        }
    }

    private struct PageInput: EndpointInput {
        let person: String?
        let thing: String?
        let before: AuditID?

        init(_ fields: inout Fields) {
            person = fields.optionalText("person", maximum: 100)
            thing = fields.optionalText("thing", maximum: 60)
            before = fields.optionalID("before")
        }
    }

    private struct ListInput: EndpointInput {
        let account: AccountID?
        let subject: UUIDValue?
        /// The last that is known; the page goes on into the past.
        let after: AuditID?
        let limit: Int

        init(_ fields: inout Fields) {
            account = fields.optionalID("account")
            subject = (fields.optionalID("subject") as ID<AuditEntry>?)?.uuid
            after = fields.optionalID("after")
            limit = fields.optionalInteger("limit", in: 1...200) ?? AuditPages.pageSize
        }
    }

    private struct AuditEntryJSON: Codable, Sendable {
        let id: AuditID
        let at: String
        let origin: String
        let account: AccountID?
        let organisation: OrganisationID?
        let action: String
        let subjectKind: String
        let subject: UUIDValue?
        let fields: [String]

        init(_ entry: AuditEntry, _ zone: ZoneOffset) {
            id = entry.id
            at = entry.at.iso8601(at: zone)
            origin = entry.origin.rawValue
            account = entry.account
            organisation = entry.organisation
            action = entry.action
            subjectKind = entry.subjectKind
            subject = entry.subject
            fields = entry.fields
        }
    }

    private struct ChainState: JSONAnswer {
        /// `nil` before anything is sealed.
        let head: HeadAnswer?
    }

    private struct HeadAnswer: Codable, Sendable {
        let number: Int64
        let link: String
        let at: Int64
        let time: String
        let key: Int64
        let signature: String
        let isSigned: Bool

        init(_ head: AuditHead, isSigned: Bool, _ zone: ZoneOffset) {
            number = head.number
            link = head.link.description
            at = head.at.milliseconds
            time = head.at.iso8601(at: zone)
            key = head.keyID
            signature = ChainLink(bytes: head.signature).description
            self.isSigned = isSigned
        }
    }
}
