public import Domain
public import Storage

/// SQL of the table of files.
public enum FileStore {
    private static let columns: SQL = """
        id, kind, digest, bytes, small_digest, small_bytes, width, height, uploaded_by, uploaded_at, subject_kind,
        subject_id
        """

    /// - Parameter subject: what it belongs to from the start; `nil`: it waits for it.
    static func insert(_ prepared: PreparedFile, subject: FileSubject?, _ tx: WriteTransaction) throws {
        let file = prepared.file
        try tx.enqueue(
            """
            INSERT INTO file (\(columns), source_digest, location, name)
            VALUES (\(file.id), \(file.kind), \(file.full.digest), \(file.full.bytes), \(file.small?.digest),
                \(file.small?.bytes), \(file.width), \(file.height), \(file.uploadedBy), \(file.uploadedAt),
                \(subject?.kind), \(subject?.id), \(prepared.sourceDigest), \(prepared.location), \(prepared.name))
            """)
    }

    /// Gives waiting files of this uploader their subject, in one statement.
    /// - Parameter account: the uploader; `nil` for people who have not signed in.
    /// - Returns: those that were waiting and are the uploader's.
    static func attach(
        _ ids: [FileID], of account: AccountID?, to subject: FileSubject, _ tx: WriteTransaction
    ) throws -> [StoredFile] {
        guard !ids.isEmpty else { return [] }
        let uploader: SQL = account.map { "uploaded_by = \($0)" } ?? "uploaded_by IS NULL"
        return try tx.rows(
            """
            UPDATE file SET subject_kind = \(subject.kind), subject_id = \(subject.id)
            WHERE id \(in: ids) AND subject_id IS NULL AND \(uploader)
            RETURNING \(columns)
            """
        ).map(StoredFile.init)
    }

    public static func files(_ ids: [FileID], _ tx: ReadTransaction) throws -> [FileID: StoredFile] {
        guard !ids.isEmpty else { return [:] }
        let files = try tx.rows("SELECT \(columns) FROM file WHERE id \(in: ids)").map(StoredFile.init)
        return Dictionary(uniqueKeysWithValues: files.map { ($0.id, $0) })
    }

    static func find(_ id: FileID, _ tx: ReadTransaction) throws -> StoredFile? {
        try tx.first("SELECT \(columns) FROM file WHERE id = \(id)").map(StoredFile.init)
    }

    /// Files in the order of their ids, from the beginning when `after` is `nil`.
    static func page(after: FileID?, limit: Int, _ tx: ReadTransaction) throws -> [StoredFile] {
        let rest: SQL = after.map { "WHERE id > \($0)" } ?? ""
        return try tx.rows("SELECT \(columns) FROM file \(rest) ORDER BY id LIMIT \(limit)").map(StoredFile.init)
    }

    /// What is sealed of a file: its location and its name.
    static func sealed(_ id: FileID, _ tx: ReadTransaction) throws -> (location: [UInt8]?, name: [UInt8]?) {
        guard let row = try tx.first("SELECT location, name FROM file WHERE id = \(id)") else { return (nil, nil) }
        return (try row.get(optional: "location"), try row.get(optional: "name"))
    }

    /// Removes rows that were never given a subject.
    static func removeWaiting(before: Instant, _ tx: WriteTransaction) throws -> Int {
        try tx.execute("DELETE FROM file WHERE subject_id IS NULL AND uploaded_at < \(before)")
    }

    /// Which of these contents a row names.
    static func named(_ digests: [[UInt8]], _ tx: ReadTransaction) throws -> Set<[UInt8]> {
        guard !digests.isEmpty else { return [] }
        let rows = try tx.rows(
            """
            SELECT digest AS content FROM file WHERE digest \(in: digests)
            UNION SELECT small_digest FROM file WHERE small_digest \(in: digests)
            """)
        return Set(try rows.map { try $0.get("content") })
    }
}

extension StoredFile {
    init(row: Row) throws {
        self.id = try row.get("id")
        self.kind = try row.get("kind")
        self.full = FileContent(digest: try row.get("digest"), bytes: try row.get("bytes"))
        let smallBytes: Int? = try row.get(optional: "small_bytes")
        let smallDigest: [UInt8]? = try row.get(optional: "small_digest")
        self.small = smallDigest.flatMap { digest in smallBytes.map { FileContent(digest: digest, bytes: $0) } }
        self.width = try row.get(optional: "width")
        self.height = try row.get(optional: "height")
        self.uploadedBy = try row.get(optional: "uploaded_by")
        self.uploadedAt = try row.get("uploaded_at")
        let kind: String? = try row.get(optional: "subject_kind")
        let subject: UUIDValue? = try row.get(optional: "subject_id")
        self.subject = kind.flatMap { kind in subject.map { FileSubject(kind: kind, id: $0) } }
    }
}
