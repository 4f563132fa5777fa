public import Domain
public import Storage
public import Web

/// A session that is good at the moment it was asked for, with what its person may be.
public struct LiveSession: Sendable {
    public let id: SessionID
    public let account: AccountID
    public let name: String
    public let language: Language?
    public let createdAt: Instant
    /// To the nearest few minutes; see `SessionPolicy`.
    public let seenAt: Instant
    public let expiresAt: Instant
    /// In force, in organisations that are in force; oldest first.
    public let assignments: [Assignment]
    /// Of the oldest assignment in force: the organisation the person acts for.
    public let organisation: (id: OrganisationID, name: LocalizedName)?
    /// Opened with a code, or the code was set up in it.
    public let hasSecondFactor: Bool

    /// When time alone takes something from it: its own end, or that of an assignment.
    var goodUntil: Instant { min(expiresAt, assignments.compactMap(\.validTo).min() ?? expiresAt) }

    /// The person with the rights that these roles give. Where administrators must have a second factor, the rights of
    /// one who has none rest.
    public func actor(_ roles: RoleBook, _ policy: SecondFactorPolicy = .optional) -> Actor {
        let counted =
            policy == .administrators && !hasSecondFactor
            ? assignments.filter { roles[$0.role]?.duty == nil } : assignments
        return Actor(account: account, organisation: organisation?.id, grants: roles.grants(for: counted))
    }
}

/// The table of sessions. It holds hashes of tokens: whoever reads it cannot sign in with what they find.
public enum SessionStore {
    /// What `live` says is kept for a moment (see `SessionMemory`): who ends a session, or takes a right away, outdates it.
    static let mark = ChangeMark("identity.session")

    /// The session of that token if it is good, with its person's assignments, in one statement.
    public static func live(_ token: TokenHash, at now: Instant, in tx: ReadTransaction) throws -> LiveSession? {
        let rows = try tx.rows(
            """
            SELECT s.id AS session_id, s.account_id, s.created_at, s.seen_at, s.expires_at, s.second_factor,
                a.name, a.locale,
                m.id AS assignment_id, m.role, m.organisation_id, m.area_id, m.valid_from, m.valid_to,
                o.id AS valid_organisation_id, o.name_zh, o.name_en
            FROM session s
            JOIN account a ON a.id = s.account_id AND a.state = 'active'
            LEFT JOIN assignment m ON m.account_id = s.account_id
                AND m.valid_from <= \(now) AND (m.valid_to IS NULL OR m.valid_to > \(now))
            LEFT JOIN organisation o ON o.id = m.organisation_id
                AND o.valid_from <= \(now) AND (o.valid_to IS NULL OR o.valid_to > \(now))
            WHERE s.token_hash = \(token) AND s.expires_at > \(now)
            ORDER BY m.id
            """)
        guard let first = rows.first else { return nil }
        let account: AccountID = try first.get("account_id")
        var assignments: [Assignment] = []
        var organisation: (id: OrganisationID, name: LocalizedName)?
        for row in rows {
            guard let id: OrganisationID = try row.get(optional: "valid_organisation_id") else { continue }
            assignments.append(
                Assignment(
                    id: try row.get("assignment_id"), account: account, role: try row.get("role"), organisation: id,
                    area: try row.get("area_id"), validFrom: try row.get("valid_from"),
                    validTo: try row.get(optional: "valid_to")))
            if organisation == nil {
                organisation = (id, LocalizedName(chinese: try row.get("name_zh"), english: try row.get("name_en")))
            }
        }
        let locale: String? = try first.get(optional: "locale")
        return LiveSession(
            id: try first.get("session_id"), account: account, name: try first.get("name"),
            language: locale.flatMap(Language.init(rawValue:)), createdAt: try first.get("created_at"),
            seenAt: try first.get("seen_at"), expiresAt: try first.get("expires_at"), assignments: assignments,
            organisation: organisation, hasSecondFactor: try first.get(optional: "second_factor") == 1)
    }

    static func insert(
        _ id: SessionID, _ token: TokenHash, of account: AccountID, at now: Instant, until expiry: Instant,
        from origin: SessionOrigin = SessionOrigin(), in tx: WriteTransaction
    ) throws {
        try tx.enqueue(
            """
            INSERT INTO session (token_hash, id, account_id, created_at, seen_at, expires_at, address, agent, second_factor)
            VALUES (\(token), \(id), \(account), \(now), \(now), \(expiry), \(origin.address), \(origin.agent),
                \(origin.hasSecondFactor ? 1 : 0))
            """)
    }

    /// The sessions of an account that are good, the last used first.
    static func all(of account: AccountID, at now: Instant, in tx: ReadTransaction) throws -> [OpenSession] {
        try tx.rows(
            """
            SELECT id, created_at, seen_at, expires_at, address, agent, second_factor FROM session
            WHERE account_id = \(account) AND expires_at > \(now) ORDER BY seen_at DESC, id DESC LIMIT 200
            """
        ).map { row in
            OpenSession(
                id: try row.get("id"), createdAt: try row.get("created_at"), seenAt: try row.get("seen_at"),
                expiresAt: try row.get("expires_at"),
                origin: SessionOrigin(
                    address: try row.get(optional: "address") ?? "", agent: try row.get(optional: "agent") ?? "",
                    hasSecondFactor: try row.get(optional: "second_factor") == 1))
        }
    }

    /// The code was set up in this session: it counts as opened with one.
    static func noteSecondFactor(_ id: SessionID, in tx: WriteTransaction) throws {
        tx.outdate(mark)
        try tx.enqueue("UPDATE session SET second_factor = 1 WHERE id = \(id)")
    }

    /// The account has no second factor any more: none of its sessions counts as opened with one.
    static func forgetSecondFactor(of account: AccountID, in tx: WriteTransaction) throws {
        tx.outdate(mark)
        try tx.enqueue("UPDATE session SET second_factor = 0 WHERE account_id = \(account)")
    }

    /// - Returns: false when it is not one of this account, or has ended.
    static func delete(_ id: SessionID, of account: AccountID, in tx: WriteTransaction) throws -> Bool {
        tx.outdate(mark)
        return try tx.execute("DELETE FROM session WHERE id = \(id) AND account_id = \(account)") == 1
    }

    /// Notes that the session is in use and moves its end.
    static func touch(_ id: SessionID, at now: Instant, until expiry: Instant, in tx: WriteTransaction) throws {
        try tx.enqueue(
            "UPDATE session SET seen_at = \(now), expires_at = \(expiry) WHERE id = \(id) AND seen_at < \(now)")
    }

    /// - Returns: whose session it was, `nil` when there is none.
    static func delete(_ id: SessionID, in tx: WriteTransaction) throws -> AccountID? {
        tx.outdate(mark)
        return try tx.first("DELETE FROM session WHERE id = \(id) RETURNING account_id").map {
            try $0.get("account_id")
        }
    }

    /// Ends the sessions of an account, but for one.
    static func deleteAll(of account: AccountID, except kept: SessionID? = nil, in tx: WriteTransaction) throws {
        tx.outdate(mark)
        let kept = kept ?? SessionID(UUIDValue(high: 0, low: 0))
        try tx.enqueue("DELETE FROM session WHERE account_id = \(account) AND id <> \(kept)")
    }

    /// Sweeps out what has run out.
    static func deleteExpired(of account: AccountID, at now: Instant, in tx: WriteTransaction) throws {
        try tx.enqueue("DELETE FROM session WHERE account_id = \(account) AND expires_at <= \(now)")
    }
}
