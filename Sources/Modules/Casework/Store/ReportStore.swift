import Domain
import Storage

/// A report's parts that only the store knows: the sealed words and the sealed way to reach the sender.
struct SealedReport: Sendable {
    let report: Report
    /// The title, text and place as they came.
    let words: [UInt8]
    let wordsKey: [UInt8]
    let contact: SealedContact?
    /// What another system filed it under; a fact about the source, not a decision of the centre.
    let label: String?
    let recordedAt: Instant
}

/// A telephone number that can be called back, searched by equality, and shown masked.
struct SealedContact: Sendable {
    let phone: [UInt8]
    let index: [UInt8]
    let mask: String
}

/// Reports and the lists that they wait in.
enum ReportStore {
    static func insert(_ sealed: SealedReport, scopes: Set<Scope>, _ tx: WriteTransaction) throws {
        let report = sealed.report
        try tx.enqueue(
            """
            INSERT INTO report (id, tracking_code, channel, area_id, place, hint, title, text, words, words_key,
                phone, phone_index, phone_mask, source, source_id, label, received_at, recorded_at, state, case_id, version)
            VALUES (\(report.id), \(report.trackingCode), \(report.channel), \(report.area), \(report.place),
                \(report.hint), \(report.title), \(report.text), \(sealed.words), \(sealed.wordsKey),
                \(sealed.contact?.phone), \(sealed.contact?.index), \(sealed.contact?.mask),
                \(report.external?.source), \(report.external?.id), \(sealed.label), \(report.receivedAt),
                \(sealed.recordedAt), \(report.state), \(report.caseID), \(report.version))
            """)
        try insertScopes(report, scopes, tx)
    }

    /// Writes what a verb changed. The caller holds the row's lock.
    static func update(_ report: Report, from old: Report, scopes: Set<Scope>, _ tx: WriteTransaction) throws {
        try tx.enqueue(
            """
            UPDATE report SET state = \(report.state), case_id = \(report.caseID),
                objected_at = \(report.objectedAt), version = \(report.version)
            WHERE id = \(report.id)
            """)
        guard report.queue != old.queue else { return }
        for scope in scopes.sorted() {
            try tx.enqueue(
                """
                DELETE FROM report_scope WHERE scope = \(scope.id) AND queue = \(old.queue)
                    AND received_at = \(old.receivedAt) AND report_id = \(old.id)
                """)
        }
        try insertScopes(report, scopes, tx)
    }

    private static func insertScopes(_ report: Report, _ scopes: Set<Scope>, _ tx: WriteTransaction) throws {
        guard !scopes.isEmpty else { return }
        var insert: SQL = "INSERT INTO report_scope (scope, queue, received_at, report_id) VALUES "
        for (index, scope) in scopes.sorted().enumerated() {
            insert =
                insert + (index == 0 ? "" : ", ")
                + "(\(scope.id), \(report.queue), \(report.receivedAt), \(report.id))"
        }
        try tx.enqueue(insert)
    }

    private static let columns: SQL = """
        id, tracking_code, channel, area_id, place, hint, title, text, source, source_id, received_at, state,
        case_id, objected_at, version
        """

    static func find(_ id: ReportID, _ tx: ReadTransaction) throws -> Report? {
        try tx.first("SELECT \(columns) FROM report WHERE id = \(id)").map(report)
    }

    /// Locks the row, so that what follows checks and writes the same report.
    static func lock(_ id: ReportID, _ tx: WriteTransaction) throws -> Report? {
        try tx.first("SELECT \(columns) FROM report WHERE id = \(id)\(SQL.forUpdate)").map(report)
    }

    static func lock(_ code: TrackingCode, _ tx: WriteTransaction) throws -> Report? {
        try tx.first("SELECT \(columns) FROM report WHERE tracking_code = \(code)\(SQL.forUpdate)").map(report)
    }

    static func find(_ code: TrackingCode, _ tx: ReadTransaction) throws -> Report? {
        try tx.first("SELECT \(columns) FROM report WHERE tracking_code = \(code)").map(report)
    }

    /// Several reports in one statement, in no order.
    static func all(_ ids: [ReportID], _ tx: ReadTransaction) throws -> [Report] {
        guard !ids.isEmpty else { return [] }
        return try tx.rows("SELECT \(columns) FROM report WHERE id \(in: ids)").map(report)
    }

    /// Reports in the order of their ids, so many behind the given one.
    static func behind(_ after: ReportID?, limit: Int, _ tx: ReadTransaction) throws -> [Report] {
        let from: SQL = after.map { " WHERE id > \($0)" } ?? ""
        return try tx.rows("SELECT \(columns) FROM report\(from) ORDER BY id LIMIT \(limit)").map(report)
    }

    /// All reports of a case, first come first.
    static func all(of caseID: CaseID, _ tx: ReadTransaction) throws -> [Report] {
        try tx.rows("SELECT \(columns) FROM report WHERE case_id = \(caseID) ORDER BY received_at, id").map(report)
    }

    /// How many other reports the case has, those taken back left out.
    static func others(of id: ReportID, in caseID: CaseID, _ tx: ReadTransaction) throws -> Int {
        let row = try tx.first(
            """
            SELECT count(*) AS n FROM report
            WHERE case_id = \(caseID) AND id <> \(id) AND state <> \(ReportState.withdrawn)
            """)
        return try row?.get("n") ?? 0
    }

    /// All reports of a case, locked in a fixed order.
    static func lockAll(of caseID: CaseID, _ tx: WriteTransaction) throws -> [Report] {
        try tx.rows("SELECT \(columns) FROM report WHERE case_id = \(caseID) ORDER BY id\(SQL.forUpdate)").map(report)
    }

    /// The reports that wait in one scope's list, oldest first.
    static func waiting(
        in scope: Scope, queue: Queue, after: PageMark?, limit: Int, _ tx: ReadTransaction
    ) throws -> [Report] {
        let from: SQL = after.map { " AND (s.received_at, s.report_id) > (\($0.at), \($0.id))" } ?? ""
        return try tx.rows(
            """
            SELECT \(qualified) FROM report_scope s JOIN report r ON r.id = s.report_id
            WHERE s.scope = \(scope.id) AND s.queue = \(queue)\(from)
            ORDER BY s.received_at, s.report_id LIMIT \(limit)
            """
        ).map(report)
    }

    private static let qualified: SQL = """
        r.id, r.tracking_code, r.channel, r.area_id, r.place, r.hint, r.title, r.text, r.source, r.source_id,
        r.received_at, r.state, r.case_id, r.objected_at, r.version
        """

    /// Reports that match a search, newest first, within areas or within the cases of an organisation.
    static func matching(
        _ ids: SQL, areas: [AreaID]?, organisation: OrganisationID?, after: PageMark?, limit: Int,
        _ tx: ReadTransaction
    ) throws -> [Report] {
        var filter: SQL = ""
        if let after { filter = filter + " AND (r.received_at, r.id) < (\(after.at), \(after.id))" }
        if let areas { filter = filter + " AND r.area_id \(in: areas)" }
        if let organisation {
            filter =
                filter + """
                     AND EXISTS (SELECT 1 FROM case_task t WHERE t.case_id = r.case_id
                        AND t.organisation_id = \(organisation) AND t.state <> 'withdrawn')
                    """
        }
        return try tx.rows(
            """
            SELECT \(qualified) FROM report r WHERE r.id IN (\(ids))\(filter)
            ORDER BY r.received_at DESC, r.id DESC LIMIT \(limit)
            """
        ).map(report)
    }

    /// The reports that records of another system became, by their id there.
    static func known(_ ids: [String], from source: String, _ tx: ReadTransaction) throws -> [String: KnownReport] {
        guard !ids.isEmpty else { return [:] }
        let rows = try tx.rows(
            "SELECT source_id, id, label, words, words_key FROM report WHERE source = \(source) AND source_id \(in: ids)"
        )
        return try rows.reduce(into: [:]) { known, row in
            known[try row.get("source_id")] = KnownReport(
                id: try row.get("id"), label: try row.get(optional: "label"), words: try row.get("words"),
                wordsKey: try row.get(optional: "words_key"))
        }
    }

    /// The redacted words of several reports, for the search index.
    static func words(of ids: [ReportID], _ tx: ReadTransaction) throws -> [(id: ReportID, title: String, text: String)]
    {
        guard !ids.isEmpty else { return [] }
        return try tx.rows("SELECT id, title, text FROM report WHERE id \(in: ids)").map { row in
            (try row.get("id"), try row.get("title"), try row.get("text"))
        }
    }

    /// What staff see besides the report itself: the masked number and what the source had filed it under.
    static func shown(_ id: ReportID, _ tx: ReadTransaction) throws -> (phoneMask: String?, label: String?) {
        guard let row = try tx.first("SELECT phone_mask, label FROM report WHERE id = \(id)") else { return (nil, nil) }
        return (try row.get(optional: "phone_mask"), try row.get(optional: "label"))
    }

    private static func report(_ row: Row) throws -> Report {
        var external: ExternalReference?
        if let source: String = try row.get(optional: "source") {
            external = ExternalReference(source: source, id: try row.get("source_id"))
        }
        return Report(
            id: try row.get("id"), trackingCode: try row.get("tracking_code"), channel: try row.get("channel"),
            area: try row.get("area_id"), place: try row.get(optional: "place"), hint: try row.get(optional: "hint"),
            title: try row.get("title"), text: try row.get("text"), receivedAt: try row.get("received_at"),
            external: external, state: try row.get("state"), version: try row.get("version"),
            caseID: try row.get(optional: "case_id"), objectedAt: try row.get(optional: "objected_at"))
    }
}
