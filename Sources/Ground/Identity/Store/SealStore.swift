import Domain
public import Storage

/// The tables of seals and of the one head.
public enum SealStore {
    /// Where the chain ends; `nil` before anything is sealed.
    public static func head(in tx: ReadTransaction) throws -> AuditHead? {
        try tx.first("SELECT number, link, at, key_id, signature FROM audit_head WHERE chain = 1").map { row in
            AuditHead(
                number: try row.get("number"), link: try row.get("link"), at: try row.get("at"),
                keyID: try row.get("key_id"), signature: try row.get("signature"))
        }
    }

    /// The link of a number; `nil` when there is no such seal.
    static func link(of number: Int64, in tx: ReadTransaction) throws -> ChainLink? {
        try tx.first("SELECT link FROM audit_seal WHERE number = \(number)").map { try $0.get("link") }
    }

    /// The number of the last seal, 0 when there is none.
    static func last(in tx: ReadTransaction) throws -> Int64 {
        try tx.first("SELECT max(number) AS last FROM audit_seal")?.get(optional: "last") ?? 0
    }

    /// The next seals behind a number, in their order.
    static func seals(after number: Int64, limit: Int, in tx: ReadTransaction) throws -> [Seal] {
        try tx.rows(
            """
            SELECT number, source, record_id, digest, link FROM audit_seal
            WHERE number > \(number) ORDER BY number LIMIT \(limit)
            """
        ).map { row in
            Seal(
                number: try row.get("number"), source: try row.get("source"), record: try row.get("record_id"),
                digest: try row.get("digest"), link: try row.get("link"))
        }
    }

    /// Which rows of a table are sealed, behind one id up to another.
    static func sealed(
        _ source: String, after: UUIDValue, through: UUIDValue, in tx: ReadTransaction
    ) throws -> Set<UUIDValue> {
        let rows = try tx.rows(
            """
            SELECT record_id FROM audit_seal
            WHERE source = \(source) AND record_id > \(after) AND record_id <= \(through)
            """)
        return Set(try rows.map { try $0.get("record_id") })
    }

    static func insert(_ seal: Seal, in tx: WriteTransaction) throws {
        try tx.enqueue(
            """
            INSERT INTO audit_seal (number, source, record_id, digest, link)
            VALUES (\(seal.number), \(seal.source), \(seal.record), \(seal.digest), \(seal.link))
            """)
    }

    /// Moves the head.
    /// - Parameter number: where it was; 0 for none.
    /// - Returns: false when another node has moved it since.
    static func move(from number: Int64, to head: AuditHead, in tx: WriteTransaction) throws -> Bool {
        if number == 0 {
            return try tx.execute(
                """
                INSERT INTO audit_head (chain, number, link, at, key_id, signature)
                VALUES (1, \(head.number), \(head.link), \(head.at), \(head.keyID), \(head.signature))
                ON CONFLICT (chain) DO NOTHING
                """) == 1
        }
        return try tx.execute(
            """
            UPDATE audit_head SET number = \(head.number), link = \(head.link), at = \(head.at), key_id = \(head.keyID),
                signature = \(head.signature)
            WHERE chain = 1 AND number = \(number)
            """) == 1
    }
}
